import Payments
import Store

/// Takes the batches of a statement, in order: each is decided on while the one before is being stored, as if that one
/// were stored already. Where it is not, because something has moved, it is decided again by itself, and then the next.
struct StatementIntake {
    typealias Kept = (Int, ImportSummary) -> Void

    private let gateway: Gateway
    private let merchant: MerchantID
    private let account: Int64
    /// Taken for lines and not used yet.
    private var numbers: [Int64] = []
    private var storing: StoringBatch?

    init(_ gateway: Gateway, _ merchant: MerchantID, _ account: Int64) {
        (self.gateway, self.merchant, self.account) = (gateway, merchant, account)
    }

    /// Begins to store a batch, behind which so many lines are still to come. `kept` is told of each that is stored.
    mutating func take(_ credits: [BankCredit], before coming: Int, kept: Kept) async throws {
        // What is in the way now is met again when the batch is decided by itself.
        let next = try? await gateway.decide(
            credits, of: merchant, account: account, behind: storing?.batch, before: coming, &numbers)
        if let previous = storing.take() {
            guard try await previous.isStored else {
                numbers = previous.batch.numbers + (next?.numbers ?? []) + numbers
                try await store(previous.credits, kept)
                return try await store(credits, kept)
            }
            if let next { storing = StoringBatch(credits, next, by: gateway) }
            try await lookAgain(previous, kept)
        } else if let next {
            storing = StoringBatch(credits, next, by: gateway)
        }
        if next == nil { try await store(credits, kept) }
    }

    /// Waits for the last batch.
    mutating func finish(kept: Kept) async throws {
        guard let last = storing.take() else { return }
        if try await last.isStored { return try await lookAgain(last, kept) }
        numbers = last.batch.numbers + numbers
        try await store(last.credits, kept)
    }

    /// Waits for what is being stored, and takes it as it comes.
    mutating func abandon(kept: Kept) async {
        guard let last = storing.take(), (try? await last.isStored) == true else { return }
        kept(last.credits.count, last.batch.summary)
    }

    /// Decides on a batch by itself, as often as it takes, and stores it.
    private mutating func store(_ credits: [BankCredit], _ kept: Kept) async throws {
        let came = try await gateway.importBatch(credits, of: merchant, account: account, &numbers)
        kept(credits.count, came)
    }

    /// Has what a batch left over pay deposits that have begun to wait while it was being stored.
    private func lookAgain(_ stored: StoringBatch, _ kept: Kept) async throws {
        var came = stored.batch.summary
        defer { kept(stored.credits.count, came) }
        let again = try await gateway.matchAgain(stored.batch.unmatched)
        came.matched += again.intersection(stored.batch.fresh).count
    }
}

/// A batch that is being stored.
private struct StoringBatch {
    let credits: [BankCredit]
    let batch: DecidedBatch
    private let commit: Task<Void, any Error>?

    init(_ credits: [BankCredit], _ batch: DecidedBatch, by gateway: Gateway) {
        (self.credits, self.batch) = (credits, batch)
        commit = batch.changes.map { changes in Task { try await gateway.commit(changes) } }
    }

    /// Waits until it is known whether the batch is stored as it was decided. Throws where nothing can be stored.
    var isStored: Bool {
        get async throws {
            do {
                try await commit?.value
                return true
            } catch GatewayFault.unavailable {
                throw GatewayFault.unavailable
            } catch {
                return false
            }
        }
    }
}
