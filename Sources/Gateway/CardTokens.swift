import Payments
import Rails
import Store

/// A new card token: its text, which is told once and not kept, and what may be shown of the card.
public struct IssuedToken: Sendable {
    /// 40 hex digits.
    public let text: Secret<String>
    public let card: CardFace
    public let expires: Instant
    /// What it is bound to, with the card's own currency where that is offered.
    public let terms: CardToken.Terms
}

extension Gateway {
    /// Takes a card that a payer typed in and answers with a token that stands for it once, for ten minutes.
    ///
    /// The number lies sealed in the vault. The security code is sealed under a key that only the token's text yields,
    /// and of the text the store keeps a keyed hash.
    public func issueToken(
        for card: PresentedCard, merchant: MerchantID, terms: CardToken.Terms, ticket: IdempotencyTicket? = nil,
        render: @Sendable (IssuedToken) -> [UInt8] = { _ in [] }
    ) async throws -> IssuedToken {
        guard let brand = card.number.brand else { throw GatewayFault.cardUnsupported }
        let now = clock.now()
        let text = TokenText(at: now, entropy)
        let face = CardFace(
            id: entropy.id(at: now), brand: brand, masked: card.number.masked,
            issuer: rails.cards.issuer(of: card.number))
        let expires = now.adding(seconds: CardToken.lifetimeSeconds)
        let terms = quoted(terms, for: card.number, of: merchant, until: expires)
        let issued = IssuedToken(text: Secret(text.hex), card: face, expires: expires, terms: terms)
        try await insert(
            issued,
            CardToken(
                key: tokenKey(text), merchant: merchant, card: face, expiry: card.expiry,
                sealedCard: try vault.seal(card), sealedCode: try seal(card.code, under: text), terms: terms,
                expires: expires),
            at: now, ticket: ticket, response: render(issued))
        return issued
    }

    /// What a token stands for as long as it may be used; nil for one that is unknown, another merchant's, used, or over.
    public func usableToken(_ body: Secret<String>, of merchant: MerchantID) async throws -> IssuedToken? {
        guard let text = TokenText(body.expose()) else { return nil }
        let key = tokenKey(text)
        guard let token = try await read({ try $0.token(key) }), token.merchant == merchant, token.usedBy == nil,
            token.expires > clock.now()
        else { return nil }
        return IssuedToken(text: body, card: token.card, expires: token.expires, terms: token.terms)
    }

    /// A token's security code, sealed under what only the token's text yields.
    func seal(_ code: Secret<String>?, under text: TokenText) throws -> [UInt8]? {
        try code.map { try vault.seal(Array($0.expose().utf8), under: text.hex, for: "code") }
    }

    /// Commits a new token, with the answer to the request for it.
    func insert(
        _ issued: IssuedToken, _ token: CardToken, at now: Instant, ticket: IdempotencyTicket?, response: [UInt8]
    ) async throws {
        var changes = Changes(at: now)
        if let ticket { changes.add(ticket.claim(for: .token(issued.card.id), response: response)) }
        changes.add(.insertToken(token))
        try await commit(changes)
    }

    /// Whether a card number is taken although its check digit is wrong.
    public func knows(_ number: CardNumber) -> Bool { rails.cards.accepts(number) }

    /// How a token is looked up: when it was made, and a keyed hash of its text.
    func tokenKey(_ text: TokenText) -> [UInt8] {
        text.prefix + vault.lookup(text.hex, for: "token").prefix(16)
    }
}

/// The text of a token or page secret: six bytes of time, so that rows grow at one end, and fourteen of randomness.
struct TokenText {
    let prefix: [UInt8]
    let hex: String

    init(at now: Instant, _ entropy: any Entropy) {
        prefix = CardToken.keyPrefix(now)
        hex = HexDigits.encode(prefix + entropy.bytes(14))
    }

    /// Reads 40 lower-case hex digits; nil for anything else.
    init?(_ hex: String) {
        guard hex.utf8.count == 40, let bytes = HexDigits.decode(hex) else { return nil }
        self.hex = hex
        prefix = Array(bytes.prefix(6))
    }
}
