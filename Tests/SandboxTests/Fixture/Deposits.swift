import APISupport
import Gateway
import Money
import Payments
import Testing

@testable import mekong

extension Sandbox {
    /// Opens a deposit of the demo merchant's on the first account, for money of the next ten minutes.
    func deposit(_ satang: Int64, payers: [String] = [], reference: String? = nil) async throws -> Payment {
        let gateway = host.gateway
        let now = gateway.clock.now()
        let shop = try #require(gateway.directory.merchant(DemoMerchant.id))
        return try await gateway.openDeposit(
            DepositCommand(
                merchant: shop, dialect: DialectID(rawValue: "kpayment"),
                account: try #require(shop.collectionAccount(1)), amounts: [Money(minorUnits: satang, .THB)],
                expires: now.adding(seconds: 900),
                expectation: Expectation(
                    payers: payers, from: now, until: now.adding(seconds: 600), reference: reference),
                names: [],
                echo: [])
        ).payment
    }
}
