import Foundation
import NIOCore
import Payments
import Synchronization
import TestSupport

@testable import Webhooks

/// A resolver that answers when the test says so, and counts. Every name is at this machine's own address.
final class NameServer: Sendable {
    private struct State {
        var asked: [String] = []
        var underWay = 0
        var mostUnderWay = 0
        /// How many look-ups may still end; nil when all may.
        var passes: Int? = 0

        mutating func mayPass() -> Bool {
            guard let left = passes else { return true }
            guard left > 0 else { return false }
            passes = left - 1
            return true
        }
    }

    private let state = Mutex(State())
    private let turn = NSCondition()

    /// Answers every name that does not begin with “dead” at once.
    @Sendable func resolve(_ name: String) -> [SocketAddress] {
        state.withLock { state in
            state.asked.append(name)
            state.underWay += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay)
        }
        if name.hasPrefix("dead") { wait() }
        state.withLock { $0.underWay -= 1 }
        return [Self.address].compactMap { $0 }
    }

    static let address = try? SocketAddress(ipAddress: "127.0.0.1", port: 0)

    /// The names that were looked up, in order.
    var asked: [String] { state.withLock { $0.asked } }
    /// The most look-ups that were under way at once.
    var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }

    /// Lets one more look-up end.
    func release() { pass { $0 = $0.map { $0 + 1 } } }

    /// Lets all look-ups end, also those to come.
    func releaseAll() { pass { $0 = nil } }

    private func pass(_ change: (inout Int?) -> Void) {
        turn.lock()
        defer { turn.unlock() }
        state.withLock { change(&$0.passes) }
        turn.broadcast()
    }

    private func wait() {
        turn.lock()
        defer { turn.unlock() }
        while !state.withLock({ $0.mayPass() }) { turn.wait() }
    }
}

extension NameServer {
    /// Look-ups by this server; those that take too long are given up once the door is open.
    func lookups(patience: Door = Door()) -> NameLookups {
        NameLookups(resolve: resolve) {
            while !patience.isOpen { try await Task.sleep(for: .milliseconds(2)) }
        }
    }
}
