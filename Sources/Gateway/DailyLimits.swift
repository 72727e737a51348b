import Money
import Payments
import Rails
import Store

/// What a merchant may take at once and in a day.
extension Gateway {
    /// What a payment takes of the day's limits, where there are any. Throws `GatewayFault.overTransactionLimit`.
    func usage(
        of amount: Money, by merchant: Merchant, through dialect: DialectID, at now: Instant
    ) throws -> DailyUsage? {
        let limits = merchant.settings(dialect).limits
        guard limits.perTransaction != nil || limits.countsDays else { return nil }
        let rate = rails.rates.baht(per: amount.currency)
        guard let baht = try? amount.converted(to: .THB, at: rate) else { throw GatewayFault.overTransactionLimit }
        guard limits.allows(baht) else { throw GatewayFault.overTransactionLimit }
        return limits.countsDays ? DailyUsage(day: CivilDay(bangkok: now), baht: baht) : nil
    }

    /// Counts a payment against the day, where its merchant has daily limits.
    func count(_ payment: Payment, of merchant: Merchant) -> [Change] {
        count(payment, within: merchant.settings(payment.dialect).limits)
    }

    /// Counts a payment against its day, where it takes something of it, within these limits.
    func count(_ payment: Payment, within limits: Limits) -> [Change] {
        guard let usage = payment.usage else { return [] }
        return [
            .countUsage(
                UsageCount(merchant: payment.merchant, dialect: payment.dialect, usage: usage, limits: limits))
        ]
    }

    /// Whether a payment of this amount would be within the limits now; nothing is counted. Throws `GatewayFault`.
    func requireRoom(for amount: Money, of merchant: Merchant, through dialect: DialectID, at now: Instant) async throws
    {
        guard let usage = try usage(of: amount, by: merchant, through: dialect, at: now) else { return }
        let used = try await read { try $0.usage(of: merchant.id, through: dialect, on: usage.day) }
        let limits = merchant.settings(dialect).limits
        if let most = limits.countPerDay, used.count >= most { throw GatewayFault.overDailyCount }
        if let most = limits.perDay, used.baht > most - usage.baht.minorUnits { throw GatewayFault.overDailyAmount }
    }
}
