import Hummingbird
import Money

/// The choice between the shop's currency and the card's (full DCC, 4.1.1.1), by two buttons, or within the shop's page,
/// whose button it is, between two answers. The form sends `currency` with the code of
/// the one that was chosen, and anything but nothing as `accept` where the rate was accepted.
public struct ConversionPage: Sendable {
    /// What the payer may choose.
    public struct Offer: Sendable {
        let amount: Money
        let converted: Money
        let rate: String
        let margin: String?

        /// - Parameters:
        ///   - amount: in the shop's currency.
        ///   - converted: the same in the card's.
        ///   - rate: shop's units for one of the card's, in digits: `33.560`.
        ///   - margin: the mark-up within the rate, such as `2.5 %`.
        public init(amount: Money, converted: Money, rate: String, margin: String? = nil) {
            self.amount = amount
            self.converted = converted
            self.rate = rate
            self.margin = margin
        }
    }

    let frame: Frame
    let purchase: Purchase
    let offer: Offer
    let action: String
    let fields: [(name: String, value: String)]
    /// Whether the form came back with the card's currency but without consent.
    public var lacksConsent = false

    /// - Parameter fields: what the form carries on, such as the token.
    public init(
        frame: Frame, purchase: Purchase, offer: Offer, action: String, fields: [(name: String, value: String)] = []
    ) {
        self.frame = frame
        self.purchase = purchase
        self.offer = offer
        self.action = action
        self.fields = fields
    }

    public func response(status: HTTPResponse.Status = .ok) -> Response {
        let words = PageWords(ChoiceWords.table, frame.language)
        let (shop, card) = (offer.amount.currency.rawValue, offer.converted.currency.rawValue)
        var facts = [
            ["label": words["cardCurrencyLabel"], "value": card],
            ["label": words["rateLabel"], "value": "1 \(card) = \(offer.rate) \(shop)"],
        ]
        if let margin = offer.margin { facts.append(["label": words["marginLabel"], "value": margin]) }
        facts.append(["label": words["shopAmountLabel"], "value": offer.amount.shown])
        facts.append(["label": words["cardAmountLabel"], "value": offer.converted.shown])
        var values = words.values.merging(frame.values) { $1 }.merging(purchase.values) { $1 }
        values["title"] = words["currencyTitle"]
        values["facts"] = facts
        values["action"] = action
        values["fields"] = fields.map { ["name": $0.name, "value": $0.value] }
        values["problem"] = lacksConsent ? words["acceptMissing"] : nil
        values["isInline"] = frame.isInline
        values["shopCurrency"] = shop
        values["cardCurrency"] = card
        values["shopButton"] = words.filled("payButton", offer.amount.shown)
        values["cardButton"] = words.filled("payButton", offer.converted.shown)
        return .page(Templates.render("conversion", values), status: status, ancestors: frame.ancestors)
    }
}
