import Checkout
import Gateway
import Payments
import WireKit

/// What a payer has typed into the card form, judged by the checks of the token API.
struct CardForm {
    /// Nil where there are problems.
    let card: PresentedCard?
    let problems: [CardPage.Problem]
    let entry: CardPage.Entry

    init(_ form: FormFields, _ settings: CheckoutSettings, _ api: KPaymentAPI) {
        func typed(_ name: String) -> String {
            String((form[name] ?? "").drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        let (number, name, expiry, code) = (typed("number"), typed("name"), Self.short(typed("expiry")), typed("cvv"))
        let readNumber = try? api.number(number)
        var problems = [Self.problem(number, readNumber, settings)].compactMap(\.self)
        if name.isEmpty { problems.append(.nameMissing) }
        if name.unicodeScalars.count > 100 || name.utf8.contains(0) { problems.append(.nameWrong) }
        let readExpiry = try? api.expiry(expiry)
        if expiry.isEmpty {
            problems.append(.expiryMissing)
        } else if readExpiry == nil {
            problems.append(CardExpiry(expiry) == nil ? .expiryWrong : .expiryPast)
        }
        let readCode = try? api.code(code)
        if code.isEmpty { problems.append(.codeMissing) } else if readCode == nil { problems.append(.codeWrong) }
        self.problems = problems
        let isSaving = form["savecard"].map { ["true", "on", "1"].contains($0) } ?? false
        entry = CardPage.Entry(
            name: String(name.prefix(100)), expiry: String(expiry.prefix(7)), isSaving: isSaving)
        if problems.isEmpty, let readNumber, let readExpiry, let readCode {
            card = PresentedCard(number: readNumber, holder: name, expiry: readExpiry, code: readCode)
        } else {
            card = nil
        }
    }

    /// A year of this century in four digits becomes two, as the card has it: `12/2030` is `12/30`.
    private static func short(_ expiry: String) -> String {
        guard let match = expiry.wholeMatch(of: /([0-9]{1,2}\s*\/\s*)20([0-9]{2})/) else { return expiry }
        return String(match.1 + match.2)
    }

    private static func problem(
        _ typed: String, _ number: CardNumber?, _ settings: CheckoutSettings
    ) -> CardPage.Problem? {
        if typed.isEmpty { return .numberMissing }
        guard let number else { return .numberWrong }
        guard let brand = number.brand, settings.acceptor.brands.contains(brand) else { return .brandRefused }
        return settings.campaign?.includes(number) ?? true ? nil : .campaignCard
    }
}
