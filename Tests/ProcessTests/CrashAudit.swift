import Synchronization
import TestSupport
import WireKit

/// Compares what the clients were told with what the gateway says and with the simulated acquirer's own books.
/// Every problem is a sentence that names the charge.
final class CrashAudit: Sendable {
    private struct Charge {
        let reference: String
        /// The result of the authorisation, of which the merchant must have been told.
        let result: String
    }

    private let shop: Shop
    /// The charges that turned out to exist, by id.
    private let found = Mutex<[String: Charge]>([:])

    /// The states of a payment for which the acquirer must hold an approval that it did not take back.
    private static let standing: Set<String> = [
        "Authorized", "Captured", "Settled", "Refund Sent", "Refunded", "Partial Refund",
    ]
    private static let refunded: Set<String> = ["Refund Sent", "Refunded", "Partial Refund"]
    private static let undoing: Set<String> = ["void", "reverse", "reversal"]

    init(shop: Shop) { self.shop = shop }

    var chargesFound: Int { found.withLock { $0.count } }

    /// What is wrong with a charge whose answer had come, at a moment when other work may still be unfinished.
    func problemsAtOnce(_ claim: ChargeClaim) async throws -> [String] {
        guard let id = claim.id else { return [] }
        let answer = try await shop.inquire(id)
        let state = answer.text("transaction_state") ?? answer.body
        return claim.allowed.contains(state) ? [] : ["\(id) is \(state) right after the restart, not \(claim.allowed)"]
    }

    /// What is wrong with a charge once everything unfinished has been finished.
    func problems(_ claim: ChargeClaim) async throws -> [String] {
        let answer = try await shop.inquire(claim.reference)
        if answer.status == 404 {
            return claim.id.map { ["\($0) was answered and is not found as \(claim.reference)"] } ?? []
        }
        guard answer.status == 200, let id = answer.text("id"), let state = answer.text("transaction_state") else {
            return ["the inquiry of \(claim.reference) was answered \(answer.status) \(answer.body)"]
        }
        var problems: [String] = []
        if !claim.allowed.contains(state) {
            problems.append("\(id) (\(claim.reference)) is \(state), not \(claim.allowed)")
        }
        if let told = claim.id {
            let byID = try await shop.inquire(told)
            if told != id || byID.text("id") != id || byID.text("transaction_state") != state {
                problems.append("\(claim.reference) was answered as \(told) and is found as \(id)")
            }
        }
        if let other = remember(id, claim, state) { problems.append(other) }
        let held = try await approvalsHeld(id)
        if held != (Self.standing.contains(state) ? 1 : 0) {
            problems.append("\(id) (\(claim.reference)) is \(state) and the acquirer holds \(held) approvals for it")
        }
        return problems
    }

    /// What is wrong with a settled charge of which a refund was asked, perhaps.
    func problems(_ claim: RefundClaim) async throws -> [String] {
        let answer = try await shop.inquire(claim.charge)
        let state = answer.text("transaction_state") ?? answer.body
        let refunds = (answer.json?["refund_info"]?.arrayValue ?? []).filter { $0["error_code"]?.stringValue == nil }
        let ids = refunds.map { $0["refund_id"]?.stringValue ?? "" }
        var problems: [String] = []
        if let told = claim.id, ids != [told] {
            problems.append("\(claim.charge) was answered refund \(told) and shows \(ids)")
        }
        if ids.count > (claim.asked ? 1 : 0) {
            problems.append("\(claim.charge) shows refunds \(ids) and \(claim.asked ? "one" : "none") was asked for")
        }
        if ids.isEmpty ? state != "Settled" : !Self.refunded.contains(state) {
            problems.append("\(claim.charge) is \(state) with \(ids.count) refunds")
        }
        let sent = try await shop.acquirerOperations(payment: claim.charge)
            .count { $0.kind == "refund" && $0.result == "approved" }
        if sent != ids.count {
            problems.append("\(claim.charge) shows \(ids.count) refunds and the acquirer made \(sent)")
        }
        return problems
    }

    /// What is wrong with the notices that the merchant got, when all of them had time to arrive.
    func problems(notices bodies: [String], alsoOf settled: [String]) -> [String] {
        var expected = found.withLock { $0.mapValues(\.result) }
        for id in settled { expected[id] = "Authorized" }
        var missing = expected
        var problems: [String] = []
        for body in bodies {
            let notice = try? JSON.parse(body)
            guard let id = notice?["id"]?.stringValue, let state = notice?["transaction_state"]?.stringValue else {
                problems.append("a notice is not a charge: \(body)")
                continue
            }
            if expected[id] != state {
                problems.append("a notice said that \(id) is \(state); it is \(expected[id] ?? "unknown")")
            }
            missing[id] = nil
        }
        return problems + missing.map { "the merchant was never told that \($0.key) is \($0.value)" }
    }

    private func approvalsHeld(_ id: String) async throws -> Int {
        let operations = try await shop.acquirerOperations(payment: id).filter { $0.result == "approved" }
        let approvals = operations.count { $0.kind == "authorize" }
        // A reversal is sent until it is acknowledged, so there may be more of them than approvals.
        return max(0, approvals - operations.count { Self.undoing.contains($0.kind) })
    }

    private func remember(_ id: String, _ claim: ChargeClaim, _ state: String) -> String? {
        found.withLock { found in
            let other = found[id]?.reference ?? claim.reference
            let result = state == "Declined" || state == "Reversed" ? state : "Authorized"
            found[id] = Charge(reference: claim.reference, result: result)
            return other == claim.reference ? nil : "\(id) is both \(other) and \(claim.reference)"
        }
    }
}
