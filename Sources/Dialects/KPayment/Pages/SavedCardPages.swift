import Checkout
import Gateway
import Hummingbird
import Payments
import WireKit

/// The cards that a customer has had remembered (5.1.2): chosen without typing anything.
extension KPaymentAPI {
    /// Nil where no customer is named, they have no card, or the payer asked for the form.
    func savedCardsPage(_ visit: Visit) async throws -> SavedCardsPage? {
        guard visit.page.purpose == .pay, visit.query["other"] == nil, let customer = try savedOwner(visit) else {
            return nil
        }
        let cards: [MaskedCard]
        do {
            cards = try await gateway.maskedCards(
                of: customer, merchant: visit.settings.merchant.id, dialect: KPayment.id)
        } catch GatewayFault.customerUnknown {
            throw CheckoutSettings.Faults(texts: ["data-customer-id: no customer of this shop"])
        }
        let taken = cards.filter { visit.settings.acceptor.brands.contains($0.face.brand) }
        if taken.isEmpty { return nil }
        var page = SavedCardsPage(
            frame: visit.frame,
            purchase: Purchase(
                shop: visit.settings.shop, about: visit.settings.about, amount: visit.settings.amount),
            cards: taken.map(choice), action: visit.address("/saved"), otherCard: visit.address + "&other=1")
        page.chosen = taken.first { $0.isDefault && !$0.isExpired }.map { dialect.prefix("card") + $0.face.id.hex }
        page.instalments = instalments(visit.settings)
        return page
    }

    private func choice(_ card: MaskedCard) -> CardChoice {
        CardChoice(
            id: dialect.prefix("card") + card.face.id.hex, brand: card.face.brand, masked: card.face.masked,
            expiry: card.expiry, isExpired: card.isExpired)
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
        guard let customer = try savedOwner(visit), let text = form["card_id"],
            let card: ID<CardFace> = dialect.id(text, "card")
        else { return try await chooseAgain(visit) }
        do {
            let issued = try await gateway.issueToken(
                forSaved: card, of: customer, merchant: visit.settings.merchant.id, dialect: KPayment.id,
                terms: visit.settings.terms)
            return handOver(issued, visit, isSaved: false)
        } catch GatewayFault.cardUnknown {
            return try await chooseAgain(visit)
        } catch GatewayFault.customerUnknown {
            throw CheckoutSettings.Faults(texts: ["data-customer-id: no customer of this shop"])
        }
    }

    private func chooseAgain(_ visit: Visit) async throws -> Response {
        guard var page = try await savedCardsPage(visit) else {
            return Response(status: .seeOther, headers: [.location: visit.address])
        }
        page.lacksChoice = true
        return page.response(status: .unprocessableContent)
    }
}
