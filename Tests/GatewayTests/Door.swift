import Synchronization

/// A door that is shut until the test opens it, and that says when somebody has come to it.
final class Door: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var watching: [CheckedContinuation<Void, Never>] = []
        var hasVisitor = false
    }

    private let state = Mutex(State())

    func pass() async {
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
    func visited() async {
        await withCheckedContinuation { continuation in
            let isNow = state.withLock { state in
                if !state.hasVisitor { state.watching.append(continuation) }
                return state.hasVisitor
            }
            if isNow { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            defer { (state.isOpen, state.waiting) = (true, []) }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// Never returns: where a process ends, whatever waits there waits for ever.
func never() async {
    await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
}
