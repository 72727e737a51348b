import Checkout
import Gateway
import Hummingbird
import Money
import Payments
import WireKit

/// The choice between the shop's currency and the card's (full DCC, 4.1.1.1), after the card was taken for a token. The
/// form carries the token; amount and rate are those that are stored with it.
struct CurrencyChoice {
    let given: KPaymentAPI.Given
    let amount: Money
    let conversion: Conversion

    /// Nil where the token comes with no offer.
    init?(_ issued: IssuedToken, _ amount: Money?, _ given: KPaymentAPI.Given) {
        guard let amount, let conversion = issued.terms.conversion else { return nil }
        self.given = given
        self.amount = amount
        self.conversion = conversion
    }

    func page(_ visit: KPaymentAPI.Visit) -> ConversionPage {
        ConversionPage(
            frame: visit.frame,
            purchase: Purchase(shop: visit.settings.shop, about: visit.settings.about, amount: amount),
            offer: ConversionPage.Offer(
                amount: amount, converted: conversion.converted, rate: conversion.rate.text),
            action: visit.address("/currency"), fields: given.fields)
    }
}

extension KPaymentAPI {
    /// Hands over what the payer has chosen. The card's currency needs consent; without it the page asks again. A quote
    /// that has ended with its token leads back to the card.
    func choose(_ form: FormFields, _ visit: Visit) async throws -> Response {
        guard let (issued, given) = try await held(form, visit),
            let choice = CurrencyChoice(issued, visit.settings.amount, given)
        else { return try await startAgain(visit) }
        if form["currency"] == choice.amount.currency.rawValue { return handOver(given, visit) }
        let currency = choice.conversion.converted.currency
        guard form["currency"] == currency.rawValue, !(form["accept"] ?? "").isEmpty else {
            var page = choice.page(visit)
            page.lacksConsent = true
            return page.response(status: .unprocessableContent)
        }
        return handOver(given, visit, in: currency)
    }
}
