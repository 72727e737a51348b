/// A small generator whose whole sequence follows from its seed, so that what fails can be run again.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// An amount of minor units of any length, so that small ones are as likely as those near the limits.
    public mutating func anyInt64() -> Int64 {
        let bits = Int64.random(in: Int64.min...Int64.max, using: &self)
        return bits >> Int64.random(in: 0...63, using: &self)
    }
}
