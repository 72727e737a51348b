import Money
import Payments
import Rails

/// What a charge is agreed on beyond its amount: the offers, then the card.
extension Gateway {
    /// What the merchant offers of what is asked for. Throws `GatewayFault.terms`.
    func offer(for command: ChargeCommand) throws -> OfferedTerms {
        do throws(TermsFault) {
            return try command.terms.offered(
                by: command.merchant, command.acceptor, for: command.amount, at: clock.now())
        } catch {
            throw GatewayFault.terms(error)
        }
    }

    /// The terms with the card that was presented. Where nothing was quoted with its token, today's rate holds.
    /// Throws `GatewayFault.terms`.
    func agree(
        on offered: OfferedTerms, with card: PresentedCard, quoted: Conversion?, for command: ChargeCommand
    ) throws -> PaymentTerms {
        var quote = quoted
        if quote == nil, offered.isConverted {
            quote = self.quote(
                command.amount, for: card.number, at: command.acceptor,
                until: clock.now().adding(seconds: CardToken.lifetimeSeconds))
        }
        do throws(TermsFault) {
            return try offered.agreed(with: card.number, quote: quote)
        } catch {
            throw GatewayFault.terms(error)
        }
    }

    /// What a card that is billed in another currency would be charged for `amount`, where the merchant id offers that
    /// and the acquirer takes it.
    public func quote(
        _ amount: Money, for number: CardNumber, at acceptor: Acceptor, until expires: Instant
    ) -> Conversion? {
        guard acceptor.convertsCurrency, let brand = number.brand, acceptor.brands.contains(brand),
            acceptor.currencies.contains(amount.currency), amount.currency == .THB,
            let currency = rails.cards.currency(of: number), currency != .THB,
            rails.acquirer.capabilities.currencies.contains(currency)
        else { return nil }
        return (try? Conversion.quote(amount, in: currency, at: rails.rates.baht(per: currency), until: expires))
            ?? nil
    }

    /// A token's terms with the card's own currency, where they name an amount and a merchant id that offers it.
    func quoted(
        _ terms: CardToken.Terms, for number: CardNumber, of merchant: MerchantID, until expires: Instant
    ) -> CardToken.Terms {
        guard let mid = terms.mid, let amount = terms.amount,
            let acceptor = directory.merchant(merchant)?.acceptor(mid),
            let conversion = quote(amount, for: number, at: acceptor, until: expires)
        else { return terms }
        return CardToken.Terms(
            mid: mid, amount: amount, customer: terms.customer, conversion: conversion, remembers: terms.remembers)
    }
}
