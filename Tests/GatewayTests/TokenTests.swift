import Gateway
import Money
import Payments
import Store
import Testing

@Suite struct TokenTests {
    /// What becomes of a charge on this token.
    func ending(
        _ bench: Bench, _ token: Secret<String>, _ amount: Money = baht(1100), mid: String = Mid.direct,
        by merchant: Merchant? = nil
    ) async -> Ending {
        await Ending.of { _ = try await bench.gateway.charge(bench.command(token, amount, mid: mid, by: merchant)) }
    }

    @Test func `a token is 40 digits, shows its card and lives for ten minutes`() async throws {
        try await Bench.with { bench in
            let issued = try await bench.gateway.issueToken(
                for: presented(TestCard.visa), merchant: .shop, terms: CardToken.Terms())
            let text = issued.text.expose()
            #expect(text.utf8.count == 40)
            #expect(Set(text).isSubset(of: "0123456789abcdef"))
            #expect(issued.card.masked == "441770*****5830")
            #expect(issued.expires.seconds(since: .start) == 600)
            #expect("\(issued)".contains(text) == false)
        }
    }

    @Test(arguments: [
        "", "0", "tokn_test_x", "0000000000000000000000000000000000000000", "ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD",
        "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠",
    ])
    func `an unknown token is invalid`(text: String) async throws {
        try await Bench.with { bench in
            #expect(await ending(bench, Secret(text)) == .fault(.tokenInvalid))
            let payments = try await bench.payments()
            #expect(payments.isEmpty)
        }
    }

    @Test func `a token that differs in one digit is another token`() async throws {
        try await Bench.with { bench in
            let text = try await bench.token().expose()
            for index in [0, 11, 12, 39] {
                var digits = Array(text.utf8)
                digits[index] = digits[index] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
                #expect(await ending(bench, Secret(String(decoding: digits, as: UTF8.self))) == .fault(.tokenInvalid))
            }
            #expect(await ending(bench, Secret(text)) == .done)
        }
    }

    @Test func `a token is used once`() async throws {
        try await Bench.with { bench in
            let token = try await bench.token()
            #expect(await ending(bench, token) == .done)
            #expect(await ending(bench, token) == .fault(.tokenUsed))
            bench.clock.advance(seconds: 700)
            #expect(await ending(bench, token) == .fault(.tokenUsed), "used, even where it would have expired")
        }
    }

    @Test func `a token of a declined payment is used too`() async throws {
        try await Bench.with { bench in
            let token = try await bench.token(TestCard.declined[0].0)
            #expect(await ending(bench, token) == .done)
            #expect(await ending(bench, token) == .fault(.tokenUsed))
        }
    }

    @Test func `a token ends after ten minutes`() async throws {
        try await Bench.with { bench in
            let (first, second) = (try await bench.token(), try await bench.token())
            bench.clock.advance(seconds: 599)
            #expect(await ending(bench, first) == .done)
            bench.clock.advance(seconds: 1)
            #expect(await ending(bench, second) == .fault(.tokenInvalid))
        }
    }

    @Test func `another merchant's token is unknown, used or not`() async throws {
        try await Bench.with { bench in
            let rival = merchant(.rival)
            let token = try await bench.token()
            #expect(await ending(bench, token, by: rival) == .fault(.tokenInvalid))
            #expect(await ending(bench, token) == .done)
            #expect(await ending(bench, token, by: rival) == .fault(.tokenInvalid))
        }
    }

    @Test func `a token that is bound to an amount or merchant id is good for nothing else`() async throws {
        try await Bench.with { bench in
            let token = try await bench.token(terms: .init(mid: Mid.direct, amount: baht(1100)))
            #expect(await ending(bench, token, baht(1101)) == .fault(.tokenConflict))
            #expect(await ending(bench, token, Money(minorUnits: 1100, .USD)) == .fault(.tokenConflict))
            #expect(await ending(bench, token, mid: Mid.secure) == .fault(.tokenConflict))
            #expect(await ending(bench, token) == .done)
        }
    }

    @Test func `a token whose payer agreed or not is charged as they said, and stays good where it was refused`()
        async throws
    {
        try await Bench.with { bench in
            let agreed = try await bench.token(terms: .init(mid: Mid.direct, amount: baht(1100), remembers: true))
            #expect(await ending(bench, agreed) == .fault(.consent(.unanswered)))
            let refused = try await bench.token(terms: .init(remembers: false))
            let keeping = try bench.command(refused, keepsCard: true)
            let fault = await Ending.of { _ = try await bench.gateway.charge(keeping) }
            #expect(fault == .fault(.consent(.notGiven)))
            #expect(try await bench.payments().isEmpty)
            let second = try bench.command(agreed, keepsCard: true)
            #expect(await Ending.of { _ = try await bench.gateway.charge(second) } == .done)
            #expect(await ending(bench, refused) == .done)
        }
    }

    @Test func `a card of a brand that the merchant id does not take is refused, and its token stays good`()
        async throws
    {
        try await Bench.with { bench in
            let visa = try await bench.token()
            #expect(await ending(bench, visa, mid: Mid.unionPay) == .fault(.cardUnsupported))
            let unionPay = try await bench.token(TestCard.unionPay)
            #expect(await ending(bench, unionPay) == .fault(.cardUnsupported))
            #expect(await ending(bench, unionPay, mid: Mid.unionPay) == .fault(.noRoute))
            #expect(await ending(bench, visa) == .done)
        }
    }

    @Test func `a number of no known brand gets no token`() async throws {
        try await Bench.with { bench in
            await expect(.fault(.cardUnsupported)) { _ = try await bench.token("7000000000000000") }
        }
    }

    @Test func `neither the number, nor the code, nor the token lies in the database`() async throws {
        try await Bench.with { bench in
            let token = try await bench.token()
            _ = try await bench.challenged()
            for secret in [TestCard.visa, "SOMCHAI J", token.expose()] { #expect(try !bench.fileHolds(secret)) }
            #expect(try bench.fileHolds("441770*****5830"))
        }
    }

    @Test func `the code goes with the first use, and when the token has expired`() async throws {
        try await Bench.with { bench in
            let (used, left) = (try await bench.token(), try await bench.token())
            #expect(try await bench.tokenCodes() == 2)
            #expect(await ending(bench, used) == .done)
            #expect(try await bench.tokenCodes() == 1)
            bench.clock.advance(seconds: 601)
            _ = try await bench.gateway.sweep(codesSince: Instant(microseconds: 0))
            #expect(try await bench.tokenCodes() == 0)
            #expect(await ending(bench, left) == .fault(.tokenInvalid))
        }
    }

    @Test func `sweeping goes on from where it ended and misses no token`() async throws {
        try await Bench.with { bench in
            var since = Instant(microseconds: 0)
            for _ in 0..<30 {
                _ = try await bench.token()
                bench.clock.advance(seconds: 47)
                since = try await bench.gateway.sweep(codesSince: since)
            }
            bench.clock.advance(seconds: 601)
            _ = try await bench.gateway.sweep(codesSince: since)
            #expect(try await bench.tokenCodes() == 0)
        }
    }
}
