import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import TestSupport
import Testing

/// Days of random deposits, statements and payouts with a bank that misbehaves, from a seed.
@Suite struct BankingScenarioTests {
    @Test(arguments: UInt64(1)...10)
    func `after random trade the books are right and the bank agrees`(seed: UInt64) async throws {
        try await Bench.with { bench in
            var trade = BankTrade(seed: seed)
            for _ in 0..<150 { try await trade.step(bench) }
            try await settleDown(bench, "seed \(seed)")
        }
    }

    @Test(arguments: [201, 202] as [UInt64], EngineKind.allCases)
    func `so they are when everyone trades at once`(seed: UInt64, engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            _ = try await together(6) { index in
                var trade = BankTrade(seed: seed * 100 + UInt64(index))
                for _ in 0..<40 { try await trade.step(bench) }
            }
            try await settleDown(bench, "seed \(seed)")
        }
    }

    private func settleDown(_ bench: Bench, _ name: String) async throws {
        try await bench.faults.clear()
        for _ in 0..<30 {
            bench.clock.advance(seconds: 600)
            try await bench.gateway.runDue()
        }
        try await bench.expectPayoutsAgree(name)
        _ = try await Auditor().verify(bench.store)
        let books = try await bench.books()
        let (sum, held) = books.values.reduce((0, 0)) { ($0.0 + $1[0], $0.1 + $1[1]) }
        #expect(sum == 0 && held == 0, "\(name)")
        let credited = try await bench.lines().reduce(0) { $0 + $1.credit.amount.minorUnits }
        let atBank = books.filter { $0.key.hasPrefix("bank:") }.values.reduce(0) { $0 - $1[0] }
        #expect(credited == atBank, "\(name)")
        let left = try await bench.book.entries().filter(\.hasLeft).reduce(0) { $0 + $1.amount.minorUnits }
        #expect(left == books["clearing:payout:THB"]?[0] ?? 0, "\(name)")
        let open = try await bench.payments().filter { $0.state == .presented }
        #expect(open.isEmpty, "\(name): a deposit has not lapsed")
    }
}

/// Does one random thing after another.
private struct BankTrade {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func step(_ bench: Bench) async throws {
        let amount = Int64.random(in: 1...6, using: &random) * 1_000
        let choice = Int.random(in: 0..<100, using: &random)
        let key = "k\(Int.random(in: 0..<200, using: &random))"
        let payers = ["1112223334", "X434783", "9990434783"]
        let payer = payers.randomElement(using: &random)
        let isOpen = Bool.random(using: &random)
        let pick = UInt64.random(in: .min ... .max, using: &random)
        let ending = await Ending.of {
            switch choice {
            case ..<25:
                _ = try await bench.deposit(
                    amount, payers: payer.map { [$0] } ?? [], until: isOpen ? 600 : nil, exclusive: pick % 3 == 0)
            case ..<50: try await bench.read(bench.credit(key, amount, from: payer), bench.credit(key + "x", amount))
            case ..<60:
                let number = Int64(pick % 40) + 1
                _ = try await bench.gateway.redeem(number, of: .shop, dialect: FakeDialect.id)
            case ..<70:
                let waiting = try await bench.payments().filter { $0.state == .presented }
                guard !waiting.isEmpty else { return }
                let deposit = waiting[Int(pick % UInt64(waiting.count))]
                _ = try await bench.gateway.scanned(
                    deposit.id, of: .shop, dialect: FakeDialect.id, until: bench.clock.now().adding(seconds: 300))
            case ..<85: _ = try await bench.gateway.createPayout(bench.payoutCommand(amount))
            case ..<90:
                let faults: [SandboxFaults.Kind] = [.timeout, .decline, .unavailable]
                try await bench.faults.order(.init(rail: .bank, kind: faults[Int(pick % 3)], count: Int(pick % 2) + 1))
            case ..<93:
                let queued = try await bench.payouts().filter { $0.state == .queued }
                guard let payout = queued.first else { return }
                _ = try await bench.book.end(
                    payout.id, as: isOpen ? .succeeded : .failed(reason: "no"), at: bench.clock.now())
                try await bench.gateway.finishPayout(payout.id)
            default:
                bench.clock.advance(seconds: Int64(pick % 300))
                try await bench.gateway.runDue()
            }
        }
        if case .other(let what) = ending { Issue.record("what no dialect has words for: \(what)") }
    }
}
