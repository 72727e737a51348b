import Hummingbird
import Payments

/// A card that a payer has had remembered.
public struct CardChoice: Sendable {
    let id: String
    let brand: CardBrand
    let masked: String
    let expiry: CardExpiry
    let isExpired: Bool

    /// - Parameters:
    ///   - id: what the form sends when it is chosen.
    ///   - masked: first six, stars, last four, as the core masks them.
    public init(id: String, brand: CardBrand, masked: String, expiry: CardExpiry, isExpired: Bool) {
        self.id = id
        self.brand = brand
        self.masked = masked
        self.expiry = expiry
        self.isExpired = isExpired
    }

    /// As the document shows it: `4417 70** **** 5830`.
    var shownNumber: String {
        let digits = masked.filter { $0.isASCII && $0.isNumber }
        guard digits.count == 10 else { return masked }
        return "\(digits.prefix(4)) \(digits.dropFirst(4).prefix(2))** **** \(digits.suffix(4))"
    }

    /// `05/29`.
    var shownExpiry: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return two(expiry.month) + "/" + two(expiry.year % 100)
    }
}

/// The cards that a customer has saved (5.1.2), and a way to another. The form sends `card_id`.
public struct SavedCardsPage: Sendable {
    let frame: Frame
    let purchase: Purchase
    let cards: [CardChoice]
    let action: String
    let otherCard: String
    /// The card that was chosen before; the first that has not expired otherwise.
    public var chosen: String?
    /// Whether the form came back without a choice.
    public var lacksChoice = false
    public var instalments: InstalmentSummary?

    /// - Parameters:
    ///   - action: where the form posts to.
    ///   - otherCard: the address of the form for a new card.
    public init(frame: Frame, purchase: Purchase, cards: [CardChoice], action: String, otherCard: String) {
        self.frame = frame
        self.purchase = purchase
        self.cards = cards
        self.action = action
        self.otherCard = otherCard
    }

    public func response(status: HTTPResponse.Status = .ok) -> Response {
        let words = PageWords(ChoiceWords.table, frame.language)
        let chosen = chosen ?? cards.first { !$0.isExpired }?.id
        var values = words.values.merging(frame.values) { $1 }.merging(purchase.values) { $1 }
        values["title"] = words["savedTitle"]
        values["intro"] = words["savedIntro"]
        values["action"] = action
        values["otherCard"] = otherCard
        values["problem"] = lacksChoice ? words["choiceMissing"] : nil
        values["facts"] = instalments?.facts(words)
        values["hasFacts"] = instalments != nil
        values["button"] = purchase.amount.map { words.filled("payButton", $0.shown) } ?? words["plainPayButton"]
        values["cards"] = cards.map { card in
            var shown: [String: Any] = [
                "id": card.id, "number": card.shownNumber, "brandName": CardMark.name(of: card.brand),
                "isChosen": card.id == chosen, "isExpired": card.isExpired,
                "note": card.isExpired ? words["expired"] : words.filled("expires", card.shownExpiry),
            ]
            shown["file"] = CardMark.shown([card.brand]).first?["file"]
            return shown
        }
        return .page(Templates.render("saved", values), status: status, ancestors: frame.ancestors)
    }
}
