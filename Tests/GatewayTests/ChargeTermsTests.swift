import Gateway
import Money
import Payments
import Rails
import Testing

/// Terms between the gateway, the bank and the books.
@Suite struct ChargeTermsTests {
    @Test func `a token's quote holds whatever the rate does`() async throws {
        try await TermsBench.with { bench, gateway, shop, rates in
            let token = try await TermsBench.quotedToken(gateway)
            #expect(token.terms.conversion?.converted == Money(minorUnits: 2_980, .USD))
            #expect(token.terms.conversion?.expires == token.expires)
            try rates.move("40")
            let command = try TermsBench.command(bench, shop, "dcc", token.text) { $0.payerCurrency = .USD }
            let payment = try await gateway.charge(command).payment
            #expect(payment.charged == Money(minorUnits: 2_980, .USD) && payment.amount == baht(100_000))
            #expect(try await bench.entries(of: payment) == ["authorize 00 2980"])
        }
    }

    @Test func `a token without a quote is converted at the rate of the charge`() async throws {
        try await TermsBench.with { bench, gateway, shop, rates in
            let token = try await bench.token(TermsBench.dollars)
            try rates.move("40")
            let command = try TermsBench.command(bench, shop, "dcc", token) { $0.payerCurrency = .USD }
            let payment = try await gateway.charge(command).payment
            #expect(try await bench.entries(of: payment) == ["authorize 00 2500"])
        }
    }

    @Test func `a quote that the payer did not take binds nobody`() async throws {
        try await TermsBench.with { bench, gateway, shop, _ in
            let token = try await TermsBench.quotedToken(gateway)
            let payment = try await gateway.charge(TermsBench.command(bench, shop, "dcc", token.text)).payment
            #expect(payment.terms == .plain)
            #expect(try await bench.entries(of: payment) == ["authorize 00 100000"])
        }
    }

    @Test func `authentication keeps the terms`() async throws {
        try await TermsBench.with { bench, gateway, shop, rates in
            let token = try await TermsBench.quotedToken(gateway, mid: "dcc3ds")
            let command = try TermsBench.command(bench, shop, "dcc3ds", token.text) { $0.payerCurrency = .USD }
            let report = try await gateway.charge(command)
            let secret = Secret(try #require(report.challengeSecret))
            try rates.move("40")
            _ = try await gateway.beginAuthentication(secret)
            let view = try await gateway.submitCode(Secret("123456"), secret)
            #expect(view.payment.state == .authorized && view.payment.terms == report.payment.terms)
            #expect(try await bench.entries(of: view.payment) == ["authorize 00 2980"])
        }
    }

    @Test func `capture, settlement and refunds are right in both currencies`() async throws {
        try await TermsBench.with { bench, gateway, shop, _ in
            let token = try await TermsBench.quotedToken(gateway)
            let command = try TermsBench.command(bench, shop, "dcc", token.text) { $0.payerCurrency = .USD }
            let payment = try await gateway.charge(command).payment
            _ = try await gateway.capture(payment.id, of: .shop, amount: baht(50_000))
            #expect(try await bench.books()["clearing:card:USD"] == [-1_490, 0])
            bench.clock.passMidnight()
            try await gateway.runDue()
            #expect(
                try await bench.books() == [
                    "clearing:card:USD": [-1_490, 0], "fx:house:USD": [1_490, 0], "fx:house:THB": [-50_000, 0],
                    "available:shop:THB": [48_662, 0], "fees:house:THB": [1_250, 0], "vat:house:THB": [88, 0],
                ])
            for satang in [Int64(10_000), 40_000] { _ = try await bench.refund(payment, satang) }
            bench.clock.passMidnight()
            try await gateway.runDue()
            #expect(try await bench.books().isEmpty)
            #expect(
                try await bench.entries(of: payment) == [
                    "authorize 00 2980", "capture 00 1490", "refund 00 298", "refund 00 1192",
                ])
        }
    }

    @Test func `an answer that was lost is reversed in the card's currency`() async throws {
        try await TermsBench.with { bench, gateway, shop, _ in
            let token = try await TermsBench.quotedToken(gateway)
            try await bench.faults.order(.init(kind: .timeout, operation: .authorize, code: nil, count: 1))
            let command = try TermsBench.command(bench, shop, "dcc", token.text) { $0.payerCurrency = .USD }
            let payment = try await gateway.charge(command).payment
            #expect(payment.state == .reversed)
            #expect(try await bench.entries(of: payment) == ["authorize 00 2980", "reverse 00 2980"])
            #expect(try await bench.books().isEmpty)
        }
    }

    @Test func `a convenience fee is charged with the amount and kept by the house`() async throws {
        try await TermsBench.with { bench, gateway, shop, _ in
            let command = try TermsBench.command(bench, shop, "fee", await bench.token(), amount: baht(1_000))
            let payment = try await gateway.charge(command).payment
            await expect(.fault(.refused(.wholeOnly))) {
                _ = try await gateway.capture(payment.id, of: .shop, amount: baht(999))
            }
            bench.clock.passMidnight()
            try await gateway.runDue()
            #expect(try await bench.entries(of: payment) == ["authorize 00 1268", "capture 00 1268"])
            #expect(
                try await bench.books() == [
                    "clearing:card:THB": [-1_268, 0], "available:shop:THB": [973, 0],
                    "fees:house:THB": [275, 0], "vat:house:THB": [20, 0],
                ])
            await expect(.fault(.refused(.surchargeNotRefundable))) { _ = try await bench.refund(payment, 1_000) }
        }
    }

    @Test func `what is not on offer changes nothing`() async throws {
        try await TermsBench.with { bench, gateway, shop, _ in
            let refusals: [(String, TermsFault, (inout RequestedTerms) -> Void)] = [
                ("plans", .instalmentMissing, { _ in }),
                ("plans", .instalmentMonths, { $0.instalment = .scheme("0001", months: 9) }),
                ("plans", .instalmentUnknown, { $0.instalment = .scheme("0002", months: 10) }),
                ("dcc", .instalmentNotTaken, { $0.instalment = .scheme("0001", months: 10) }),
                ("fee", .conversionNotOffered, { $0.payerCurrency = .USD }),
                ("dcc", .payerCurrencyNotOffered, { $0.payerCurrency = .JPY }),
                ("dcc", .campaignUnknown, { $0.campaign = "D" }), ("dcc", .campaignCard, { $0.campaign = "C" }),
            ]
            let token = try await bench.token(TermsBench.dollars)
            for (mid, fault, change) in refusals {
                let command = try TermsBench.command(bench, shop, mid, token, change)
                await expect(.fault(.terms(fault))) { _ = try await gateway.charge(command) }
            }
            #expect(try await bench.payments().isEmpty)
            let command = try TermsBench.command(bench, shop, "plans", token) {
                $0.instalment = .scheme("0001", months: 10)
            }
            #expect(try await gateway.charge(command).payment.state == .authorized, "the token is still free")
        }
    }

    @Test func `terms survive the store`() async throws {
        try await TermsBench.with { bench, gateway, shop, _ in
            let token = try await bench.token()
            let command = try TermsBench.command(bench, shop, "plans", token) {
                $0.instalment = .scheme("0001", months: 10)
                $0.campaign = "C"
            }
            let payment = try await gateway.charge(command).payment
            #expect(payment.terms.campaign == "C" && payment.terms.instalment?.months == 10)
            #expect(try await bench.payment(payment.id).terms == payment.terms)
        }
    }
}
