import Money

/// An offer of instalments, before its number of months is chosen.
public enum InstalmentOffer: Sendable, Hashable {
    /// Named by one id.
    case scheme(String)
    /// For one product of one supplier.
    case plan(InstalmentPlanKey)

    /// The offer over so many months.
    public func over(_ months: Int) -> InstalmentChoice {
        switch self {
        case .scheme(let id): .scheme(id, months: months)
        case .plan(let key): .plan(key, months: months)
        }
    }
}

extension Acceptor {
    /// The numbers of months that an offer has for a price on a day, smallest first. Throws `TermsFault`.
    public func instalmentTerms(
        of offer: InstalmentOffer, for price: Money, on day: CivilDay
    ) throws(TermsFault) -> [Int] {
        guard product == .instalments else { throw .instalmentNotTaken }
        guard let offers = instalments else { throw .instalmentUnknown }
        guard price.currency == .THB else { throw .instalmentPrice }
        return try offers.terms(of: offer, for: price, on: day)
    }
}

extension InstalmentOffers {
    func terms(of offer: InstalmentOffer, for price: Money, on day: CivilDay) throws(TermsFault) -> [Int] {
        switch offer {
        case .scheme(let id):
            guard let scheme = schemes.first(where: { $0.id == id }) else { throw .instalmentUnknown }
            return Set(scheme.terms).sorted()
        case .plan(let key):
            return Set(try plans(key, for: price, on: day).flatMap(\.terms)).sorted()
        }
    }
}
