import NIOCore
import NIOPosix
import Payments
import Synchronization

/// Finds the addresses of names, so that a merchant whose name servers do not answer holds up nobody else.
///
/// The system's resolver blocks for as long as it likes, so it runs on threads of its own. Whoever asks for a name that
/// is being looked up gets that answer too, a merchant has at most `perMerchant` look-ups under way, and nobody waits
/// for longer than the limit. Answers are not kept.
final class NameLookups: Sendable {
    /// The most look-ups of one merchant that are under way at once.
    static let perMerchant = 2
    /// The system's resolver asks again after five seconds where an answer does not come: a datagram that is lost must
    /// not fail a look-up, so there is time for two of its tries.
    static let limit = Duration.seconds(12)

    private struct Waiter {
        let id: Int
        let name: String
        let merchant: MerchantID
        let continuation: CheckedContinuation<[SocketAddress], any Error>
    }

    private struct State {
        var lastID = 0
        /// In the order in which they came.
        var waiters: [Waiter] = []
        /// The names that are being looked up, and on whose account.
        var underWay: [String: MerchantID] = [:]

        /// Names that are waited for and may be looked up now; they are under way from here on.
        mutating func begin() -> [String] {
            var names: [String] = []
            for waiter in waiters where underWay[waiter.name] == nil {
                guard underWay.values.count(where: { $0 == waiter.merchant }) < NameLookups.perMerchant else {
                    continue
                }
                underWay[waiter.name] = waiter.merchant
                names.append(waiter.name)
            }
            return names
        }

        /// Those who wait for what `isTheirs` says, who wait no more.
        mutating func take(_ isTheirs: (Waiter) -> Bool) -> [Waiter] {
            let taken = waiters.filter(isTheirs)
            waiters.removeAll(where: isTheirs)
            return taken
        }
    }

    private let state = Mutex(State())
    private let resolve: @Sendable (String) -> [SocketAddress]
    private let patience: @Sendable () async throws -> Void

    /// Shared by all clients of the process, and never stopped. A look-up that nobody waits for any more keeps its
    /// thread until the resolver gives up.
    private static let threads: NIOThreadPool = {
        let threads = NIOThreadPool(numberOfThreads: 64)
        threads.start()
        return threads
    }()

    /// - Parameters:
    ///   - resolve: the addresses of a name, none where there are none; may block.
    ///   - patience: returns when a look-up has taken too long.
    init(
        resolve: @escaping @Sendable (String) -> [SocketAddress] = systemAddresses,
        patience: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: limit) }
    ) {
        self.resolve = resolve
        self.patience = patience
    }

    /// The addresses of a name, with no port; none where it has none. Throws `EgressClient.Refusal.slowToResolve`, and
    /// `CancellationError`.
    func addresses(of name: String, for merchant: MerchantID) async throws -> [SocketAddress] {
        try await withThrowingTaskGroup(of: [SocketAddress].self) { group in
            defer { group.cancelAll() }
            group.addTask { try await self.answer(name, merchant) }
            group.addTask { [patience] in
                try await patience()
                throw EgressClient.Refusal.slowToResolve(name)
            }
            return try await group.next() ?? []
        }
    }

    private func answer(_ name: String, _ merchant: MerchantID) async throws -> [SocketAddress] {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let names = state.withLock { state in
                    state.waiters.append(Waiter(id: id, name: name, merchant: merchant, continuation: continuation))
                    return state.begin()
                }
                lookUp(names)
                // Cancelled before it was there to be found.
                if Task.isCancelled { giveUp(id) }
            }
        } onCancel: {
            giveUp(id)
        }
    }

    private func giveUp(_ id: Int) {
        for waiter in state.withLock({ $0.take { $0.id == id } }) {
            waiter.continuation.resume(throwing: CancellationError())
        }
    }

    private func lookUp(_ names: [String]) {
        for name in names {
            Self.threads.submit { _ in
                // Where all threads were taken, whoever asked may have given up.
                if let next = self.drop(name) { return self.lookUp(next) }
                self.end(name, self.resolve(name))
            }
        }
    }

    /// Drops a look-up that nobody waits for: which may begin in its place. Nil where somebody waits.
    private func drop(_ name: String) -> [String]? {
        state.withLock { state in
            guard !state.waiters.contains(where: { $0.name == name }) else { return nil }
            state.underWay[name] = nil
            return state.begin()
        }
    }

    private func end(_ name: String, _ addresses: [SocketAddress]) {
        let (answered, next) = state.withLock { state in
            state.underWay[name] = nil
            return (state.take { $0.name == name }, state.begin())
        }
        for waiter in answered { waiter.continuation.resume(returning: addresses) }
        lookUp(next)
    }
}
