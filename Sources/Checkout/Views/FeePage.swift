import Hummingbird
import Money
import Payments

/// The fee that a card costs on top of the amount, named before the payer agrees to it.
public struct FeePage: Sendable {
    let frame: Frame
    let purchase: Purchase
    let amount: Money
    let surcharge: Surcharge
    let action: String
    let otherCard: String
    let fields: [(name: String, value: String)]

    /// - Parameters:
    ///   - purchase: with the total for amount.
    ///   - amount: without the fee.
    ///   - otherCard: the address of the form for another card.
    ///   - fields: what the form carries on, such as the token.
    public init(
        frame: Frame, purchase: Purchase, amount: Money, surcharge: Surcharge, action: String, otherCard: String,
        fields: [(name: String, value: String)]
    ) {
        self.frame = frame
        self.purchase = purchase
        self.amount = amount
        self.surcharge = surcharge
        self.action = action
        self.otherCard = otherCard
        self.fields = fields
    }

    public func response(status: HTTPResponse.Status = .ok) -> Response {
        let words = PageWords(ChoiceWords.table, frame.language)
        var values = words.values.merging(frame.values) { $1 }.merging(purchase.values) { $1 }
        values["title"] = words["feeTitle"]
        values["facts"] = surcharge.facts(on: amount, words)
        values["action"] = action
        values["otherCard"] = otherCard
        values["fields"] = fields.map { ["name": $0.name, "value": $0.value] }
        values["button"] = frame.isInline ? nil : words.filled("payButton", surcharge.total.shown)
        return .page(Templates.render("fee", values), status: status, ancestors: frame.ancestors)
    }
}

extension Surcharge {
    /// Amount, fee, tax and total, line by line.
    func facts(on amount: Money, _ words: PageWords) -> [[String: String]] {
        [("shopAmountLabel", amount), ("feeLabel", fee), ("feeTaxLabel", vat), ("totalLabel", total)].map {
            ["label": words[$0.0], "value": $0.1.shown]
        }
    }
}
