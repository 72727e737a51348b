import Checkout
import Gateway
import Hummingbird
import Money
import Payments
import WireKit

/// The choice between the shop's currency and the card's (full DCC, 4.1.1.1), after the card was taken for a token. The
/// form carries the offer from page to page to be shown again; what is charged follows from the token alone.
struct CurrencyChoice {
    let token: String
    let isSaved: Bool
    let amount: Money
    let converted: Money
    /// Shop's units for one of the card's, in digits.
    let rate: String

    /// Nil where the token comes with no offer.
    init?(_ issued: IssuedToken, _ amount: Money?, token: String, isSaved: Bool) {
        guard let amount, let conversion = issued.terms.conversion else { return nil }
        self.token = token
        self.isSaved = isSaved
        self.amount = amount
        converted = conversion.converted
        rate = conversion.rate.text
    }

    /// Reads the form. Nil where it is none of these.
    init?(_ form: FormFields, _ amount: Money?) {
        guard let amount, let token = form["token"], token.utf8.count <= 64, let rate = form["rate"],
            rate.utf8.count <= 20, rate.utf8.allSatisfy(Self.digits.contains),
            let currency = form["card_currency"].flatMap(Currency.init(rawValue:)),
            let converted = try? Money(parsing: form["converted"] ?? "", in: currency)
        else { return nil }
        self.token = token
        isSaved = form["savecard"] == "true"
        self.amount = amount
        self.converted = converted
        self.rate = rate
    }

    func page(_ visit: KPaymentAPI.Visit) -> ConversionPage {
        let fields = [
            (name: "token", value: token), (name: "savecard", value: isSaved ? "true" : "false"),
            (name: "card_currency", value: converted.currency.rawValue), (name: "converted", value: converted.text),
            (name: "rate", value: rate),
        ]
        return ConversionPage(
            frame: visit.frame,
            purchase: Purchase(shop: visit.settings.shop, about: visit.settings.about, amount: amount),
            offer: ConversionPage.Offer(amount: amount, converted: converted, rate: rate),
            action: visit.page.path + "/currency" + visit.address.dropFirst(visit.page.path.count), fields: fields)
    }

    private static let digits = ASCIISet("0123456789.")
}

extension KPaymentAPI {
    /// Hands over what the payer has chosen. The card's currency needs consent; without it the page asks again.
    func choose(_ form: FormFields, _ visit: Visit) throws -> Response {
        guard let choice = CurrencyChoice(form, visit.settings.amount) else {
            throw CheckoutSettings.Faults(texts: ["the form is not the one that was shown"])
        }
        if form["currency"] == choice.amount.currency.rawValue {
            return handOver(choice.token, visit, isSaved: choice.isSaved)
        }
        guard form["currency"] == choice.converted.currency.rawValue, !(form["accept"] ?? "").isEmpty else {
            var page = choice.page(visit)
            page.lacksConsent = true
            return page.response(status: .unprocessableContent)
        }
        return handOver(
            choice.token, visit, isSaved: choice.isSaved, cardCurrency: choice.converted.currency.rawValue)
    }
}
