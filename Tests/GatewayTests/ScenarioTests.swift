import Gateway
import Money
import Payments
import Rails
import Store
import TestSupport
import Testing

/// Days of random trade with a bank that misbehaves, from a seed. Whatever happens, in the end every payment is as the
/// bank believes and every satang is accounted for.
@Suite struct ScenarioTests {
    @Test(arguments: UInt64(1)...12)
    func `after random trade both books tell the same story`(seed: UInt64) async throws {
        try await Bench.with { bench in
            var trade = Trade(seed: seed)
            for _ in 0..<150 { try await trade.step(bench) }
            try await settleDown(bench)
            try await bench.expectAgreement("seed \(seed)")
        }
    }

    @Test(arguments: UInt64(101)...106)
    func `so they do when everyone trades at once`(seed: UInt64) async throws {
        try await Bench.with { bench in
            _ = try await together(8) { index in
                var trade = Trade(seed: seed * 100 + UInt64(index))
                for _ in 0..<40 { try await trade.step(bench) }
            }
            try await settleDown(bench)
            try await bench.expectAgreement("seed \(seed)")
        }
    }

    /// Three quiet days, so that all that falls due is done.
    private func settleDown(_ bench: Bench) async throws {
        try await bench.faults.clear()
        for _ in 0..<3 {
            for _ in 0..<4 {
                try await bench.gateway.runDue()
                bench.clock.advance(seconds: 120)
            }
            bench.clock.passMidnight()
        }
        try await bench.gateway.runDue()
        let books = try await bench.books()
        for (account, balance) in books {
            let isOpen = account.hasPrefix("clearing")
            #expect(isOpen || balance[1] == 0, "\(account) still holds \(balance[1])")
        }
    }
}

/// Does one random thing after another.
private struct Trade {
    private var random: SplitMix64
    private var secrets: [Secret<String>] = []

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func step(_ bench: Bench) async throws {
        let payments = try await bench.payments()
        let payment = payments.randomElement(using: &random)
        let amount = Int64.random(in: 1...2_000, using: &random)
        let choice = Int.random(in: 0..<100, using: &random)
        let ending = await Ending.of {
            switch choice {
            case ..<30: try await charge(bench, amount)
            case ..<40: try await challenge(bench)
            case ..<55: try await authenticate(bench)
            case ..<63: if let payment { _ = try await bench.gateway.void(payment.id, of: .shop) }
            case ..<73:
                if let payment { _ = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(amount)) }
            case ..<85: if let payment { _ = try await bench.refund(payment, amount) }
            case ..<92: try await misbehave(bench)
            case ..<97:
                bench.clock.advance(seconds: Int64.random(in: 1...4_000, using: &random))
                try await bench.gateway.runDue()
            default:
                bench.clock.passMidnight()
                try await bench.gateway.runDue()
            }
        }
        if case .other(let what) = ending { Issue.record("what no dialect has words for: \(what)") }
    }

    private mutating func charge(_ bench: Bench, _ satang: Int64) async throws {
        let cards = [TestCard.visa, TestCard.mastercard, TestCard.silent[0], TestCard.declined[0].0]
        let mid = Bool.random(using: &random) ? Mid.direct : Mid.manual
        let shop = merchant(limits: Limits(perTransaction: 1_900, perDay: 20_000, countPerDay: 30))
        try await bench.charge(
            cards.randomElement(using: &random)!, baht(satang), mid: mid,
            by: Bool.random(using: &random) ? shop : nil)
    }

    private mutating func challenge(_ bench: Bench) async throws {
        secrets.append(try await bench.challenged().secret)
    }

    private mutating func authenticate(_ bench: Bench) async throws {
        guard let secret = secrets.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<10, using: &random) {
        case ..<5: _ = try await bench.gateway.beginAuthentication(secret)
        case ..<8: _ = try await bench.gateway.submitCode(Secret("123456"), secret)
        case 8: _ = try await bench.gateway.submitCode(Secret("0"), secret)
        default: _ = try await bench.gateway.cancelChallenge(secret)
        }
    }

    private mutating func misbehave(_ bench: Bench) async throws {
        let kind = [SandboxFaults.Kind.timeout, .decline, .unavailable].randomElement(using: &random)!
        let operation = SandboxFaults.Rail.card.operations(with: kind).randomElement(using: &random)!
        try await bench.faults.order(
            .init(
                kind: kind, operation: Bool.random(using: &random) ? operation : nil,
                code: operation == .refund ? "OBVAL" : "05", count: Int.random(in: 1...2, using: &random)))
    }
}
