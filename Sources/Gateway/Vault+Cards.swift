import Payments

/// How cards lie in the vault.
extension Vault {
    /// A card number and its holder, sealed.
    func seal(_ card: PresentedCard) throws -> [UInt8] {
        try seal(Array("\(card.number.digits.expose())\n\(card.holder)".utf8), for: "card")
    }

    /// A card as it was sealed, with the code that was kept apart from it. Throws `GatewayFault.cardUnreadable`.
    func open(_ sealed: [UInt8], expiry: CardExpiry, code: Secret<String>?) throws -> PresentedCard {
        let parts = try? String(decoding: open(sealed, for: "card"), as: UTF8.self)
            .split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard let parts, parts.count == 2, let number = CardNumber(String(parts[0])) else {
            throw GatewayFault.cardUnreadable
        }
        return PresentedCard(number: number, holder: String(parts[1]), expiry: expiry, code: code)
    }
}
