import Checkout
import Gateway
import Hummingbird
import Money
import Payments
import WireKit

extension KPaymentAPI {
    /// What a payer has given on the way to the shop. The form of a step that comes after the card carries it on.
    struct Given {
        let token: String
        /// Whether the card is to be remembered: as it is stored with the token, whatever a form says later.
        let isSaved: Bool
        /// Months of instalments.
        let term: Int?

        init(_ issued: IssuedToken, token: String, term: Int?) {
            self.token = token
            isSaved = issued.terms.remembers ?? false
            self.term = term
        }

        var fields: [(name: String, value: String)] {
            [(name: "token", value: token)] + (term.map { [(name: "term", value: String($0))] } ?? [])
        }
    }

    /// What a step's form has carried on, with the token as it is stored. Nil where the token stands for nothing any
    /// more, or was made for something else than this page asks for.
    func held(_ form: FormFields, _ visit: Visit) async throws -> (issued: IssuedToken, given: Given)? {
        let settings = visit.settings
        let term = settings.plan.term(chosen: form["term"])
        guard let token = form["token"], term != nil || !settings.plan.asksForTerm,
            let issued = try await gateway.usableToken(Secret(tokenBody(token)), of: settings.merchant.id),
            issued.terms.mid == settings.mid, issued.terms.amount == settings.amount
        else { return nil }
        return (issued, Given(issued, token: token, term: term))
    }

    /// The fee that comes on top, before it is agreed to. The form carries the total that was shown.
    func feePage(_ surcharge: Surcharge, _ given: Given, _ visit: Visit) -> FeePage {
        FeePage(
            frame: visit.frame,
            purchase: Purchase(shop: visit.settings.shop, about: visit.settings.about, amount: surcharge.total),
            amount: visit.settings.amount ?? surcharge.total, surcharge: surcharge, action: visit.address("/fee"),
            otherCard: visit.address + "&other=1",
            fields: given.fields + [(name: "total", value: surcharge.total.text)])
    }

    /// Hands over what the payer has agreed to; shows the fee again where it is another by now.
    func acceptFee(_ form: FormFields, _ visit: Visit) async throws -> Response {
        guard let (issued, given) = try await held(form, visit) else { return try await startAgain(visit) }
        return handOver(issued, given, visit, agreed: form["total"] ?? "")
    }
}

extension CheckoutSettings {
    /// What a card of this brand pays on top; nil where that is nothing.
    func surcharge(_ brand: CardBrand) -> Surcharge? {
        guard let amount else { return nil }
        return (try? acceptor.convenienceFee?.surcharge(on: amount, brand)) ?? nil
    }
}
