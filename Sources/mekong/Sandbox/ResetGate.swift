import Hummingbird
import Synchronization
import WireKit

/// Lets requests through together and a reset by itself: it waits for those under way, and those that come meanwhile
/// wait for it. So none of them finds half of what it began erased.
final class ResetGate: Sendable {
    private struct State {
        var passing = 0
        var isClosed = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// How long a reset waits for a request that does not end, as one whose body does not come.
    private static let patience = Duration.seconds(5)

    func pass<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        while !enter() { await opened() }
        defer { state.withLock { $0.passing -= 1 } }
        return try await body()
    }

    /// Only one caller at a time may do this.
    func alone<Value>(_ body: () async throws -> Value) async throws -> Value {
        state.withLock { $0.isClosed = true }
        defer { open() }
        let end = ContinuousClock.now + Self.patience
        while state.withLock({ $0.passing > 0 }), ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(2))
        }
        return try await body()
    }

    private func enter() -> Bool {
        state.withLock { state in
            if !state.isClosed { state.passing += 1 }
            return !state.isClosed
        }
    }

    private func opened() async {
        await withCheckedContinuation { continuation in
            let isClosed = state.withLock { state in
                if state.isClosed { state.waiting.append(continuation) }
                return state.isClosed
            }
            if !isClosed { continuation.resume() }
        }
    }

    private func open() {
        let waiting = state.withLock { state in
            state.isClosed = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// Puts every request but those of the control API behind the gate. The control API passes it by itself, once it is a
/// call's turn.
struct ResetGateMiddleware: RouterMiddleware {
    let gate: ResetGate

    func handle(
        _ request: Request, context: MekongContext,
        next: (Request, MekongContext) async throws -> Response
    ) async throws -> Response {
        if request.uri.path.hasPrefix("/sandbox/") { return try await next(request, context) }
        return try await gate.pass { try await next(request, context) }
    }
}
