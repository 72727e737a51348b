import Ledger
import Money
import Payments
import Store

/// What came of reading a statement.
public struct ImportSummary: Sendable, Equatable {
    /// Lines that were not there before.
    public var new = 0
    /// Lines that were.
    public var known = 0
    /// Of the new ones, those that paid a deposit.
    public var matched = 0

    public init() {}

    public static func + (a: ImportSummary, b: ImportSummary) -> ImportSummary {
        var sum = a
        sum.new += b.new
        sum.known += b.known
        sum.matched += b.matched
        return sum
    }
}

/// Statements of collection accounts.
extension Gateway {
    /// How many lines share a commit.
    static let importBatch = 1_024

    /// Keeps the lines of a statement that are not known yet, each once, and lets them pay the deposits that wait for
    /// them. A batch of lines is one commit, in the order given: what was committed stays, and reading the same
    /// statement again goes on where it stopped. Throws `GatewayFault`.
    public func importLines(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64
    ) async throws -> ImportSummary {
        guard directory.merchant(merchant)?.collectionAccount(account) != nil else { throw GatewayFault.notFound }
        guard credits.allSatisfy(\.amount.isPositive) else { throw GatewayFault.refused(.amountNotPositive) }
        var summary = ImportSummary()
        for start in stride(from: 0, to: credits.count, by: Self.importBatch) {
            let batch = Array(credits[start..<min(start + Self.importBatch, credits.count)])
            summary = try await summary + importBatch(batch, of: merchant, account: account)
        }
        return summary
    }

    private func importBatch(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64
    ) async throws -> ImportSummary {
        var numbers: [Int64] = []
        // A batch in which somebody else's commit moves something is decided again; after that, line by line.
        do {
            var read = try await retryingImport {
                try await importOnce(credits, of: merchant, account: account, &numbers)
            }
            let again = try await matchAgain(read.unmatched)
            read.summary.matched += again.intersection(read.fresh).count
            return read.summary
        } catch GatewayFault.pending where credits.count > 1 {
            var summary = ImportSummary()
            for credit in credits {
                summary = try await summary + importBatch([credit], of: merchant, account: account)
            }
            return summary
        } catch GatewayFault.pending {
            // What it would pay cannot be paid: the money is kept all the same, for a person.
            return try await retryingImport {
                try await importOnce(credits, of: merchant, account: account, matching: false, &numbers)
            }.summary
        }
    }

    private func retryingImport(_ body: () async throws -> ReadLines) async throws -> ReadLines {
        try await retrying {
            do {
                return try await body()
            } catch StoreError.conflict(.duplicate(let name)) {
                throw StoreError.conflict(.stale(name))
            }
        }
    }

    /// What came of a batch, and which of its lines nothing has used.
    private struct ReadLines {
        var summary = ImportSummary()
        var fresh: Set<ID<StatementLine>> = []
        var unmatched: [StatementLine] = []
    }

    /// Loads what is known and waited for, decides, commits. `numbers` are taken once for all attempts.
    private func importOnce(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64, matching: Bool = true,
        _ numbers: inout [Int64]
    ) async throws -> ReadLines {
        let keys = credits.map(\.key)
        let (known, waiting) = try await self.read { reader -> (Set<String>, [StatementLine]) in
            let known = try reader.knownLines(keys, of: merchant, account: account)
            guard !known.isEmpty else { return (known, []) }
            return (known, try reader.unmatchedLines(Array(known), of: merchant, account: account))
        }
        var seen = known
        let fresh = credits.filter { seen.insert($0.key).inserted }.map { $0.read(at: clock.now()) }
        // Lines that an earlier reading kept and had no time to look at again are looked at now.
        var read = ReadLines(unmatched: waiting)
        (read.summary.new, read.summary.known) = (fresh.count, credits.count - fresh.count)
        guard !fresh.isEmpty else { return read }
        if numbers.count < fresh.count {
            numbers = Array(try await reserve(Int64(fresh.count), of: .lines(of: merchant)))
        }
        let now = clock.now()
        let lines = zip(fresh, numbers).map { credit, number in
            StatementLine(
                id: entropy.id(at: now), version: 1, merchant: merchant, account: account, number: number,
                credit: credit, imported: now)
        }
        let matches = matching ? try await matches(for: lines) : [:]
        var changes = Changes(at: now)
        var received: [DepositMatcher.Match] = []
        for line in lines {
            if let match = matches[line.id], (try? receive(match, storing: false, &changes)) != nil {
                received.append(match)
                read.summary.matched += 1
            } else {
                insert(line, &changes)
                read.unmatched.append(line)
            }
        }
        try await endSessions(paidBy: received, &changes)
        try await commit(changes)
        read.fresh = Set(lines.map(\.id))
        return read
    }

    /// Which of these new lines pay which deposits.
    private func matches(
        for lines: [StatementLine]
    ) async throws -> [ID<StatementLine>: DepositMatcher.Match] {
        let (others, deposits) = try await read { try $0.candidates(for: lines) }
        return Dictionary(
            uniqueKeysWithValues: DepositMatcher.matches(lines + others, deposits).map { ($0.line.id, $0) })
    }

    /// A merchant's statement line, with what became of it. Throws `GatewayFault.notFound`.
    public func line(_ number: Int64, of merchant: MerchantID) async throws -> StatementLine {
        guard let line = try await read({ try $0.line(number, of: merchant) }) else { throw GatewayFault.notFound }
        return line
    }

    /// The merchant's lines of an amount that were credited from `since` on and that `isWanted` takes, newest first, at
    /// most `limit`.
    public func lines(
        of merchant: MerchantID, amount: Money, since: Instant, limit: Int,
        where isWanted: @escaping @Sendable (StatementLine) -> Bool
    ) async throws -> [StatementLine] {
        let accounts = (directory.merchant(merchant)?.collectionAccounts ?? []).map(\.number)
        let lines = try await read { reader in
            try accounts.flatMap { account in
                try reader.lines(
                    of: merchant, account: account, amount: amount, since: since, limit: limit, where: isWanted)
            }
        }
        let newestFirst = lines.sorted { ($0.credit.creditedAt, $0.number) > ($1.credit.creditedAt, $1.number) }
        return Array(newestFirst.prefix(limit))
    }

    /// The merchant takes a line's money as it is, less the fee of `dialect`. Of any number of calls one succeeds.
    /// Throws `GatewayFault`: `.notFound`, `.lineUsed`.
    /// With a ticket the response is kept with it.
    public func redeem(
        _ number: Int64, of merchant: MerchantID, dialect: DialectID, ticket: IdempotencyTicket? = nil,
        render: (StatementLine) -> [UInt8] = { _ in [] }
    ) async throws -> StatementLine {
        try await retrying {
            let line = try await line(number, of: merchant)
            let fees = directory.merchant(merchant)?.settings(dialect).depositFees ?? .none
            let now = clock.now()
            let redeemed: (line: StatementLine, transfers: [Transfer])
            do throws(LineFault) {
                redeemed = try line.redeemed(fees: fees, at: now)
            } catch {
                throw error == .used ? GatewayFault.lineUsed : GatewayFault.refused(.overflow)
            }
            var changes = Changes(at: now)
            changes.add(.updateLine(redeemed.line))
            changes.add(contentsOf: redeemed.transfers.map { .transfer($0) })
            if let ticket {
                changes.add(ticket.claim(for: .line(redeemed.line.id), response: render(redeemed.line)))
            }
            try await commit(changes)
            ticket?.claimed.set()
            return redeemed.line
        }
    }
}

extension CounterName {
    /// Lines are numbered per merchant, whatever API shows them.
    static func lines(of merchant: MerchantID) -> CounterName {
        CounterName(Alias.Kind(rawValue: "line"), dialect: DialectID(rawValue: ""), merchant: merchant)
    }
}
