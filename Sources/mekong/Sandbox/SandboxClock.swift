import Gateway
import Payments
import Synchronization

/// The machine's clock, moved forward by as much as the developer has asked.
final class SandboxClock: GatewayClock {
    /// Under this name the offset outlives the process: seconds, and between the steps of a move a fraction too.
    static let setting = "clock_offset_seconds"

    private struct State {
        /// Microseconds by which it is ahead of the machine's.
        var offset: Int64
        /// How often it was moved here.
        var moves = 0
    }

    private let machine: any GatewayClock
    private let state: Mutex<State>

    /// - Parameters:
    ///   - setting: what was kept of its offset; nil: nothing was.
    ///   - machine: the clock that it is ahead of.
    init(setting: String? = nil, machine: any GatewayClock = SystemClock()) {
        self.machine = machine
        state = Mutex(State(offset: Self.offset(setting)))
    }

    /// Microseconds by which it is ahead of the machine's clock.
    var offset: Int64 {
        get { state.withLock { $0.offset } }
        set {
            state.withLock { state in
                state.offset = newValue
                state.moves += 1
            }
        }
    }

    /// The same in whole seconds.
    var offsetSeconds: Int64 {
        get { Self.wholeSeconds(offset) }
        set { offset = newValue * 1_000_000 }
    }

    func now() -> Instant { Instant(microseconds: machine.now().microseconds + offset) }
    func wallTime() -> Instant { machine.wallTime() }

    /// The offset at which it is this instant now.
    func offset(to instant: Instant) -> Int64 { instant.microseconds - machine.now().microseconds }

    /// Moves to where `read` finds that another process has moved its own, unless this one is moved here meanwhile.
    func follow(_ read: () async throws -> String?) async throws {
        let moves = state.withLock { $0.moves }
        let offset = Self.offset(try await read())
        state.withLock { if $0.moves == moves { $0.offset = offset } }
    }

    /// An offset as it is kept: whole seconds, rounded down, and six digits of what is left where something is.
    static func text(_ offset: Int64) -> String {
        let seconds = wholeSeconds(offset)
        let fraction = String(1_000_000 + offset - seconds * 1_000_000).dropFirst()
        return fraction == "000000" ? String(seconds) : "\(seconds).\(fraction)"
    }

    private static func wholeSeconds(_ offset: Int64) -> Int64 {
        (offset - (offset % 1_000_000 + 1_000_000) % 1_000_000) / 1_000_000
    }

    private static func offset(_ text: String?) -> Int64 {
        let parts = (text ?? "").split(separator: ".", maxSplits: 1)
        let seconds = parts.first.flatMap { Int64($0) } ?? 0
        let fraction = parts.count == 2 && parts[1].utf8.count == 6 ? Int64(parts[1]) ?? 0 : 0
        return seconds * 1_000_000 + fraction
    }
}
