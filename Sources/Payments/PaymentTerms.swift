import Money

/// What a payment was agreed on beyond its amount. Most payments have nothing of it.
public struct PaymentTerms: Sendable, Hashable, Codable {
    /// Whether the payment only proves that a card is its holder's: it is voided as soon as it is approved.
    public var isVerification = false
    /// Whose currency the card is charged in, where the payer chose their own.
    public var conversion: Conversion?
    public var instalment: Instalment?
    /// What the payer pays on top of the amount.
    public var surcharge: Surcharge?
    /// The promotion under which the payment is made.
    public var campaign: String?

    /// Nothing beyond the amount.
    public static let plain = PaymentTerms()

    public init(
        isVerification: Bool = false, conversion: Conversion? = nil, instalment: Instalment? = nil,
        surcharge: Surcharge? = nil, campaign: String? = nil
    ) {
        self.isVerification = isVerification
        self.conversion = conversion
        self.instalment = instalment
        self.surcharge = surcharge
        self.campaign = campaign
    }
}

/// Dynamic currency conversion: the card is charged in its own currency, the merchant is paid in the payment's.
public struct Conversion: Sendable, Hashable, Codable {
    /// What the card is charged for the whole amount.
    public let converted: Money
    /// Units of the payment's currency per unit of the card's.
    public let rate: ExchangeRate
    /// Until when the rate may be used.
    public let expires: Instant

    public init(converted: Money, rate: ExchangeRate, expires: Instant) {
        self.converted = converted
        self.rate = rate
        self.expires = expires
    }

    /// The offer to charge a card in its own `currency` instead of `amount`, at a rate of four decimals, which is all
    /// that the payer is shown. Nil where the amount is worth nothing in it.
    ///
    /// - Parameter rate: units of the amount's currency per unit of the card's.
    public static func quote(
        _ amount: Money, in currency: Currency, at rate: ExchangeRate, until expires: Instant
    ) throws(MoneyError) -> Conversion? {
        let shown = try rate.rounded(decimals: 4)
        let converted = try amount.exchanged(for: currency, at: shown)
        guard converted.isPositive else { return nil }
        return Conversion(converted: converted, rate: shown, expires: expires)
    }

    /// The card's part for `part` of `whole`: it grows with the part, and all of it is all.
    func share(of part: Money, in whole: Money) throws(MoneyError) -> Money {
        try converted.allocated(over: [part.minorUnits, whole.minorUnits - part.minorUnits])[0]
    }
}

/// Payment to the card's issuer in monthly parts. The merchant is paid at once.
public struct Instalment: Sendable, Hashable, Codable {
    /// Who bears the interest.
    public enum InterestPayer: String, Sendable, Codable, CaseIterable {
        case merchant, cardholder, supplier, shared
    }

    /// The offer that was taken, as the merchant names it.
    public let offer: String
    public let months: Int
    public let interest: InterestPayer
    /// What the merchant is charged for bearing interest, on top of the discount.
    public let merchantRate: Rate?

    public init(offer: String, months: Int, interest: InterestPayer, merchantRate: Rate? = nil) {
        self.offer = offer
        self.months = months
        self.interest = interest
        self.merchantRate = merchantRate
    }
}

/// A convenience fee: paid by the payer on top of the amount, kept by the house, with tax on it.
public struct Surcharge: Sendable, Hashable, Codable {
    public let fee: Money
    public let vat: Money
    /// The amount with both.
    public let total: Money

    /// - Throws: `MoneyError` when a sum overflows.
    public init(on amount: Money, fee: Money, vat: Money) throws(MoneyError) {
        self.fee = fee
        self.vat = vat
        total = try amount.adding(fee).adding(vat)
    }
}

extension Payment {
    /// What the payer is charged: the amount with its surcharge, in the card's own currency where it is converted.
    public var charged: Money { terms.conversion?.converted ?? terms.surcharge?.total ?? amount }

    /// The same for a part of the amount. A surcharge is only ever taken with the whole.
    public func charged(for part: Money) throws(PaymentFault) -> Money {
        if part == amount { return charged }
        guard terms.surcharge == nil else { throw .wholeOnly }
        guard let conversion = terms.conversion else { return part }
        do {
            return try conversion.share(of: part, in: amount)
        } catch {
            throw .overflow
        }
    }
}
