import Money

/// What a payer is asked to pay, and by whom.
public struct Purchase: Sendable {
    let shop: String
    let about: String?
    let amount: Money?
    /// More that the shop says of what is bought, line by line.
    public var information: [String] = []
    public var picture: ShopPicture?

    /// - Parameters:
    ///   - about: what is bought, in the shop's words.
    ///   - amount: nil where nothing is taken, as when a card is saved.
    public init(shop: String, about: String? = nil, amount: Money?) {
        self.shop = shop
        self.about = about
        self.amount = amount
    }

    var values: [String: Any] {
        var values: [String: Any] = ["shop": shop]
        if let about { values["about"] = about }
        if let picture { values["shopPicture"] = picture.address }
        values["hasInformation"] = !information.isEmpty
        values["information"] = information
        if let amount {
            values["amountText"] = amount.grouped
            values["currency"] = amount.currency.rawValue
        }
        return values
    }
}

extension Money {
    /// The amount for the eye: thousands grouped, with the decimals of the currency, two unless there are more digits
    /// to show. `1,234.50`, `120`, `1.25`.
    public var grouped: String {
        let text = text(decimals: min(2, currency.exponent))
        let digits = text.drop { $0 == "-" }.prefix { $0 != "." }
        var groups = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { groups.append(",") }
            groups.append(digit)
        }
        return (isNegative ? "-" : "") + groups + text.drop { $0 != "." }
    }

    /// The amount for the eye with its currency: `1,234.50 THB`.
    public var shown: String { grouped + " " + currency.rawValue }
}
