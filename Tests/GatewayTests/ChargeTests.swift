import Gateway
import Money
import Payments
import Rails
import Store
import TestSupport
import Testing

@Suite struct ChargeTests {
    @Test(arguments: [TestCard.visa, TestCard.mastercard, TestCard.jcb, "4242424242424242"])
    func `an approved charge is authorised at once`(card: String) async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge(card)
            #expect(payment.state == .authorized)
            #expect(payment.approvalCode?.count == 6)
            #expect(payment.failureCode == nil)
            #expect(try await bench.payment(payment.id) == payment)
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100"])
            #expect(try await bench.told(of: payment) == ["authorized -"])
            #expect(try await bench.books() == ["clearing:card:THB": [0, 1100]])
        }
    }

    @Test(arguments: TestCard.declined)
    func `a declined card ends the payment with the issuer's code`(card: String, code: String) async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge(card)
            #expect(payment.state == .declined && payment.failureCode == code)
            #expect(try await bench.entries(of: payment) == ["authorize \(code) 1100"])
            #expect(try await bench.told(of: payment) == ["declined \(code)"])
            #expect(try await bench.books().isEmpty)
        }
    }

    @Test(arguments: TestCard.silent)
    func `a silent card ends as reversed, on the bank's books too`(card: String) async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge(card)
            #expect(payment.state == .reversed && payment.failureCode == "500")
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "reverse 00 1100"])
            #expect(try await bench.told(of: payment) == ["reversing 500", "reversed 500"])
            #expect(try await bench.books().isEmpty)
        }
    }

    @Test(arguments: [Currency.THB, .USD, .JPY, .BHD])
    func `amounts reach the bank in the currency's own units`(currency: Currency) async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge(TestCard.visa, Money(minorUnits: 12_345, currency))
            let entry = try #require(try await bench.bank.entries(of: payment.id).first)
            #expect(entry.amount == Money(minorUnits: 12_345, currency))
            #expect(try await bench.books() == ["clearing:card:\(currency)": [0, 12_345]])
        }
    }

    @Test func `what the dialect wants to find again is there, and the card shows its face alone`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            #expect(payment.echo == [7] && payment.merchant == .shop && payment.acceptor == Mid.direct)
            #expect(payment.method.card?.masked == "441770*****5830" && payment.method.card?.brand == .visa)
            #expect(payment.method.card?.issuer == "Kasikornbank Public Company Limited")
        }
    }

    @Test func `a reference is used once by each merchant`() async throws {
        try await Bench.with { bench in
            let reference = bench.reference("ORDER-1")
            let first = try await bench.gateway.charge(bench.command(bench.token(), reference: reference)).payment
            let second = try await bench.token()
            let ending = await Ending.of {
                _ = try await bench.gateway.charge(bench.command(second, reference: reference))
            }
            #expect(ending == .fault(.referenceTaken))
            #expect(try await bench.gateway.report(on: reference).payment.id == first.id)
            let rival = merchant(.rival)
            let theirs = try bench.command(
                await bench.token(of: .rival), by: rival, reference: bench.reference("ORDER-1", of: .rival))
            #expect(try await bench.gateway.charge(theirs).payment.state == .authorized)
            // The token of the charge that was refused is still good.
            #expect(try await bench.gateway.charge(bench.command(second)).payment.state == .authorized)
        }
    }

    @Test func `of fifty charges under one reference exactly one goes through`() async throws {
        try await Bench.with { bench in
            let reference = bench.reference("ORDER-1")
            let tokens = try await together(50) { _ in try await bench.token() }
            let endings = await together(50) { index in
                await Ending.of {
                    _ = try await bench.gateway.charge(bench.command(tokens[index], reference: reference))
                }
            }
            #expect(endings.count(of: .done) == 1)
            #expect(endings.count(of: .fault(.referenceTaken)) == 49)
            let payments = try await bench.payments()
            #expect(payments.count == 1)
            #expect(try await bench.entries(of: payments[0]).count == 1)
        }
    }

    @Test func `of fifty charges on one token exactly one goes through`() async throws {
        try await Bench.with { bench in
            let token = try await bench.token()
            let endings = await together(50) { _ in
                await Ending.of { _ = try await bench.gateway.charge(bench.command(token)) }
            }
            #expect(endings.count(of: .done) == 1)
            #expect(endings.count(of: .fault(.tokenUsed)) == 49)
            #expect(try await bench.payments().count == 1)
        }
    }

    @Test func `a hundred charges at once are a hundred payments`() async throws {
        try await Bench.with { bench in
            let payments = try await together(100) { index in
                try await bench.charge(TestCard.visa, baht(Int64(index + 1)))
            }
            #expect(Set(payments.map(\.id)).count == 100)
            #expect(try await bench.books() == ["clearing:card:THB": [0, 5_050]])
        }
    }

    @Test func `a charge that cannot be committed has not been sent to anyone`() async throws {
        try await Bench.with { bench in
            let token = try await bench.token()
            bench.engine.refuse(1)
            await expect(.fault(.unavailable)) { _ = try await bench.gateway.charge(bench.command(token)) }
            #expect(try await bench.payments().isEmpty)
            #expect(try await bench.gateway.charge(bench.command(token)).payment.state == .authorized)
        }
    }

    @Test func `a charge whose outcome cannot be committed is finished when it falls due`() async throws {
        try await Bench.with { bench in
            let token = try await bench.token()
            bench.engine.refuse(1, after: 1)
            await expect(.fault(.unavailable)) { _ = try await bench.gateway.charge(bench.command(token)) }
            let left = try #require(try await bench.payments().first)
            #expect(left.state == .authorizing)
            bench.clock.advance(seconds: 61)
            try await bench.gateway.runDue()
            #expect(try await bench.state(left) == .authorized)
            #expect(try await bench.entries(of: left) == ["authorize 00 1100"])
        }
    }

    /// The acquirer might approve what the ledger can never hold.
    @Test(arguments: [0, -1, Int64.min])
    func `a charge of nothing or less is refused before anyone hears of it`(satang: Int64) async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token(), baht(satang))
            let ending = await Ending.of { _ = try await bench.gateway.charge(command) }
            #expect(ending != .done)
            #expect(try await bench.payments().isEmpty)
        }
    }

    @Test func `a currency that no acquirer takes has no route`() async throws {
        try await Bench.with { bench in
            let token = try await bench.token()
            let riel = Money(minorUnits: 100, .KHR)
            await expect(.fault(.noRoute)) { _ = try await bench.gateway.charge(bench.command(token, riel)) }
            #expect(try await bench.gateway.charge(bench.command(token)).payment.state == .authorized)
        }
    }
}
