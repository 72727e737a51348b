import Payments
import Store

/// A batch of a statement's lines as it was decided on: what it stores, and what comes of it.
struct DecidedBatch: Sendable {
    var summary = ImportSummary()
    /// Nil where nothing is new.
    var changes: Changes?
    /// The lines that are new, by their ids and by the bank's keys.
    var fresh: Set<ID<StatementLine>> = []
    var keys: Set<String> = []
    /// The lines, new or known, that nothing has used.
    var unmatched: [StatementLine] = []
    /// The deposits that it pays.
    var paid: Set<ID<Payment>> = []
    /// What the new lines are numbered with.
    var numbers: [Int64] = []
}

extension Gateway {
    /// Decides on a batch by itself and stores it. Where somebody else's commit moves something it is decided again;
    /// after that, line by line. Takes from `numbers` what it uses.
    func importBatch(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64, _ numbers: inout [Int64]
    ) async throws -> ImportSummary {
        do {
            var batch = try await retryingImport {
                try await importOnce(credits, of: merchant, account: account, &numbers)
            }
            let again = try await matchAgain(batch.unmatched)
            batch.summary.matched += again.intersection(batch.fresh).count
            return batch.summary
        } catch GatewayFault.pending where credits.count > 1 {
            var summary = ImportSummary()
            for credit in credits {
                summary = try await summary + importBatch([credit], of: merchant, account: account, &numbers)
            }
            return summary
        } catch GatewayFault.pending {
            // What it would pay cannot be paid: the money is kept all the same, for a person.
            return try await retryingImport {
                try await importOnce(credits, of: merchant, account: account, matching: false, &numbers)
            }.summary
        }
    }

    private func retryingImport(_ body: () async throws -> DecidedBatch) async throws -> DecidedBatch {
        try await retrying {
            do {
                return try await body()
            } catch StoreError.conflict(.duplicate(let name)) {
                throw StoreError.conflict(.stale(name))
            }
        }
    }

    private func importOnce(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64, matching: Bool = true,
        _ numbers: inout [Int64]
    ) async throws -> DecidedBatch {
        let batch = try await decide(credits, of: merchant, account: account, matching: matching, &numbers)
        do {
            if let changes = batch.changes { try await commit(changes) }
        } catch {
            numbers = batch.numbers + numbers
            throw error
        }
        return batch
    }

    /// Loads what is known and waited for, and decides, as if the batch `before` were stored already: its lines are
    /// known, what it left unmatched is there, and the deposits that it pays wait no more. Takes the new lines' numbers
    /// from `numbers`; where they are too few, as many more are reserved as `coming` lines behind the batch may need.
    func decide(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64, matching: Bool = true,
        behind before: DecidedBatch? = nil, before coming: Int = 0, _ numbers: inout [Int64]
    ) async throws -> DecidedBatch {
        let (known, waiting) = try await stored(credits, of: merchant, account: account)
        var seen = known.union(before?.keys ?? [])
        let now = clock.now()
        let fresh = credits.filter { seen.insert($0.key).inserted }.map { $0.read(at: now) }
        // Lines that an earlier reading kept and had no time to look at again are looked at now.
        var batch = DecidedBatch(unmatched: waiting)
        (batch.summary.new, batch.summary.known) = (fresh.count, credits.count - fresh.count)
        guard !fresh.isEmpty else { return batch }
        if numbers.count < fresh.count {
            numbers += try await reserve(Int64(fresh.count - numbers.count + coming), of: .lines(of: merchant))
        }
        let lines = zip(fresh, numbers).map { credit, number in
            StatementLine(
                id: entropy.id(at: now), version: 1, merchant: merchant, account: account, number: number,
                credit: credit, imported: now)
        }
        let matches = matching ? try await matches(for: lines, fresh: lines, behind: before) : []
        let ofLines = Dictionary(uniqueKeysWithValues: matches.map { ($0.line.id, $0) })
        try await fill(&batch, with: lines, ofLines, at: now)
        batch.numbers = Array(numbers.prefix(fresh.count))
        numbers.removeFirst(fresh.count)
        return batch
    }

    /// Which keys of these lines are known, and the lines with them that nothing has used.
    private func stored(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64
    ) async throws -> (known: Set<String>, unmatched: [StatementLine]) {
        let keys = credits.map(\.key)
        return try await read { reader in
            let known = try reader.knownLines(keys, of: merchant, account: account)
            guard !known.isEmpty else { return (known, []) }
            return (known, try reader.unmatchedLines(Array(known), of: merchant, account: account))
        }
    }

    private func fill(
        _ batch: inout DecidedBatch, with lines: [StatementLine],
        _ matches: [ID<StatementLine>: DepositMatcher.Match], at now: Instant
    ) async throws {
        var changes = Changes(at: now)
        var received: [DepositMatcher.Match] = []
        for line in lines {
            if let match = matches[line.id], receive(match, storing: false, &changes) != nil {
                received.append(match)
            } else {
                insert(line, &changes)
                batch.unmatched.append(line)
            }
        }
        try await endSessions(paidBy: received, &changes)
        batch.summary.matched = received.count
        batch.paid = Set(received.map(\.deposit.id))
        batch.fresh = Set(lines.map(\.id))
        batch.keys = Set(lines.map(\.credit.key))
        batch.changes = changes
    }
}
