import Hummingbird
import Money
import Payments

/// A card that a payer has had remembered.
public struct CardChoice: Sendable {
    let id: String
    let brand: CardBrand
    let masked: String
    let expiry: CardExpiry
    let isExpired: Bool
    let surcharge: Surcharge?

    /// - Parameters:
    ///   - id: what the form sends when it is chosen.
    ///   - masked: first six, stars, last four, as the core masks them.
    ///   - surcharge: what the payer pays on top with this card.
    public init(
        id: String, brand: CardBrand, masked: String, expiry: CardExpiry, isExpired: Bool,
        surcharge: Surcharge? = nil
    ) {
        self.id = id
        self.brand = brand
        self.masked = masked
        self.expiry = expiry
        self.isExpired = isExpired
        self.surcharge = surcharge
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
    /// The numbers of months from which the payer chooses; nil where there is no choice.
    public var terms: TermChoice?
    /// Whether the payer comes back from a step that no longer holds.
    public var isOver = false

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

    /// The fees of the cards that can be chosen, each once.
    private var surcharges: Set<Surcharge?> { Set(cards.filter { !$0.isExpired }.map(\.surcharge)) }

    /// What is paid on top whichever card is chosen, named on this very page.
    private var commonSurcharge: Surcharge? { surcharges.count == 1 ? surcharges.first ?? nil : nil }

    public func response(status: HTTPResponse.Status = .ok) -> Response {
        let words = PageWords(ChoiceWords.table, frame.language)
        var values = words.values.merging(frame.values) { $1 }.merging(purchase.values) { $1 }
        values["title"] = words["savedTitle"]
        values["intro"] = words["savedIntro"]
        values["action"] = action
        values["otherCard"] = otherCard
        values["problem"] = isOver ? words["stepOver"] : lacksChoice ? words["choiceMissing"] : nil
        let fee = commonSurcharge.flatMap { fee in purchase.amount.map { fee.facts(on: $0, words) } } ?? []
        values["facts"] = (instalments?.facts(words) ?? []) + fee
        values["hasFacts"] = instalments != nil || !fee.isEmpty
        values["total"] = commonSurcharge?.total.text
        values["terms"] = terms?.values(frame.language)
        values["button"] = frame.isInline ? nil : button(words)
        values["cards"] = cards.map { shown($0, words) }
        return .page(Templates.render("saved", values), status: status, ancestors: frame.ancestors)
    }

    /// It names no total where that depends on the card.
    private func button(_ words: PageWords) -> String {
        guard let amount = purchase.amount, surcharges.count <= 1 else { return words["plainPayButton"] }
        return words.filled("payButton", (commonSurcharge?.total ?? amount).shown)
    }

    private func shown(_ card: CardChoice, _ words: PageWords) -> [String: Any] {
        let chosen = chosen ?? cards.first { !$0.isExpired }?.id
        let note = card.isExpired ? words["expired"] : words.filled("expires", card.shownExpiry)
        var shown: [String: Any] = [
            "id": card.id, "number": card.shownNumber, "brandName": CardMark.name(of: card.brand),
            "isChosen": card.id == chosen, "isExpired": card.isExpired, "note": note,
        ]
        if surcharges.count > 1, !card.isExpired, let total = card.surcharge?.total ?? purchase.amount {
            shown["cost"] = card.surcharge == nil ? total.shown : words.filled("withFee", total.shown)
        }
        shown["file"] = CardMark.shown([card.brand]).first?["file"]
        return shown
    }
}
