import Money

/// What a merchant offers for one amount, before the card is known.
public struct OfferedTerms: Sendable, Equatable {
    let amount: Money
    let isVerification: Bool
    let payerCurrency: Currency?
    let instalment: Instalment?
    let campaign: Campaign?
    let fee: ConvenienceFee?
}

extension RequestedTerms {
    /// Looks up what is asked for among the merchant's offers. Throws `TermsFault`.
    ///
    /// A verification takes no money for good: it has neither instalments nor a fee, and is made in the amount's
    /// currency.
    public func offered(
        by merchant: Merchant, _ acceptor: Acceptor, for amount: Money, at now: Instant
    ) throws(TermsFault) -> OfferedTerms {
        let instalment =
            isVerification
            ? nil : try acceptor.instalment(self.instalment, for: amount, on: CivilDay(bangkok: now))
        if payerCurrency != nil, !acceptor.convertsCurrency { throw .conversionNotOffered }
        var campaign: Campaign?
        if let id = self.campaign { campaign = try merchant.campaign(id, at: now) }
        return OfferedTerms(
            amount: amount, isVerification: isVerification,
            payerCurrency: payerCurrency == amount.currency || isVerification ? nil : payerCurrency,
            instalment: instalment, campaign: campaign, fee: isVerification ? nil : acceptor.convenienceFee)
    }
}

extension OfferedTerms {
    /// The terms with this card. `quote` is what the card would be charged in its own currency, where it has another.
    /// Throws `TermsFault`.
    public func agreed(with card: CardNumber, quote: Conversion?) throws(TermsFault) -> PaymentTerms {
        if let campaign, !campaign.includes(card) { throw .campaignCard }
        var terms = PaymentTerms(
            isVerification: isVerification, instalment: instalment, campaign: campaign?.id)
        if let payerCurrency {
            guard let quote, quote.converted.currency == payerCurrency else { throw .payerCurrencyNotOffered }
            terms.conversion = quote
        }
        if let brand = card.brand { terms.surcharge = try fee?.surcharge(on: amount, brand) }
        return terms
    }

    /// Whether the payer chose to pay in another currency than the amount's.
    public var isConverted: Bool { payerCurrency != nil }
}

extension Acceptor {
    /// Whether payers may choose their card's own currency. An id that takes a convenience fee does not offer it.
    public var convertsCurrency: Bool { product == .currencyConversion && convenienceFee == nil }

    /// The instalment that is asked for; nil where there is none and the id needs none. Throws `TermsFault`.
    public func instalment(
        _ choice: InstalmentChoice?, for price: Money, on day: CivilDay
    ) throws(TermsFault) -> Instalment? {
        guard product == .instalments else {
            if choice != nil { throw .instalmentNotTaken }
            return nil
        }
        guard let choice else { throw .instalmentMissing }
        guard let offers = instalments else { throw .instalmentUnknown }
        guard price.currency == .THB else { throw .instalmentPrice }
        return try offers.instalment(choice, for: price, on: day)
    }
}

extension InstalmentOffers {
    func instalment(
        _ choice: InstalmentChoice, for price: Money, on day: CivilDay
    ) throws(TermsFault) -> Instalment {
        switch choice {
        case .scheme(let id, let months):
            guard let scheme = schemes.first(where: { $0.id == id }) else { throw .instalmentUnknown }
            guard scheme.terms.contains(months) else { throw .instalmentMonths }
            return Instalment(
                offer: id, months: months, interest: scheme.interest, merchantRate: scheme.merchantRate)
        case .plan(let key, let months):
            let plan = try plan(key, months, price, day)
            return Instalment(
                offer: plan.name, months: months, interest: plan.interest, merchantRate: plan.merchantRate)
        }
    }

    private func plan(
        _ key: InstalmentPlanKey, _ months: Int, _ price: Money, _ day: CivilDay
    ) throws(TermsFault) -> Plan {
        let plan = try plans(key, for: price, on: day).first { $0.terms.contains(months) }
        guard let plan else { throw .instalmentMonths }
        return plan
    }

    /// Several plans may have one key: for other days, other prices, other numbers of months.
    func plans(_ key: InstalmentPlanKey, for price: Money, on day: CivilDay) throws(TermsFault) -> [Plan] {
        let known = plans.filter { $0.key == key }
        if known.isEmpty { throw .instalmentUnknown }
        let current = known.filter { $0.validFrom <= day && day <= $0.validTo }
        if current.isEmpty { throw .instalmentNotToday }
        let affordable = current.filter { $0.prices.contains(price.minorUnits) }
        if affordable.isEmpty { throw .instalmentPrice }
        return affordable
    }
}

extension InstalmentOffers.Plan {
    var key: InstalmentPlanKey {
        InstalmentPlanKey(
            planID: planID, interest: interest, productType: productType, supplier: supplier, model: model)
    }

    /// The codes that name it, as the merchant writes them.
    var name: String { [planID, productType, supplier, model].joined(separator: "/") }

    /// In minor units of baht.
    var prices: ClosedRange<Int64> {
        minimumPrice.minorUnits...max(minimumPrice.minorUnits, maximumPrice.minorUnits)
    }
}

extension Merchant {
    /// The campaign with this id, if it runs now. Throws `TermsFault.campaignUnknown`.
    public func campaign(_ id: String, at now: Instant) throws(TermsFault) -> Campaign {
        let found = campaigns?.first { $0.id == id && $0.validFrom <= now && now < $0.validTo }
        guard let found else { throw .campaignUnknown }
        return found
    }
}

extension Campaign {
    /// Whether the card takes part.
    public func includes(_ card: CardNumber) -> Bool {
        let isOfBrand = brands.isEmpty || card.brand.map(brands.contains) ?? false
        return isOfBrand && (prefixes.isEmpty || prefixes.contains { card.digits.expose().hasPrefix($0) })
    }
}

extension ConvenienceFee {
    /// Fee and tax on `amount` for a card of this brand, each rounded half to even; nil where there is nothing to pay.
    /// Throws `TermsFault.overflow`.
    public func surcharge(on amount: Money, _ brand: CardBrand) throws(TermsFault) -> Surcharge? {
        guard brands.contains(brand) else { return nil }
        do {
            let fee = try amount.percentage(rate)
            return fee.isPositive ? try Surcharge(on: amount, fee: fee, vat: fee.percentage(vat)) : nil
        } catch {
            throw .overflow
        }
    }
}
