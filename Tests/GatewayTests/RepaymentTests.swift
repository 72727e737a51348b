import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import TestSupport
import Testing

/// A merchant who owes has nothing to use: whatever becomes theirs pays the debt first.
@Suite struct RepaymentTests {
    @Test func `money of every kind pays what a refund left owed`() async throws {
        try await Bench.with { bench in
            let debt = try await owe(bench)
            #expect(try await bench.funds() == [0, -debt])
            try await bench.read(bench.credit("a", 500))
            _ = try await bench.gateway.redeem(1, of: .shop, dialect: FakeDialect.id)
            #expect(try await bench.funds() == [0, -debt + 498])
            let deposit = try await bench.deposit(200)
            try await bench.read(bench.credit("b", 200))
            #expect(try await bench.state(deposit) == .settled)
            #expect(try await bench.funds() == [0, -debt + 498 + 199])
            _ = try await bench.settled(baht(2_000))
            #expect(try await bench.funds() == [1_946 + 498 + 199 - debt, 0])
        }
    }

    @Test func `so does what the bank sends back`() async throws {
        try await Bench.with { bench in
            let debt = try await owe(bench, through: bench.another(payouts: SilentPayouts()))
            #expect(try await bench.funds() == [0, -debt])
            try await bench.faults.order(.init(rail: .bank, kind: .decline))
            bench.clock.advance(seconds: 400)
            try await bench.gateway.runDue()
            #expect(try await bench.payouts().map(\.state) == [.failed])
            #expect(try await bench.funds() == [0, 0])
        }
    }

    @Test func `a debt that is made while there is money is paid at once`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled(baht(1_100))
            let before = try await bench.available().spendable
            _ = try await bench.gateway.createPayout(bench.payoutCommand(before * 1_000 / 1_015))
            let left = try await bench.available().spendable
            _ = try await bench.refund(payment, 1_100)
            // The refund is on its way; its debt is made at midnight.
            try await bench.fund(5_000)
            #expect(try await bench.funds() == [5_000, 0])
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            #expect(try await bench.funds() == [5_000 - (1_070 - left), 0])
        }
    }

    /// Each settles a payment of its own while the other makes a debt.
    @Test(arguments: EngineKind.allCases)
    func `many at once leave nobody with money and debt`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            _ = try await owe(bench)
            for index in 0..<40 { try await bench.read(bench.credit("k\(index)", 100)) }
            _ = try await together(40) { index in
                _ = try await bench.gateway.redeem(Int64(index + 1), of: .shop, dialect: FakeDialect.id)
            }
            // The fee of a baht is half a satang, which is rounded to even.
            #expect(try await bench.funds() == [40 * 100 - 1_070, 0])
        }
    }

    @Test(arguments: [301, 302, 303] as [UInt64], EngineKind.allCases)
    func `after any random trade nobody has money and debt`(seed: UInt64, engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            var trade = DebtTrade(seed: seed)
            for _ in 0..<120 {
                try await trade.step(bench)
                let funds = try await bench.funds()
                #expect(funds[1] <= 0 && (funds[0] == 0 || funds[1] == 0), "seed \(seed): \(funds)")
            }
            // Most debts are paid in the run that makes them, by what settles at the same midnight.
            let repaid = try await bench.transferIDs().filter { $0.hasSuffix(".repay") }
            #expect(!repaid.isEmpty, "seed \(seed): nobody ever owed anything")
        }
    }

    @Test(arguments: [401, 402] as [UInt64], EngineKind.allCases)
    func `nor when everyone trades at once`(seed: UInt64, engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            _ = try await together(6) { index in
                var trade = DebtTrade(seed: seed * 100 + UInt64(index))
                for _ in 0..<30 { try await trade.step(bench) }
            }
            let funds = try await bench.funds()
            #expect(funds[1] <= 0 && (funds[0] == 0 || funds[1] == 0), "seed \(seed): \(funds)")
        }
    }

    /// Makes the shop owe its share of a refund, which is returned: what it had is on its way out.
    private func owe(_ bench: Bench, through gateway: Gateway? = nil) async throws -> Int64 {
        var shop = try bench.shop()
        shop.dialects[FakeDialect.id.rawValue]?.payoutFees = nil
        try await bench.put(shop)
        let payment = try await bench.settled(baht(1_100))
        let all = try await bench.available().spendable
        _ = try await bench.gateway.createPayout(bench.payoutCommand(all))
        _ = try await bench.refund(payment, 1_100)
        bench.clock.passMidnight()
        try await (gateway ?? bench.gateway).runDue()
        return all
    }
}

extension Bench {
    /// What the shop may use, and what it owes below zero.
    func funds() async throws -> [Int64] {
        try await store.read { reader in
            [
                try reader.balance(of: Account(kind: .available, owner: "shop", currency: .THB)).spendable,
                try reader.balance(of: Account(kind: .receivable, owner: "shop", currency: .THB)).posted,
            ]
        }
    }
}

/// Does one random thing after another: cards, deposits, refunds beyond the balance, payouts that come back.
private struct DebtTrade {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func step(_ bench: Bench) async throws {
        let amount = Int64.random(in: 1...6, using: &random) * 1_000
        let choice = Int.random(in: 0..<100, using: &random)
        let pick = UInt64.random(in: .min ... .max, using: &random)
        let ending = await Ending.of {
            switch choice {
            case ..<20: _ = try await bench.charge(TestCard.visa, baht(amount))
            case ..<40:
                let settled = try await bench.payments().filter { $0.state == .settled && $0.method.card != nil }
                guard !settled.isEmpty else { return }
                let payment = settled[Int(pick % UInt64(settled.count))]
                if pick % 4 == 0 {
                    try await bench.faults.order(.init(kind: .decline, operation: .refund, code: "05", count: 1))
                }
                _ = try await bench.refund(payment, payment.amount.minorUnits)
            case ..<65:
                let free = try await bench.available().spendable
                if pick % 3 == 0 { try await bench.faults.order(.init(rail: .bank, kind: .decline)) }
                _ = try await bench.gateway.createPayout(bench.payoutCommand(max(1, free * 1_000 / 1_015)))
            case ..<72: try await bench.read(bench.credit("k\(pick % 100_000)", amount))
            case ..<80:
                let lines = try await bench.lines().filter { $0.use == .unmatched }
                guard let line = lines.first else { return }
                _ = try await bench.gateway.redeem(line.number, of: .shop, dialect: FakeDialect.id)
            case ..<85:
                _ = try await bench.deposit(amount)
                try await bench.read(bench.credit("d\(pick % 100_000)", amount))
            default:
                if pick % 3 == 0 { bench.clock.passMidnight() } else { bench.clock.advance(seconds: 100) }
                try await bench.gateway.runDue()
            }
        }
        if case .other(let what) = ending { Issue.record("what no dialect has words for: \(what)") }
    }
}
