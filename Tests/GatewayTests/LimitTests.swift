import Gateway
import Money
import Payments
import Store
import TestSupport
import Testing

@Suite struct LimitTests {
    func ending(_ bench: Bench, _ limits: Limits, _ amount: Money, card: String = TestCard.visa) async -> Ending {
        await Ending.of { _ = try await bench.charge(card, amount, by: merchant(limits: limits)) }
    }

    @Test func `a payment above the limit for one is refused, one at the limit is not`() async throws {
        try await Bench.with { bench in
            let limits = Limits(perTransaction: 1_000)
            #expect(await ending(bench, limits, baht(1_001)) == .fault(.overTransactionLimit))
            #expect(await ending(bench, limits, baht(1_000)) == .done)
            let payments = try await bench.payments()
            #expect(payments.count == 1)
        }
    }

    /// 33.56 baht to the dollar.
    @Test func `other currencies count by their worth in baht`() async throws {
        try await Bench.with { bench in
            let limits = Limits(perTransaction: 3_356, perDay: 6_712)
            #expect(await ending(bench, limits, Money(minorUnits: 101, .USD)) == .fault(.overTransactionLimit))
            #expect(await ending(bench, limits, Money(minorUnits: 100, .USD)) == .done)
            #expect(await ending(bench, limits, Money(minorUnits: 100, .USD)) == .done)
            #expect(await ending(bench, limits, baht(1)) == .fault(.overDailyAmount))
        }
    }

    @Test func `an amount beyond any worth in baht is above the limit`() async throws {
        try await Bench.with { bench in
            let vast = Money(minorUnits: .max, .USD)
            #expect(await ending(bench, Limits(perDay: .max), vast) == .fault(.overTransactionLimit))
        }
    }

    @Test func `a day's amount and number are limited, and the next day is new`() async throws {
        try await Bench.with { bench in
            let limits = Limits(perDay: 3_000, countPerDay: 2)
            #expect(await ending(bench, limits, baht(3_001)) == .fault(.overDailyAmount))
            #expect(await ending(bench, limits, baht(1_000)) == .done)
            #expect(await ending(bench, limits, baht(2_001)) == .fault(.overDailyAmount))
            #expect(await ending(bench, limits, baht(500)) == .done)
            #expect(await ending(bench, limits, baht(1)) == .fault(.overDailyCount))
            bench.clock.passMidnight()
            #expect(await ending(bench, limits, baht(3_000)) == .done)
        }
    }

    @Test func `what is refused for a limit leaves token and reference as they were`() async throws {
        try await Bench.with { bench in
            let poor = merchant(limits: Limits(countPerDay: 0))
            let token = try await bench.token()
            let reference = bench.newReference()
            let refused = await Ending.of {
                _ = try await bench.gateway.charge(bench.command(token, by: poor, reference: reference))
            }
            #expect(refused == .fault(.overDailyCount))
            let report = try await bench.gateway.charge(bench.command(token, reference: reference))
            #expect(report.payment.state == .authorized)
        }
    }

    @Test(arguments: [TestCard.declined[0].0, TestCard.silent[0]])
    func `a payment that comes to nothing gives back what it took of the day`(card: String) async throws {
        try await Bench.with { bench in
            let limits = Limits(perDay: 1_000, countPerDay: 1)
            for _ in 0..<3 { #expect(await ending(bench, limits, baht(1_000), card: card) == .done) }
            #expect(await ending(bench, limits, baht(1_000)) == .done)
            #expect(await ending(bench, limits, baht(1)) == .fault(.overDailyCount))
        }
    }

    @Test func `so does a payer who gives up, on the day on which they began`() async throws {
        try await Bench.with { bench in
            let shop = merchant(limits: Limits(perDay: 1_100, countPerDay: 1))
            bench.clock.set(Instant.start.nextBangkokMidnight.adding(seconds: -300))
            let (_, secret) = try await bench.challenged(by: shop)
            await expect(.fault(.overDailyCount)) { _ = try await bench.charge(by: shop) }
            bench.clock.passMidnight()
            await expect(.done) { _ = try await bench.charge(by: shop) }
            _ = try await bench.gateway.cancelChallenge(secret)
            await expect(.fault(.overDailyCount)) { _ = try await bench.charge(by: shop) }
            #expect(try await bench.count("daily_usage", where: "count = 0 AND baht = 0") == 1)
            #expect(try await bench.count("daily_usage", where: "count = 1 AND baht = 1100") == 1)
        }
    }

    @Test func `of many at once exactly as many pass as the day allows`() async throws {
        try await Bench.with { bench in
            let shop = merchant(limits: Limits(countPerDay: 17))
            let endings = await together(40) { _ in await Ending.of { _ = try await bench.charge(by: shop) } }
            #expect(endings.count(of: .done) == 17)
            #expect(endings.count(of: .fault(.overDailyCount)) == 23)
        }
    }

    @Test func `one merchant's limits are not another's`() async throws {
        try await Bench.with { bench in
            #expect(await ending(bench, Limits(countPerDay: 1), baht(1)) == .done)
            let rival = merchant(.rival, limits: Limits(countPerDay: 1))
            await expect(.done) { _ = try await bench.charge(by: rival) }
        }
    }
}
