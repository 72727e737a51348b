import Payments
import Store

/// A statement on its way in: first its lines are kept, batch by batch, and once all of them are there they pay the
/// deposits that wait for them. A line further down may want the same deposit, or say better whose it is.
///
/// What was kept stays. Reading the same statement again goes on where it stopped.
public struct StatementIntake: Sendable {
    public private(set) var summary = ImportSummary()

    private let gateway: Gateway
    private let merchant: MerchantID
    private let account: Int64
    /// Taken for lines and not used yet.
    private var numbers: [Int64] = []
    private var storing: StoringBatch?
    /// The numbers of its lines that nothing has used: from the first to the last.
    private var unused: ClosedRange<Int64>?

    init(_ gateway: Gateway, _ merchant: MerchantID, _ account: Int64) {
        (self.gateway, self.merchant, self.account) = (gateway, merchant, account)
    }

    /// Keeps lines that are not known yet, each once, in the order given: a batch is one commit, and each is decided on
    /// while the one before is being stored. Throws `GatewayFault`; `summary` then tells how far it came.
    public mutating func keep(_ credits: [BankCredit]) async throws {
        guard credits.allSatisfy(\.amount.isPositive) else { throw GatewayFault.refused(.amountNotPositive) }
        do {
            for start in stride(from: 0, to: credits.count, by: Gateway.importBatch) {
                let end = min(start + Gateway.importBatch, credits.count)
                try await take(Array(credits[start..<end]), before: credits.count - end)
            }
            try await finishStoring()
        } catch {
            // What is being stored is waited for, and counts if it came.
            if let last = storing.take(), (try? await last.isStored) == true { count(last.batch) }
            throw error
        }
    }

    /// Has its lines, and others of the account that nothing has used and that lie between them, pay deposits. Throws
    /// `GatewayFault`.
    public mutating func match() async throws {
        guard let unused else { return }
        var next = unused.lowerBound
        while next <= unused.upperBound {
            let (merchant, account, rest) = (merchant, account, next...unused.upperBound)
            let page = try await gateway.read { reader in
                try reader.unmatchedLines(numbers: rest, of: merchant, account: account, limit: Gateway.importBatch)
            }
            guard let last = page.last else { break }
            summary.matched += try await gateway.match(page)
            next = last.number + 1
        }
        self.unused = nil
    }

    /// Begins to store a batch, behind which so many lines are still to come.
    private mutating func take(_ credits: [BankCredit], before coming: Int) async throws {
        // What is in the way now is met again when the batch is decided by itself.
        let next = try? await gateway.decide(
            credits, of: merchant, account: account, behind: storing?.batch.keys ?? [], before: coming, &numbers)
        if let previous = storing.take() {
            guard try await previous.isStored else {
                numbers = previous.batch.numbers + (next?.numbers ?? []) + numbers
                try await store(previous.credits)
                return try await store(credits)
            }
            count(previous.batch)
        }
        guard let next else { return try await store(credits) }
        storing = StoringBatch(credits, next, by: gateway)
    }

    private mutating func finishStoring() async throws {
        guard let last = storing.take() else { return }
        if try await last.isStored { return count(last.batch) }
        numbers = last.batch.numbers + numbers
        try await store(last.credits)
    }

    /// Decides on a batch by itself, as often as it takes, and stores it.
    private mutating func store(_ credits: [BankCredit]) async throws {
        let batch = try await gateway.keepBatch(credits, of: merchant, account: account, &numbers)
        count(batch)
    }

    private mutating func count(_ batch: DecidedBatch) {
        summary.new += batch.keys.count
        summary.known += batch.known
        for number in [batch.unused?.lowerBound, batch.unused?.upperBound].compactMap(\.self) {
            unused = min(unused?.lowerBound ?? number, number)...max(unused?.upperBound ?? number, number)
        }
    }
}

/// A batch that is being stored.
private struct StoringBatch: Sendable {
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
