/// The identity of an entity: 128 bits, time-ordered so that indexes grow at one end, printed as 32 hex digits.
///
/// The first 52 bits are microseconds since 1970, the rest is random: ids are unguessable enough for references but
/// are no secrets.
public struct ID<Entity>: Hashable, Comparable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new id made at `instant` from 76 bits of the given randomness.
    public init(at instant: Instant, random: (UInt64, UInt64)) {
        high = UInt64(truncatingIfNeeded: instant.microseconds) << 12 | random.0 & 0xFFF
        low = random.1
    }

    /// Reads the 32 lower-case hex digits that `hex` prints; nil for anything else.
    public init?(hex: some StringProtocol) {
        var words: (UInt64, UInt64) = (0, 0)
        var count = 0
        for byte in hex.utf8 {
            guard count < 32, let digit = HexDigits.value(of: byte).map(UInt64.init) else { return nil }
            if count < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
            count += 1
        }
        guard count == 32 else { return nil }
        (high, low) = words
    }

    public static func < (a: ID, b: ID) -> Bool { (a.high, a.low) < (b.high, b.low) }

    /// 32 lower-case hex digits.
    public var hex: String {
        String(unsafeUninitializedCapacity: 32) { buffer in
            for index in 0..<16 {
                buffer[index] = Self.digit(high, index)
                buffer[16 + index] = Self.digit(low, index)
            }
            return 32
        }
    }

    private static func digit(_ word: UInt64, _ index: Int) -> UInt8 {
        HexDigits.digit(UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * index)) & 0xF)
    }
}

extension ID: CustomStringConvertible {
    public var description: String { hex }
}
