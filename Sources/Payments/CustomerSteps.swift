/// What is decided of a customer: the next value, and nothing else. Versions grow with each.
extension Customer {
    /// The customer with what is given; nil leaves a part as it is. Throws `CustomerFault.cardUnknown` where the
    /// default card is none of `cards`.
    public func updated(
        email: String? = nil, name: String? = nil, defaultCard: ID<CardFace>? = nil, cards: [SavedCard]
    ) throws(CustomerFault) -> Customer {
        if let defaultCard, !cards.contains(where: { $0.face.id == defaultCard }) { throw .cardUnknown }
        var next = moved
        next.email = email ?? self.email
        next.name = name ?? self.name
        next.defaultCard = defaultCard ?? self.defaultCard
        return next
    }

    /// The customer with one more card: it pays by default where none did.
    public func attaching(_ card: SavedCard) -> Customer {
        var next = moved
        next.defaultCard = defaultCard ?? card.face.id
        return next
    }

    /// The customer without a card of `cards`. Where it was the default, the oldest of the others is from now on.
    public func removing(_ card: ID<CardFace>, from cards: [SavedCard]) throws(CustomerFault) -> Customer {
        guard cards.contains(where: { $0.face.id == card }) else { throw .cardUnknown }
        var next = moved
        if defaultCard == card { next.defaultCard = cards.first { $0.face.id != card }?.face.id }
        return next
    }

    private var moved: Customer {
        var next = self
        next.version += 1
        return next
    }
}

/// Why something cannot be done to a customer.
public enum CustomerFault: Error, Equatable, Sendable {
    /// The customer has no such card.
    case cardUnknown
}

extension CardExpiry {
    /// The first moment, in Bangkok, of the last day on which the card can be used.
    public var lastDay: Instant {
        CivilDay(number: CivilDay(firstAfter: month, year).number - 1).bangkokMidnight
    }
}

extension Payment {
    /// Whether the card that was charged may be kept: the issuer approved, and the approval stood or was only asked
    /// for to verify the card.
    public var provesCard: Bool {
        switch state {
        case .authorized, .voiding, .capturing, .captured, .settled: true
        case .voided: terms.isVerification
        case .challenged, .authenticating, .unauthenticated, .authorizing, .reversing, .declined, .reversed,
            .presenting, .presented, .cancelling, .cancelled:
            false
        }
    }
}

extension CardToken {
    /// Whether the token keeps no card of its own: its card was kept for a customer, or it stands for one that is.
    public var holdsNoCard: Bool { sealedCard.isEmpty }

    /// What a token without a card of its own keeps.
    public static let noCard: [UInt8] = []
}
