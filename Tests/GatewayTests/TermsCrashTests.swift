import Gateway
import Money
import Payments
import Rails
import Testing

/// A process that ends while the bank is asked in the payer's own currency, or for the amount with its fee: who comes
/// after it asks for the same.
@Suite struct TermsCrashTests {
    /// Ids of `TermsBench`, and what 1,000.00 baht under them are at the bank.
    struct Case: Sendable, CustomTestStringConvertible {
        let mid: String
        let charged: Int64
        let part: Int64
        var testDescription: String { mid }
    }

    static let converted = Case(mid: "dcc", charged: 2_980, part: 1_192)
    static let surcharged = Case(mid: "fee", charged: 126_750, part: 126_750)

    private func charge(_ bench: Bench, _ shop: Merchant, _ mid: String) async throws -> ChargeCommand {
        let token = try await bench.token(TermsBench.dollars)
        return try TermsBench.command(bench, shop, mid, token) { if mid == "dcc" { $0.payerCurrency = .USD } }
    }

    @Test(arguments: Moment.allCases, [converted, surcharged])
    func `an authorisation is found at the bank, or reversed there`(moment: Moment, terms: Case) async throws {
        try await TermsBench.with { bench, _, shop, _ in
            let command = try await charge(bench, shop, terms.mid)
            try await CrashTests().crash(bench, moment, .authorize) { _ = try await $0.charge(command) }
            let payment = try await bench.gateway.report(on: command.reference).payment
            #expect(payment.state == (moment == .before ? .reversed : .authorized))
            let kind = moment == .before ? "reverse" : "authorize"
            #expect(try await bench.entries(of: payment) == ["\(kind) 00 \(terms.charged)"])
            try await bench.expectAgreement(terms.mid)
        }
    }

    @Test(arguments: Moment.allCases, [converted, surcharged])
    func `a void is carried out once`(moment: Moment, terms: Case) async throws {
        try await TermsBench.with { bench, _, shop, _ in
            let payment = try await bench.gateway.charge(charge(bench, shop, terms.mid)).payment
            try await CrashTests().crash(bench, moment, .void) { _ = try await $0.void(payment.id, of: .shop) }
            let entries = ["authorize 00 \(terms.charged)", "void 00 \(terms.charged)"]
            #expect(try await bench.entries(of: payment) == entries)
            #expect(try await bench.books().isEmpty)
        }
    }

    @Test(arguments: Moment.allCases, [converted, surcharged])
    func `a capture is carried out once`(moment: Moment, terms: Case) async throws {
        try await TermsBench.with { bench, _, shop, _ in
            let payment = try await bench.gateway.charge(charge(bench, shop, terms.mid)).payment
            let amount = terms.part == terms.charged ? baht(100_000) : baht(40_000)
            try await CrashTests().crash(bench, moment, .capture) {
                _ = try await $0.capture(payment.id, of: .shop, amount: amount)
            }
            let entries = ["authorize 00 \(terms.charged)", "capture 00 \(terms.part)"]
            #expect(try await bench.entries(of: payment) == entries)
            try await bench.expectAgreement(terms.mid)
        }
    }

    @Test(arguments: Moment.allCases)
    func `a refund is carried out once`(moment: Moment) async throws {
        try await TermsBench.with { bench, _, shop, _ in
            let payment = try await bench.gateway.charge(charge(bench, shop, "dcc")).payment
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            try await CrashTests().crash(bench, moment, .refund) {
                _ = try await $0.refund(payment.id, of: .shop, amount: baht(30_000), reason: "")
            }
            #expect(try await bench.entries(of: payment).suffix(2) == ["capture 00 2980", "refund 00 894"])
            try await bench.expectAgreement("refund")
        }
    }
}
