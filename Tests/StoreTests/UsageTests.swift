import Money
import Payments
import Store
import TestSupport
import Testing

@Suite struct UsageTests {
    func count(
        _ satang: Int64, _ limits: Limits, day: Int64 = 1, _ merchant: MerchantID = .shop,
        _ dialect: DialectID = .fake
    ) -> Change {
        .countUsage(
            UsageCount(
                merchant: merchant, dialect: dialect,
                usage: DailyUsage(day: CivilDay(number: day), baht: baht(satang)), limits: limits))
    }

    func giveBack(_ satang: Int64, day: Int64 = 1) -> Change {
        .returnUsage(
            merchant: .shop, dialect: .fake, DailyUsage(day: CivilDay(number: day), baht: baht(satang)))
    }

    /// Commits the change and expects this of it.
    func expect(
        _ conflict: Conflict?, _ change: Change, _ store: Store, _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let outcome = try await store.conflict(change)
        #expect(outcome == conflict, sourceLocation: location)
    }

    @Test(arguments: TestEngine.all)
    func `a day's payments are counted up to the limit and not beyond`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let limits = Limits(countPerDay: 2)
            try await expect(nil, count(1, limits), store)
            try await expect(nil, count(1, limits), store)
            try await expect(.dailyCountReached, count(1, limits), store)
            try await expect(nil, count(1, limits, day: 2), store)
            try await expect(nil, count(1, limits, .stall), store)
            try await expect(nil, count(1, limits, .shop, DialectID(rawValue: "other")), store)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a day's amount is added up to the limit and not beyond`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let limits = Limits(perDay: 1_000)
            try await expect(.dailyAmountReached, count(1_001, limits), store)
            try await expect(nil, count(600, limits), store)
            try await expect(.dailyAmountReached, count(401, limits), store)
            try await expect(nil, count(400, limits), store)
            try await expect(.dailyAmountReached, count(1, limits), store)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what comes to nothing gives back its place and its amount`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let limits = Limits(perDay: 1_000, countPerDay: 1)
            try await expect(nil, count(1_000, limits), store)
            try await expect(.dailyCountReached, count(1, limits), store)
            try await store.commit(giveBack(1_000))
            try await expect(nil, count(1_000, limits), store)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a refused payment counts neither as one nor by its amount`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let limits = Limits(perDay: 1_000, countPerDay: 5)
            for _ in 0..<9 { try await expect(.dailyAmountReached, count(1_001, limits), store) }
            for _ in 0..<5 { try await expect(nil, count(200, limits), store) }
            try await expect(.dailyCountReached, count(0, limits), store)
        }
    }

    @Test(arguments: TestEngine.all)
    func `limits that were raised or lifted hold at once`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await expect(nil, count(100, Limits(perDay: 100)), store)
            try await expect(.dailyAmountReached, count(1, Limits(perDay: 100)), store)
            try await expect(nil, count(1, Limits(perDay: 101)), store)
            try await expect(nil, count(.max - 101, Limits(countPerDay: 10)), store)
            try await expect(.dailyAmountReached, count(1, Limits(countPerDay: 10)), store)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a zero lets nothing through`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await expect(.dailyCountReached, count(1, Limits(countPerDay: 0)), store)
            try await expect(.dailyAmountReached, count(1, Limits(perDay: 0)), store)
        }
    }

    @Test(arguments: TestEngine.all)
    func `of many at once exactly as many pass as the limits allow`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let change = count(30, Limits(perDay: 1_000, countPerDay: 40))
            let outcomes = await together(120) { _ in await Outcome.of { try await store.commit(change) } }
            #expect(outcomes.count(of: .stored) == 33)
            #expect(Set(outcomes) == [.stored, .conflict(.dailyAmountReached)])
        }
    }
}
