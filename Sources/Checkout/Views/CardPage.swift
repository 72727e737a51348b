import Hummingbird
import Payments

/// The form for a new card: to pay with, or to save. Its fields are `number`, `name`, `expiry`, `cvv` and `savecard`.
public struct CardPage: Sendable {
    /// What the card is for.
    public enum Purpose: Sendable { case pay, save }

    /// Why a field is not taken.
    public enum Problem: String, Sendable {
        case numberMissing, numberWrong, brandRefused, campaignCard, nameMissing, nameWrong
        case expiryMissing, expiryWrong, expiryPast, codeMissing, codeWrong

        /// The name of the field.
        public var field: String {
            switch self {
            case .numberMissing, .numberWrong, .brandRefused, .campaignCard: "number"
            case .nameMissing, .nameWrong: "name"
            case .expiryMissing, .expiryWrong, .expiryPast: "expiry"
            case .codeMissing, .codeWrong: "cvv"
            }
        }
    }

    /// What the payer has typed in that may be shown again. The number and the security code never are.
    public struct Entry: Sendable {
        public var name: String
        public var expiry: String
        public var isSaving: Bool

        public init(name: String = "", expiry: String = "", isSaving: Bool = false) {
            self.name = name
            self.expiry = expiry
            self.isSaving = isSaving
        }
    }

    let frame: Frame
    let purchase: Purchase
    let purpose: Purpose
    let action: String
    let brands: Set<CardBrand>
    /// Whether the payer may have the card remembered.
    public var offersSaving = true
    public var entry = Entry()
    public var problems: [Problem] = []
    /// How the amount is paid by instalments; nil where it is paid at once.
    public var instalments: InstalmentSummary?
    /// The numbers of months from which the payer chooses; nil where there is no choice.
    public var terms: TermChoice?
    /// The brands whose cards pay a fee on top.
    public var feeBrands: Set<CardBrand> = []
    /// Whether the payer comes back from a step that no longer holds.
    public var isOver = false

    /// - Parameters:
    ///   - action: where the form posts to.
    ///   - brands: the cards that are taken; their marks are shown.
    public init(frame: Frame, purchase: Purchase, purpose: Purpose, action: String, brands: Set<CardBrand>) {
        self.frame = frame
        self.purchase = purchase
        self.purpose = purpose
        self.action = action
        self.brands = brands
    }

    public func response(status: HTTPResponse.Status = .ok) -> Response {
        let words = PageWords(CardWords.table, frame.language)
        var values = words.values.merging(frame.values) { $1 }.merging(purchase.values) { $1 }
        values["title"] = words[purpose == .pay ? "payTitle" : "saveTitle"]
        values["titleClass"] = purpose == .pay ? "unseen" : ""
        values["intro"] = purpose == .save ? words["saveIntro"] : nil
        values["action"] = action
        values["brands"] = CardMark.shown(brands)
        values["fields"] = fields(words)
        values["hasErrors"] = !problems.isEmpty || terms?.lacksChoice ?? false
        values["offersSaving"] = purpose == .pay && offersSaving
        values["isSaving"] = entry.isSaving
        values["facts"] = instalments?.facts(PageWords(ChoiceWords.table, frame.language))
        values["hasFacts"] = instalments != nil
        values["terms"] = terms?.values(frame.language)
        values["over"] = isOver ? PageWords(ChoiceWords.table, frame.language)["stepOver"] : nil
        let paying = CardMark.shown(feeBrands).compactMap { $0["name"] }
        values["feeNote"] = paying.isEmpty ? nil : words.filled("feeNote", paying.joined(separator: ", "))
        values["button"] = frame.isInline ? nil : button(words)
        values["isInline"] = frame.isInline
        return .page(Templates.render("card", values), status: status, ancestors: frame.ancestors)
    }

    private func button(_ words: PageWords) -> String {
        guard purpose == .pay else { return words["saveButton"] }
        return purchase.amount.map { words.filled("payButton", $0.shown) } ?? words["plainPayButton"]
    }

    private func fields(_ words: PageWords) -> [[String: Any]] {
        [
            [
                "id": "number", "label": words["numberLabel"], "width": "wide", "keyboard": "numeric",
                "autocomplete": "cc-number", "longest": 23, "placeholder": "0000 0000 0000 0000", "showsBrand": true,
                "wrong": words["numberWrong"], "missing": words["numberMissing"],
            ],
            [
                "id": "name", "label": words["nameLabel"], "width": "wide", "keyboard": "text",
                "autocomplete": "cc-name", "longest": 100, "value": entry.name, "missing": words["nameMissing"],
            ],
            [
                "id": "expiry", "label": words["expiryLabel"], "width": "half", "keyboard": "numeric",
                "autocomplete": "cc-exp", "longest": 7, "placeholder": words["expiryHint"], "value": entry.expiry,
                "wrong": words["expiryWrong"], "missing": words["expiryMissing"], "past": words["expiryPast"],
            ],
            [
                "id": "cvv", "label": words["codeLabel"], "width": "half", "keyboard": "numeric", "longest": 4,
                "autocomplete": "cc-csc", "placeholder": "•••", "hint": words["codeHelp"],
                "wrong": words["codeWrong"], "missing": words["codeMissing"],
            ],
        ].map { field in
            let problem = problems.first { $0.field == field["id"] as? String }
            let error: [String: Any] = problem.map { ["error": words[$0.rawValue]] } ?? [:]
            return field.merging(error) { $1 }
        }
    }
}

/// The marks of card brands: our own lettering, in `Assets`.
enum CardMark {
    private static let known: [(brand: CardBrand, name: String)] = [
        (.visa, "Visa"), (.mastercard, "Mastercard"), (.jcb, "JCB"), (.unionpay, "UnionPay"),
    ]

    /// Those of these brands that have a mark, always in one order.
    static func shown(_ brands: Set<CardBrand>) -> [[String: String]] {
        known.filter { brands.contains($0.brand) }.map { ["file": $0.brand.rawValue, "name": $0.name] }
    }

    static func name(of brand: CardBrand) -> String {
        known.first { $0.brand == brand }?.name ?? brand.rawValue.uppercased()
    }
}
