import Foundation
import Payments

/// Where the gateway's time comes from. The sandbox's can be moved forward, production's cannot.
public protocol GatewayClock: Sendable {
    /// The time by which everything falls due.
    func now() -> Instant
    /// The time on the wall, for judging whether a signed request is fresh.
    func wallTime() -> Instant
}

/// The machine's own clock.
public struct SystemClock: GatewayClock {
    public init() {}

    public func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    public func wallTime() -> Instant { now() }
}

/// Where the gateway's randomness comes from; a simulator hands in its own.
public protocol Entropy: Sendable {
    func bytes(_ count: Int) -> [UInt8]
}

/// The system's cryptographic random source.
public struct SystemEntropy: Entropy {
    public init() {}

    public func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) } }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}

extension Entropy {
    /// A new identity made at `instant`.
    public func id<Entity>(at instant: Instant) -> ID<Entity> {
        let words = bytes(16).withUnsafeBytes { raw in
            (raw.loadUnaligned(as: UInt64.self), raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        return ID(at: instant, random: words)
    }
}
