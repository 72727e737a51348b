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
    public static let importBatch = 1_024

    /// Keeps the lines of a statement that are not known yet, each once, and lets them pay the deposits that wait for
    /// them. A batch of lines is one commit, in the order given: what was committed stays, and reading the same
    /// statement again goes on where it stopped. Throws `GatewayFault`.
    /// - Parameter kept: called after each batch with how many of the lines it was, and what came of them.
    @discardableResult
    public func importLines(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64,
        kept: (Int, ImportSummary) -> Void = { _, _ in }
    ) async throws -> ImportSummary {
        guard directory.merchant(merchant)?.collectionAccount(account) != nil else { throw GatewayFault.notFound }
        guard credits.allSatisfy(\.amount.isPositive) else { throw GatewayFault.refused(.amountNotPositive) }
        var intake = StatementIntake(self, merchant, account)
        var summary = ImportSummary()
        func tell(_ count: Int, _ came: ImportSummary) {
            summary = summary + came
            kept(count, came)
        }
        do {
            for start in stride(from: 0, to: credits.count, by: Self.importBatch) {
                let end = min(start + Self.importBatch, credits.count)
                try await intake.take(Array(credits[start..<end]), before: credits.count - end, kept: tell)
            }
            try await intake.finish(kept: tell)
        } catch {
            await intake.abandon(kept: tell)
            throw error
        }
        return summary
    }
}

extension CounterName {
    /// Lines are numbered per merchant, whatever API shows them.
    static func lines(of merchant: MerchantID) -> CounterName {
        CounterName(Alias.Kind(rawValue: "line"), dialect: DialectID(rawValue: ""), merchant: merchant)
    }
}
