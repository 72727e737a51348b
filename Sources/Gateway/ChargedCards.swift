import Money
import Payments
import Rails
import Store

/// The card that a charge is for, opened.
struct LoadedCard {
    let face: CardFace
    let card: PresentedCard
    let sealedCard: [UInt8]
    /// The token that is used up; nil for a saved card that is named itself.
    let tokenKey: [UInt8]?
    /// What was quoted with the token.
    let quoted: Conversion?
}

extension Gateway {
    /// The card of this command, if it may be charged. Throws `GatewayFault`.
    func load(_ command: ChargeCommand) async throws -> LoadedCard {
        let isTaken = try await read { try $0.subject(of: command.reference) != nil }
        if isTaken { throw GatewayFault.referenceTaken }
        let loaded: LoadedCard
        switch command.source {
        case .token(let text, let customer): loaded = try await load(text, of: customer, for: command)
        case .saved(let customer, let card): loaded = try await load(card, of: customer, for: command)
        }
        guard command.acceptor.brands.contains(loaded.face.brand) else { throw GatewayFault.cardUnsupported }
        let capabilities = rails.acquirer.capabilities
        guard capabilities.brands.contains(loaded.face.brand),
            capabilities.currencies.contains(command.amount.currency)
        else { throw GatewayFault.noRoute }
        return loaded
    }

    private func load(
        _ body: Secret<String>, of customer: ID<Customer>?, for command: ChargeCommand
    ) async throws -> LoadedCard {
        if let customer { _ = try await self.customer(customer, of: command.merchant.id, dialect: command.dialect) }
        guard let text = TokenText(body.expose()) else { throw GatewayFault.tokenInvalid }
        let key = tokenKey(text)
        let found = try await read { reader in
            try reader.token(key).map { ($0, $0.terms.customer == nil ? nil : try reader.savedCard($0.card.id)) }
        }
        guard let (token, saved) = found, token.merchant == command.merchant.id else {
            throw GatewayFault.tokenInvalid
        }
        if token.usedBy != nil { throw GatewayFault.tokenUsed }
        if token.expires <= clock.now() { throw GatewayFault.tokenInvalid }
        guard token.terms.allow(mid: command.acceptor.mid, amount: command.amount),
            customer == nil || token.terms.customer == nil || token.terms.customer == customer
        else { throw GatewayFault.tokenConflict }
        // A token for a saved card lasts no longer than the card does.
        let sealed = token.terms.customer == nil ? token.sealedCard : saved?.sealedCard
        guard let sealed else { throw GatewayFault.tokenInvalid }
        let card = try vault.open(sealed, expiry: token.expiry, code: securityCode(of: token, text))
        return LoadedCard(
            face: token.card, card: card, sealedCard: sealed, tokenKey: key, quoted: token.terms.conversion)
    }

    private func load(
        _ id: ID<CardFace>?, of customer: ID<Customer>, for command: ChargeCommand
    ) async throws -> LoadedCard {
        let view = try await self.customer(customer, of: command.merchant.id, dialect: command.dialect)
        let saved = try view.card(id)
        return LoadedCard(
            face: saved.face, card: try vault.open(saved.sealedCard, expiry: saved.expiry, code: nil),
            sealedCard: saved.sealedCard, tokenKey: nil, quoted: nil)
    }

    private func securityCode(of token: CardToken, _ text: TokenText) throws -> Secret<String>? {
        guard let sealed = token.sealedCode else { return nil }
        guard let opened = try? vault.open(sealed, under: text.hex, for: "code") else {
            throw GatewayFault.cardUnreadable
        }
        return Secret(String(decoding: opened, as: UTF8.self))
    }
}
