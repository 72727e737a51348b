import Gateway
import Ledger
import Payments
import Rails
import Store
import Synchronization
import TestSupport
import Testing

/// A bank that follows a script: its sends wait at doors and answer as they are told, and it writes down what it has
/// carried out or refused in its books.
private final class ScriptedBank: PayoutRail {
    struct Turn: Sendable {
        /// The request waits here on its way.
        var door: Door?
        let answer: PayoutStatus
        /// Whether the bank writes the answer down.
        var isBooked = false
    }

    private let state: Mutex<(turns: [Turn], sends: Int, booked: PayoutStatus)>

    init(_ turns: Turn...) { state = Mutex((turns, 0, .notFound)) }

    var sends: Int { state.withLock { $0.sends } }
    func book(_ status: PayoutStatus) { state.withLock { $0.booked = status } }

    func send(_ request: PayoutRequest) async -> PayoutStatus {
        let turn = state.withLock { state in
            state.sends += 1
            if state.turns.isEmpty { return Turn(answer: .unknown(reason: "the script is over")) }
            return state.turns.removeFirst()
        }
        await turn.door?.pass()
        return state.withLock { state in
            // One reference is carried out once, and what is in the books is the answer.
            if turn.isBooked, state.booked == .notFound { state.booked = turn.answer }
            return state.booked == .notFound ? turn.answer : state.booked
        }
    }

    func status(of payout: ID<Payout>) async -> PayoutStatus { state.withLock { $0.booked } }
}

/// A payout that is sent a second time while its first sender, thought dead, is still at it.
@Suite struct PayoutResendTests {
    private static let refusal = PayoutStatus.failed(reason: "busy")

    /// The first sender waits at its door, another process takes over, and then the first one's answer comes.
    private func takenOver(
        _ bench: Bench, _ bank: ScriptedBank, _ door: Door, meanwhile: () async throws -> Void = {}
    ) async throws -> Payout {
        try await bench.fund(200_000)
        let payout = try await bench.gateway.createPayout(bench.payoutCommand())
        let slow = bench.another(payouts: bank)
        let sending = Task { try await slow.runDue() }
        await door.visited()
        try await bench.another(payouts: bank).takeOver()
        try await meanwhile()
        door.open()
        _ = try await sending.value
        return payout
    }

    private func expectOpen(_ bench: Bench, _ payout: Payout) async throws {
        #expect(try await bench.payout(payout.id).state == .queued)
        #expect(try await bench.available().held == 101_500)
    }

    private func expectPaidOnce(_ bench: Bench, _ payout: Payout) async throws {
        #expect(try await bench.payout(payout.id).state == .succeeded)
        #expect(try await bench.available() == Balance(posted: 98_500, held: 0))
        let told = try await bench.told(of: .payout(payout.id))
        #expect(told == ["payoutCreated -", "payoutQueued -", "payoutSucceeded -"])
    }

    @Test(arguments: EngineKind.allCases)
    func `a refusal to the first sender is not final once another has sent it again`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            let door = Door()
            let bank = ScriptedBank(
                .init(door: door, answer: Self.refusal), .init(answer: .unknown(reason: "no answer")))
            let payout = try await takenOver(bench, bank, door)
            #expect(bank.sends == 2)
            try await expectOpen(bench, payout)
            // The second request has arrived after all.
            bank.book(.succeeded)
            bench.clock.advance(seconds: 600)
            try await bench.another(payouts: bank).runDue()
            try await expectPaidOnce(bench, payout)
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `paid by the second request before the first is refused it stays paid`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            let door = Door()
            let bank = ScriptedBank(
                .init(door: door, answer: Self.refusal), .init(answer: .underWay(until: nil)))
            let payout = try await takenOver(bench, bank, door) {
                bank.book(.succeeded)
                bench.clock.advance(seconds: 600)
                try await bench.another(payouts: bank).runDue()
            }
            try await expectPaidOnce(bench, payout)
        }
    }

    @Test func `a refusal to the first sender that the bank's books hold is final`() async throws {
        try await Bench.with { bench in
            let door = Door()
            let bank = ScriptedBank(
                .init(door: door, answer: Self.refusal, isBooked: true), .init(answer: .unknown(reason: "no answer")))
            let payout = try await takenOver(bench, bank, door)
            let failed = try await bench.payout(payout.id)
            #expect(failed.state == .failed && failed.failure == "busy")
            #expect(try await bench.available() == Balance(posted: 200_000, held: 0))
            bench.clock.advance(seconds: 600)
            try await bench.another(payouts: bank).runDue()
            #expect(bank.sends == 2)
        }
    }

    @Test func `the first sender's money has left although another has sent it again`() async throws {
        try await Bench.with { bench in
            let door = Door()
            let bank = ScriptedBank(
                .init(door: door, answer: .succeeded, isBooked: true), .init(answer: .unknown(reason: "no answer")))
            let payout = try await takenOver(bench, bank, door)
            try await expectPaidOnce(bench, payout)
        }
    }

    @Test func `refused to the first sender before another sends it, it is over and not sent again`() async throws {
        try await Bench.with { bench in
            let bank = ScriptedBank(.init(answer: Self.refusal), .init(answer: .succeeded, isBooked: true))
            try await bench.fund(200_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            try await bench.another(payouts: bank).runDue()
            #expect(try await bench.payout(payout.id).state == .failed)
            try await bench.another(payouts: bank).takeOver()
            try await bench.another(payouts: bank).finishPayout(payout.id)
            #expect(bank.sends == 1)
            #expect(try await bench.available() == Balance(posted: 200_000, held: 0))
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `a refusal that is stored between the look and the second request keeps that from being sent`(
        engine: EngineKind
    ) async throws {
        try await Bench.with(engine) { bench in
            let door = Door()
            let bank = ScriptedBank(
                .init(door: door, answer: Self.refusal), .init(answer: .succeeded, isBooked: true))
            try await bench.fund(200_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            let slow = bench.another(payouts: bank)
            let sending = Task { try await slow.runDue() }
            await door.visited()
            // The heir has claimed it, and is about to store that it sends it.
            let intent = bench.engine.holdCommit(after: 1)
            let heir = bench.another(payouts: bank)
            let taking = Task { try await heir.takeOver() }
            await intent.visited()
            door.open()
            _ = try await sending.value
            intent.open()
            _ = try await taking.value
            #expect(try await bench.payout(payout.id).state == .failed)
            #expect(bank.sends == 1)
            #expect(try await bench.available() == Balance(posted: 200_000, held: 0))
        }
    }

    @Test func `the runs of a process leave alone what it is sending, however long that takes`() async throws {
        try await Bench.with { bench in
            let door = Door()
            let bank = ScriptedBank(.init(door: door, answer: .succeeded, isBooked: true))
            try await bench.fund(200_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            let gateway = bench.another(payouts: bank)
            let sending = Task { try await gateway.runDue() }
            await door.visited()
            bench.clock.advance(seconds: 600)
            try await gateway.runDue()
            try await gateway.takeOver()
            #expect(bank.sends == 1)
            door.open()
            _ = try await sending.value
            try await expectPaidOnce(bench, payout)
        }
    }
}
