import APISupport
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JWTPay
import Logging
import Payments
import Synchronization
import Testing
import WireKit

@testable import mekong

/// `referenceId` and `order_no`.
@Suite struct OrderNumberTests {
    @Test func `a number is DP or WD, Unix seconds, and six capitals or digits`() async throws {
        try await withShop { shop in
            try await shop.fund()
            let numbers = [try await shop.opened().number, try await shop.withdraw().number]
            #expect(numbers[0].wholeMatch(of: /DP17724276[0-9]{2}[0-9A-Z]{6}/) != nil)
            #expect(numbers[1].wholeMatch(of: /WD17724276[0-9]{2}[0-9A-Z]{6}/) != nil)
        }
    }

    @Test func `a number that chance has brought twice is made again, and is no duplicate`() async throws {
        try await withShop { shop in
            let unlucky = shop.unlucky(draws: 2)
            let router = Router(context: MekongContext.self)
            JWTPayAPI(gateway: unlucky, dialect: JWTPay(directory: unlucky.directory)).addRoutes(to: router)
            let application = Application(router: router, logger: .quiet)
            try await application.test(.router) { client in
                let other = Shop(sandbox: shop.sandbox.through(client))
                let first = try await other.opened(.deposit("A"))
                let second = try await other.opened(.deposit("B"))
                #expect(first.number == "DP1772427600000000" && second.number != first.number)
                #expect(try await other.deposit(.deposit("A")).error == "400 transactionId already exists")
            }
        }
    }
}

extension Shop {
    /// The same gateway at one moment for ever, whose first draws for numbers are all the same.
    fileprivate func unlucky(draws: Int) -> Gateway {
        let gateway = host.gateway
        return Gateway(
            store: gateway.store, vault: gateway.vault, directory: gateway.directory, rails: gateway.rails,
            clock: OneMoment(), entropy: Unlucky(draws: draws), dialects: Array(gateway.dialects.values),
            logger: gateway.logger)
    }
}

private struct OneMoment: GatewayClock {
    func now() -> Instant { Sandbox.noon }
    func wallTime() -> Instant { SystemClock().now() }
}

private final class Unlucky: Entropy {
    private let draws: Mutex<Int>

    init(draws: Int) { self.draws = Mutex(draws) }

    func bytes(_ count: Int) -> [UInt8] {
        // Numbers are drawn from eight bytes, and nothing else is.
        guard count == 8,
            draws.withLock({ draws in
                draws -= 1
                return draws >= 0
            })
        else {
            return SystemEntropy().bytes(count)
        }
        return [UInt8](repeating: 0, count: count)
    }
}
