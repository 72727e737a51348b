import Checkout
import Gateway
import Hummingbird
import Payments
import WireKit

/// The cards that a customer has had remembered (5.1.2): chosen without typing anything.
extension KPaymentAPI {
    /// Nil where no customer is named, they have no card that is taken, or the payer asked for the form.
    func savedCardsPage(_ visit: Visit) async throws -> SavedCardsPage? {
        guard visit.query["other"] == nil else { return nil }
        let taken = try await savedCards(visit)
        if taken.isEmpty { return nil }
        var page = SavedCardsPage(
            frame: visit.frame,
            purchase: Purchase(
                shop: visit.settings.shop, about: visit.settings.about, amount: visit.settings.amount),
            cards: taken.map { choice($0, visit.settings) }, action: visit.address("/saved"),
            otherCard: visit.address + "&other=1")
        page.chosen = taken.first { $0.isDefault && !$0.isExpired }.map { dialect.prefix("card") + $0.face.id.hex }
        page.instalments = instalments(visit.settings)
        page.terms = termChoice(visit.settings)
        return page
    }

    /// The customer's cards that this payment takes; none where no customer is named.
    private func savedCards(_ visit: Visit) async throws -> [MaskedCard] {
        guard visit.page.purpose == .pay, let customer = try savedOwner(visit) else { return [] }
        do {
            return try await gateway.maskedCards(
                of: customer, merchant: visit.settings.merchant.id, dialect: KPayment.id, in: visit.settings.campaign
            ).filter { visit.settings.acceptor.brands.contains($0.face.brand) }
        } catch GatewayFault.customerUnknown {
            throw CheckoutSettings.Faults(texts: ["data-customer-id: no customer of this shop"])
        }
    }

    private func choice(_ card: MaskedCard, _ settings: CheckoutSettings) -> CardChoice {
        CardChoice(
            id: dialect.prefix("card") + card.face.id.hex, brand: card.face.brand, masked: card.face.masked,
            expiry: card.expiry, isExpired: card.isExpired, surcharge: settings.surcharge(card.face.brand))
    }

    private func savedOwner(_ visit: Visit) throws(CheckoutSettings.Faults) -> ID<Customer>? {
        guard let text = visit.settings.customer else { return nil }
        guard let id: ID<Customer> = dialect.id(text, "cust") else {
            throw CheckoutSettings.Faults(texts: ["data-customer-id: no customer of this shop"])
        }
        return id
    }

    /// Takes the card that was chosen, or shows the cards again.
    func takeSaved(_ form: FormFields, _ visit: Visit) async throws -> Response {
        let plan = visit.settings.plan
        let term = plan.term(chosen: form["term"])
        guard let customer = try savedOwner(visit), let text = form["card_id"],
            let card: ID<CardFace> = dialect.id(text, "card"),
            try await savedCards(visit).contains(where: { $0.face.id == card })
        else { return try await chooseAgain(visit, nil, term) }
        if term == nil, plan.asksForTerm { return try await chooseAgain(visit, text, term) }
        do {
            let issued = try await gateway.issueToken(
                forSaved: card, of: customer, merchant: visit.settings.merchant.id, dialect: KPayment.id,
                terms: visit.settings.terms())
            let given = Given(issued, token: self.text(of: issued), term: term)
            return handOver(issued, given, visit, agreed: form["total"])
        } catch GatewayFault.cardUnknown {
            return try await chooseAgain(visit, nil, term)
        }
    }

    private func chooseAgain(_ visit: Visit, _ card: String?, _ term: Int?) async throws -> Response {
        guard var page = try await savedCardsPage(visit) else {
            return Response(status: .seeOther, headers: [.location: visit.address])
        }
        page.lacksChoice = card == nil
        page.chosen = card ?? page.chosen
        page.terms = termChoice(visit.settings, chosen: term, lacksChoice: term == nil)
        return page.response(status: .unprocessableContent)
    }
}
