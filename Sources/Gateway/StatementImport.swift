import Money
import Payments
import Store

/// What came of reading a statement.
public struct ImportSummary: Sendable, Equatable {
    /// Lines that were not there before.
    public var new = 0
    /// Lines that were.
    public var known = 0
    /// Lines, new or known, that paid a deposit in this reading.
    public var matched = 0

    public init() {}

    /// How many lines were taken.
    public var taken: Int { new + known }

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

    /// Begins a statement of a collection account. Throws `GatewayFault.notFound` where the merchant has none such.
    public func statement(of merchant: MerchantID, account: Int64) throws -> StatementIntake {
        guard directory.merchant(merchant)?.collectionAccount(account) != nil else { throw GatewayFault.notFound }
        return StatementIntake(self, merchant, account)
    }

    /// Takes a whole statement. Throws as `StatementIntake` does.
    @discardableResult
    public func importLines(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64
    ) async throws -> ImportSummary {
        var intake = try statement(of: merchant, account: account)
        try await intake.keep(credits)
        try await intake.match()
        return intake.summary
    }
}

extension CounterName {
    /// Lines are numbered per merchant, whatever API shows them.
    static func lines(of merchant: MerchantID) -> CounterName {
        CounterName(Alias.Kind(rawValue: "line"), dialect: DialectID(rawValue: ""), merchant: merchant)
    }
}
