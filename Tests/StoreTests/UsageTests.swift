import Money
import Payments
import Store
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

    @Test func `a day's payments are counted up to the limit and not beyond`() async throws {
        try await withStore { store in
            let limits = Limits(countPerDay: 2)
            try await expect(nil, count(1, limits), store)
            try await expect(nil, count(1, limits), store)
            try await expect(.dailyCountReached, count(1, limits), store)
            try await expect(nil, count(1, limits, day: 2), store)
            try await expect(nil, count(1, limits, .stall), store)
            try await expect(nil, count(1, limits, .shop, DialectID(rawValue: "other")), store)
        }
    }

    @Test func `a day's amount is added up to the limit and not beyond`() async throws {
        try await withStore { store in
            let limits = Limits(perDay: 1_000)
            try await expect(.dailyAmountReached, count(1_001, limits), store)
            try await expect(nil, count(600, limits), store)
            try await expect(.dailyAmountReached, count(401, limits), store)
            try await expect(nil, count(400, limits), store)
            try await expect(.dailyAmountReached, count(1, limits), store)
        }
    }

    @Test func `what comes to nothing gives back its place and its amount`() async throws {
        try await withStore { store in
            let limits = Limits(perDay: 1_000, countPerDay: 1)
            try await expect(nil, count(1_000, limits), store)
            try await expect(.dailyCountReached, count(1, limits), store)
            try await store.commit(giveBack(1_000))
            try await expect(nil, count(1_000, limits), store)
        }
    }

    @Test func `a refused payment counts neither as one nor by its amount`() async throws {
        try await withStore { store in
            let limits = Limits(perDay: 1_000, countPerDay: 5)
            for _ in 0..<9 { try await expect(.dailyAmountReached, count(1_001, limits), store) }
            for _ in 0..<5 { try await expect(nil, count(200, limits), store) }
            try await expect(.dailyCountReached, count(0, limits), store)
        }
    }

    @Test func `limits that were raised or lifted hold at once`() async throws {
        try await withStore { store in
            try await expect(nil, count(100, Limits(perDay: 100)), store)
            try await expect(.dailyAmountReached, count(1, Limits(perDay: 100)), store)
            try await expect(nil, count(1, Limits(perDay: 101)), store)
            try await expect(nil, count(.max - 101, Limits(countPerDay: 10)), store)
            try await expect(.dailyAmountReached, count(1, Limits(countPerDay: 10)), store)
        }
    }

    @Test func `a zero lets nothing through`() async throws {
        try await withStore { store in
            try await expect(.dailyCountReached, count(1, Limits(countPerDay: 0)), store)
            try await expect(.dailyAmountReached, count(1, Limits(perDay: 0)), store)
        }
    }

    @Test func `of many at once exactly as many pass as the limits allow`() async throws {
        try await withStore { store in
            let change = count(30, Limits(perDay: 1_000, countPerDay: 40))
            let outcomes = await together(120) { _ in await Outcome.of { try await store.commit(change) } }
            #expect(outcomes.count(of: .stored) == 33)
            #expect(Set(outcomes) == [.stored, .conflict(.dailyAmountReached)])
        }
    }
}
