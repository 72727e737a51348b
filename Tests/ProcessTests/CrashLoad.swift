import Synchronization
import TestSupport

/// Tells the workers of a round to send nothing more.
final class StopSign: Sendable {
    private let raised = Atomic(false)

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() { raised.store(true, ordering: .releasing) }
}

/// The gateway's database did not answer in time, as on a busy machine. What was asked for may be done or not, as when
/// the answer is cut off.
struct DatabaseBusy: Error {}

/// One client of the crash test during one life of the process.
struct CrashWorker {
    let shop: Shop
    let journal: CrashJournal
    let name: String
    let stop: StopSign
    /// The settled charge that this worker refunds, and after how many of its charges.
    let refund: (claim: RefundClaim, after: Int)?
    var random: SplitMix64

    /// Charges, voids, settles and refunds until the process dies, the sign is raised or an answer is unexpected. A
    /// request that is cut off throws, which leaves it in the journal as asked and not answered.
    mutating func work() async {
        for step in 0... {
            do {
                if let refund, refund.after == step { try await give(refund.claim) }
                try await pay("\(name)-\(step)")
            } catch is DatabaseBusy {
            } catch {
                return
            }
            if stop.isRaised { return }
        }
    }

    private mutating func pay(_ reference: String) async throws {
        let card: TestCard =
            switch Int.random(in: 0..<20, using: &random) {
            case 0: .declined
            case 1: .timesOut
            default: .approved
            }
        let made = try await shop.token(card.rawValue)
        guard let token = made.text("token") else { throw note("a token", made) }
        if stop.isRaised { return }

        journal.asks(reference, card: card)
        let charged = try await shop.charge(token: token, reference: reference)
        guard charged.status == 200, let id = charged.text("id"), charged.text("transaction_state") == card.state
        else { throw note("charge \(reference)", charged) }
        journal.hears(reference, id: id)

        if card != .approved || stop.isRaised { return }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: try await void(reference, id)
        case 1: try await settle(reference, id)
        default: break
        }
    }

    private func void(_ reference: String, _ id: String) async throws {
        journal.asks(.void, of: reference)
        let answer = try await shop.void(id)
        guard answer.status == 200, answer.text("transaction_state") == "Voided"
        else { throw note("void of \(id)", answer) }
        journal.hearsFollowUp(of: reference)
    }

    private func settle(_ reference: String, _ id: String) async throws {
        journal.asks(.settle, of: reference)
        let answer = try await shop.settle(id)
        guard answer.status == 200, answer.text("transaction_state") == "Captured"
        else { throw note("settle of \(id)", answer) }
        journal.hearsFollowUp(of: reference)
    }

    private func give(_ claim: RefundClaim) async throws {
        journal.asksRefund(of: claim.charge)
        let answer = try await shop.refund(claim.charge, amount: claim.amount)
        guard answer.status == 200, answer.text("status") == "success", let id = answer.text("refund_id")
        else { throw note("refund of \(claim.charge)", answer) }
        journal.hearsRefund(of: claim.charge, id: id)
    }

    /// Writes down an answer that is not the expected one. It ends the worker.
    private func note(_ what: String, _ answer: Answer) -> any Error {
        if journal.databaseMayBeBusy, answer.status == 503 { return DatabaseBusy() }
        let words = "\(what) was answered \(answer.status) \(answer.body)"
        journal.isSurprised(by: words)
        return HarnessError(words)
    }
}
