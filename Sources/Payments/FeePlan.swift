import Money

/// What the house keeps of a captured amount: a discount rate, and tax on the discount.
public struct FeePlan: Sendable, Hashable, Codable {
    /// Merchant discount rate.
    public let discount: Rate
    /// Value added tax, on the discount.
    public let vat: Rate

    public init(discount: Rate, vat: Rate) {
        self.discount = discount
        self.vat = vat
    }

    /// The plan with another discount on top of its own.
    func adding(_ discount: Rate?) -> FeePlan {
        guard let discount else { return self }
        let sum = self.discount.partsPerMillion + discount.partsPerMillion
        return FeePlan(discount: Rate(partsPerMillion: sum), vat: vat)
    }

    /// Nothing is kept.
    public static let none = FeePlan(discount: Rate(partsPerMillion: 0), vat: Rate(partsPerMillion: 0))

    /// What is taken on top of `amount`, both rounded half to even. Throws when a sum overflows.
    public func charge(on amount: Money) throws(MoneyError) -> (fee: Money, vat: Money) {
        let fee = try amount.percentage(discount)
        return (fee, try fee.percentage(vat))
    }

    /// Fee, tax and net of `gross`. Both are rounded half to even. Throws when a sum overflows, or
    /// fee and tax are more than there is.
    public func settlement(
        of gross: Money, rate: ExchangeRate, at cutOff: Instant
    ) throws(MoneyError) -> Settlement {
        let fee = try gross.percentage(discount)
        let tax = try fee.percentage(vat)
        let net = try gross.subtracting(fee).subtracting(tax)
        guard !net.isNegative else { throw .outOfRange }
        return Settlement(gross: gross, fee: fee, vat: tax, net: net, rate: rate, at: cutOff)
    }
}
