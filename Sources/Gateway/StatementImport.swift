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
    static let importBatch = 256

    /// Keeps the lines of a statement that are not known yet, each once, and lets them pay the deposits that wait for
    /// them. A batch of lines is one commit, in the order given: what was committed stays, and reading the same
    /// statement again goes on where it stopped. Throws `GatewayFault`.
    public func importLines(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64
    ) async throws -> ImportSummary {
        guard directory.merchant(merchant)?.collectionAccount(account) != nil else { throw GatewayFault.notFound }
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
            return try await retryingImport { try await importOnce(credits, of: merchant, account: account, &numbers) }
        } catch GatewayFault.pending where credits.count > 1 {
            var summary = ImportSummary()
            for credit in credits {
                summary = try await summary + importBatch([credit], of: merchant, account: account)
            }
            return summary
        }
    }

    private func retryingImport(_ body: () async throws -> ImportSummary) async throws -> ImportSummary {
        try await retrying {
            do {
                return try await body()
            } catch StoreError.conflict(.duplicate(let name)) {
                throw StoreError.conflict(.stale(name))
            }
        }
    }

    /// Loads what is known and waited for, decides, commits. `numbers` are taken once for all attempts.
    private func importOnce(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64, _ numbers: inout [Int64]
    ) async throws -> ImportSummary {
        let known = try await read { try $0.knownLines(credits.map(\.key), of: merchant, account: account) }
        var seen = known
        let fresh = credits.filter { seen.insert($0.key).inserted }.map { $0.read(at: clock.now()) }
        var summary = ImportSummary()
        (summary.new, summary.known) = (fresh.count, credits.count - fresh.count)
        guard !fresh.isEmpty else { return summary }
        if numbers.count < fresh.count {
            numbers = Array(try await reserve(Int64(fresh.count), of: .lines(of: merchant)))
        }
        let now = clock.now()
        let lines = zip(fresh, numbers).map { credit, number in
            StatementLine(
                id: entropy.id(at: now), version: 1, merchant: merchant, account: account, number: number,
                credit: credit, imported: now)
        }
        let (others, deposits) = try await read { try $0.candidates(for: lines) }
        let matches = Dictionary(
            uniqueKeysWithValues: DepositMatcher.matches(lines + others, deposits).map { ($0.line.id, $0) })
        var changes = Changes(at: now)
        for line in lines {
            guard let match = matches[line.id] else {
                insert(line, &changes)
                continue
            }
            _ = try receive(match, storing: false, &changes)
            summary.matched += 1
        }
        try await endSessions(paidBy: matches.values, &changes)
        try await commit(changes)
        return summary
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

extension Reader {
    /// What may be matched with these lines of one account: other lines of their amounts that nothing has used, and
    /// the deposits that wait for them.
    fileprivate func candidates(for lines: [StatementLine]) throws -> ([StatementLine], [Payment]) {
        guard let first = lines.map(\.credit.creditedAt).min(), let last = lines.map(\.credit.creditedLast).max(),
            let line = lines.first
        else { return ([], []) }
        let amounts = lines.map(\.credit.amount)
        let deposits = try waitingDeposits(
            of: line.merchant, account: line.account, amounts: amounts, from: first, to: last)
        guard !deposits.isEmpty else { return ([], []) }
        // Other lines matter as far as the deposits' windows reach.
        let windows = deposits.compactMap(\.expectation)
        let from = windows.map(\.from).reduce(first, min)
        let to = windows.compactMap(\.until).reduce(last, max)
        let others = try unmatchedLines(
            of: line.merchant, account: line.account, amounts: deposits.map(\.amount), from: from, to: to)
        return (others, deposits)
    }
}
