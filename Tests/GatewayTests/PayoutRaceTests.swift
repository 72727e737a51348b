import Gateway
import Ledger
import Payments
import Rails
import Synchronization
import TestSupport
import Testing

/// A bank that loses its first request for a while and refuses the second without writing it down.
private final class ForgetfulBank: PayoutRail {
    private let state = Mutex((sends: 0, isFound: false))

    var sends: Int { state.withLock { $0.sends } }
    func findFirst() { state.withLock { $0.isFound = true } }

    func send(_ request: PayoutRequest) async -> PayoutStatus {
        state.withLock { state in
            state.sends += 1
            return state.sends == 1 ? .unknown(reason: "lost") : .failed(reason: "busy")
        }
    }

    func status(of payout: ID<Payout>) async -> PayoutStatus {
        state.withLock { $0.isFound ? .succeeded : .notFound }
    }
}

/// Payouts of which several hear at once, and what a bank's word is worth.
@Suite struct PayoutRaceTests {
    @Test func `a refusal of what was sent again is not believed while the first request may still arrive`()
        async throws
    {
        try await Bench.with { bench in
            let bank = ForgetfulBank()
            let gateway = bench.another(payouts: bank)
            try await bench.fund(200_000)
            let payout = try await gateway.createPayout(bench.payoutCommand())
            for _ in 0..<3 {
                try await gateway.runDue()
                bench.clock.advance(seconds: 400)
            }
            #expect(bank.sends > 1)
            #expect(try await bench.payout(payout.id).state == .queued)
            #expect(try await bench.available().held == 101_500)
            bank.findFirst()
            try await gateway.runDue()
            #expect(try await bench.payout(payout.id).state == .succeeded)
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `whoever hears of a payout that is being sent finds it at the bank`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            try await bench.fund(200_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            let processes = (0..<4).map { _ in bench.another() }
            let found = try await together(8) { index in
                if index == 0 { try await bench.gateway.runDue() }
                try await processes[index % 4].finishPayout(payout.id)
                return try await bench.book.entry(payout.id) != nil
            }
            #expect(found.allSatisfy { $0 })
            #expect(try await bench.payout(payout.id).state == .queued)
        }
    }

    @Test func `what the bank has said of a payout that ended by itself stands`() async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            try await bench.gateway.runDue()
            let before = bench.clock.now()
            bench.clock.advance(seconds: 2)
            try await bench.gateway.runDue()
            #expect(try await bench.payout(payout.id).state == .succeeded)
            #expect(try await bench.book.end(payout.id, as: .failed(reason: "late"), at: before) == false)
            try await bench.expectPayoutsAgree("late")
        }
    }
}
