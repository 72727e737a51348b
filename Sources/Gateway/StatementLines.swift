import Ledger
import Money
import Payments
import Store

/// Statement lines, one by one.
extension Gateway {
    /// A merchant's statement line, with what became of it. Throws `GatewayFault.notFound`.
    public func line(_ number: Int64, of merchant: MerchantID) async throws -> StatementLine {
        guard let line = try await read({ try $0.line(number, of: merchant) }) else { throw GatewayFault.notFound }
        return line
    }

    /// How many lines of an amount are looked at on one collection account, at most, and how many in one read.
    public static let mostLooked = 8_192
    private static let linesPerRead = 512

    /// The merchant's lines of an amount that were credited from `since` on and that `isWanted` takes, newest first, at
    /// most `limit`. On each account no more than the newest `most` of that amount are looked at, whether taken or not:
    /// nobody's question may take longer than that.
    public func lines(
        of merchant: MerchantID, amount: Money, since: Instant, limit: Int, among most: Int = mostLooked,
        where isWanted: (StatementLine) -> Bool
    ) async throws -> [StatementLine] {
        var lines: [StatementLine] = []
        for account in directory.merchant(merchant)?.collectionAccounts ?? [] {
            var (taken, looked, last) = ([StatementLine](), 0, StatementLine?.none)
            while taken.count < limit, looked < most {
                let (behind, count) = (last, min(Self.linesPerRead, most - looked))
                let page = try await read { reader in
                    try reader.lines(
                        of: merchant, account: account.number, amount: amount, since: since, after: behind,
                        limit: count)
                }
                taken += page.filter(isWanted)
                (looked, last) = (looked + page.count, page.last)
                if page.count < count { break }
            }
            lines += taken.prefix(limit)
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
