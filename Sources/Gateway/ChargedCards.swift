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
        let text = TokenText(body.expose())
        let key = text.map(tokenKey)
        // One read for everything: most charges are this one.
        let (isTaken, found) = try await read { reader in
            let token = try key.flatMap { try reader.token($0) }
            let saved = token?.terms.customer == nil ? nil : try token.flatMap { try reader.savedCard($0.card.id) }
            return (try command.isNamed(in: reader), token.map { ($0, saved) })
        }
        if isTaken { throw GatewayFault.referenceTaken }
        if let customer { _ = try await self.customer(customer, of: command.merchant.id, dialect: command.dialect) }
        guard let text, let key, let (token, saved) = found, token.merchant == command.merchant.id else {
            throw GatewayFault.tokenInvalid
        }
        if token.usedBy != nil { throw GatewayFault.tokenUsed }
        if token.expires <= clock.now() { throw GatewayFault.tokenInvalid }
        guard token.terms.allow(mid: command.acceptor.mid, amount: command.amount),
            customer == nil || token.terms.customer == nil || token.terms.customer == customer
        else { throw GatewayFault.tokenConflict }
        try token.terms.requireAgreed(toKeep: command.keepsCard)
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
        if try await read({ try command.isNamed(in: $0) }) { throw GatewayFault.referenceTaken }
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

extension ChargeCommand {
    /// Whether the merchant's reference is taken already. A charge may repeat that of its own order.
    fileprivate func isNamed(in reader: Reader) throws -> Bool {
        guard let subject = try reader.subject(of: reference) else { return false }
        return subject != order.map(Subject.order)
    }
}
