import Payments
import Rails
import Store

/// A saved card as its payer's page shows it: nothing of it is secret.
public struct MaskedCard: Sendable, Equatable {
    public let face: CardFace
    public let expiry: CardExpiry
    /// Whether it is the one that pays where none is chosen.
    public let isDefault: Bool
    /// Whether its month is over.
    public let isExpired: Bool
}

extension CardToken.Terms {
    /// Throws `GatewayFault.consent` where the payer's word forbids it.
    func requireAgreed(toKeep isKept: Bool?) throws(GatewayFault) {
        do throws(ConsentFault) {
            try requireConsent(toKeep: isKept)
        } catch {
            throw .consent(error)
        }
    }
}

/// Cards that are kept for a customer.
extension Gateway {
    /// A card that is about to be kept, and what keeping it changes.
    struct KeptCard {
        let card: SavedCard
        let changes: [Change]
    }

    /// Takes the card of a token that was charged with success out of it, for a customer to keep.
    func card(
        kept body: Secret<String>, of merchant: MerchantID, for customer: ID<Customer>, at now: Instant
    ) async throws -> KeptCard {
        guard let text = TokenText(body.expose()) else { throw GatewayFault.tokenInvalid }
        let key = tokenKey(text)
        let found = try await read { reader in
            try reader.token(key).map { token in (token, try token.usedBy.flatMap { try reader.payment($0) }) }
        }
        guard let (token, payment) = found, token.merchant == merchant else { throw GatewayFault.tokenInvalid }
        guard token.usedBy != nil else {
            throw token.expires <= now ? GatewayFault.tokenInvalid : GatewayFault.cardNotVerified
        }
        guard now < token.expires.adding(seconds: CardToken.keptSeconds) else { throw GatewayFault.tokenInvalid }
        if token.holdsNoCard { throw GatewayFault.tokenUsed }
        guard payment?.provesCard ?? false else { throw GatewayFault.cardNotVerified }
        try token.terms.requireAgreed(toKeep: true)
        let opened = try vault.open(token.sealedCard, expiry: token.expiry, code: nil)
        let card = SavedCard(
            face: token.card, customer: customer, holder: opened.holder, expiry: token.expiry,
            sealedCard: token.sealedCard, created: now)
        return KeptCard(card: card, changes: [.emptyToken(key: key), .insertSavedCard(card)])
    }

    /// A customer's cards for the page on which a payer chooses one: the public key may ask for them.
    ///
    /// `data-customer-id` puts the customer's id into a shop's page, so who has both may see masked numbers and nothing
    /// more. With a campaign, only the cards that take part in it. Throws `GatewayFault.customerUnknown`.
    public func maskedCards(
        of customer: ID<Customer>, merchant: MerchantID, dialect: DialectID, in campaign: Campaign? = nil
    ) async throws -> [MaskedCard] {
        let view = try await self.customer(customer, of: merchant, dialect: dialect)
        let today = CivilDay(bangkok: clock.now())
        let cards = view.cards.filter { card in
            guard let campaign else { return true }
            let opened = try? vault.open(card.sealedCard, expiry: card.expiry, code: nil)
            return opened.map { campaign.includes($0.number) } ?? false
        }
        return cards.map { card in
            MaskedCard(
                face: card.face, expiry: card.expiry, isDefault: card.face.id == view.customer.defaultCard,
                isExpired: CivilDay(bangkok: card.expiry.lastDay) < today)
        }
    }

    /// A token that stands once, for ten minutes, for a customer's saved card; their default card where none is named.
    ///
    /// It keeps no card of its own: when the saved card is deleted, it stands for nothing. Throws
    /// `GatewayFault.customerUnknown` and `cardUnknown`.
    public func issueToken(
        forSaved card: ID<CardFace>?, of customer: ID<Customer>, code: Secret<String>? = nil, merchant: MerchantID,
        dialect: DialectID, terms: CardToken.Terms, ticket: IdempotencyTicket? = nil,
        render: @Sendable (IssuedToken) -> [UInt8] = { _ in [] }
    ) async throws -> IssuedToken {
        let saved = try await self.customer(customer, of: merchant, dialect: dialect).card(card)
        let opened = try vault.open(saved.sealedCard, expiry: saved.expiry, code: nil)
        let now = clock.now()
        let text = TokenText(at: now, entropy)
        let expires = now.adding(seconds: CardToken.lifetimeSeconds)
        let bound = CardToken.Terms(
            mid: terms.mid, currency: terms.currency, amount: terms.amount, customer: customer)
        let quoted = quoted(bound, for: opened.number, of: merchant, until: expires)
        let issued = IssuedToken(text: Secret(text.hex), card: saved.face, expires: expires, terms: quoted)
        try await insert(
            issued,
            CardToken(
                key: tokenKey(text), merchant: merchant, card: saved.face, expiry: saved.expiry,
                sealedCard: CardToken.noCard, sealedCode: try seal(code, under: text), terms: quoted,
                expires: expires),
            at: now, ticket: ticket, response: render(issued))
        return issued
    }
}
