import Synchronization

/// A door that is open or shut, where a test learns who has come to it.
public final class Door: Sendable {
    private struct State {
        var isOpen: Bool
        var hasVisitor = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var watching: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    public init(isOpen: Bool = false) {
        state = Mutex(State(isOpen: isOpen))
    }

    public var isOpen: Bool { state.withLock { $0.isOpen } }

    /// How many wait before the door.
    public var waiting: Int { state.withLock { $0.waiting.count } }

    /// Returns once the door is open.
    public func pass() async {
        await withCheckedContinuation { continuation in
            let resumed = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                defer { (state.hasVisitor, state.watching) = (true, []) }
                guard !state.isOpen else { return state.watching + [continuation] }
                state.waiting.append(continuation)
                return state.watching
            }
            for continuation in resumed { continuation.resume() }
        }
    }

    /// Returns when somebody has come.
    public func visited() async {
        await withCheckedContinuation { continuation in
            let isNow = state.withLock { state in
                if !state.hasVisitor { state.watching.append(continuation) }
                return state.hasVisitor
            }
            if isNow { continuation.resume() }
        }
    }

    /// Lets through whoever waits, and whoever comes later.
    public func open() {
        let waiting = state.withLock { state in
            defer { (state.isOpen, state.waiting) = (true, []) }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// Never returns: where a process ends, whatever waits there waits for ever.
public func never() async {
    await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
}
