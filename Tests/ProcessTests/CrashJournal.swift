import Synchronization
import TestSupport

/// What a client knows about one charge that it asked for.
struct ChargeClaim: Sendable {
    enum FollowUp: Sendable { case none, void, settle }

    let reference: String
    let card: TestCard
    /// The id, once an answer to the charge has come; nil while it has not, or when it was cut off.
    var id: String?
    /// What was asked for after the authorisation, and whether the answer said that it was done.
    var followUp = FollowUp.none
    var followUpAnswered = false

    /// The states in which the charge may be found. One, where everything was answered.
    var allowed: Set<String> {
        if id == nil { return card == .timesOut ? ["Reversed"] : [card.state, "Reversed"] }
        switch (followUp, followUpAnswered) {
        case (.none, _): return [card.state]
        case (.void, true): return ["Voided"]
        case (.void, false): return ["Authorized", "Voided"]
        // A captured charge is settled when midnight passes.
        case (.settle, true): return ["Captured", "Settled"]
        case (.settle, false): return ["Authorized", "Captured", "Settled"]
        }
    }
}

/// What a client knows about one refund of a settled charge.
struct RefundClaim: Sendable {
    let charge: String
    let amount: String
    var asked = false
    /// The refund's id, once the answer has come.
    var id: String?
}

/// What the clients of the crash test asked for and what they were told, written down before each request and
/// after each answer.
final class CrashJournal: Sendable {
    private struct State {
        var charges: [String: ChargeClaim] = [:]
        var refunds: [String: RefundClaim] = [:]
        var surprises: [String] = []
    }

    private let state = Mutex(State())
    /// Whether the database is a server's, which a busy machine may keep from answering in time.
    let databaseMayBeBusy: Bool

    init(databaseMayBeBusy: Bool = false) {
        self.databaseMayBeBusy = databaseMayBeBusy
    }

    var charges: [ChargeClaim] { state.withLock { Array($0.charges.values) } }
    var refunds: [RefundClaim] { state.withLock { Array($0.refunds.values) } }
    /// Answers that no crash explains.
    var surprises: [String] { state.withLock { $0.surprises } }

    /// How many charges were answered.
    var answered: Int { state.withLock { $0.charges.values.count { $0.id != nil } } }

    func asks(_ reference: String, card: TestCard) {
        state.withLock { $0.charges[reference] = ChargeClaim(reference: reference, card: card) }
    }

    func hears(_ reference: String, id: String) {
        state.withLock { $0.charges[reference]?.id = id }
    }

    func asks(_ followUp: ChargeClaim.FollowUp, of reference: String) {
        state.withLock { $0.charges[reference]?.followUp = followUp }
    }

    func hearsFollowUp(of reference: String) {
        state.withLock { $0.charges[reference]?.followUpAnswered = true }
    }

    func adds(_ refund: RefundClaim) {
        state.withLock { $0.refunds[refund.charge] = refund }
    }

    func asksRefund(of charge: String) {
        state.withLock { $0.refunds[charge]?.asked = true }
    }

    func hearsRefund(of charge: String, id: String) {
        state.withLock { $0.refunds[charge]?.id = id }
    }

    func isSurprised(by words: String) {
        state.withLock { $0.surprises.append(words) }
    }
}
