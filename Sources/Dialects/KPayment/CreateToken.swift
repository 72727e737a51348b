import Gateway
import Money
import Payments
import WireKit

/// `POST /ui/v2/token`: a card for a token, without a page (sandbox contract).
extension KPaymentAPI {
    func createToken(_ call: Call) async throws -> [UInt8] {
        let fields = try call.fields()
        if fields.has("card_id") || (fields.has("customer_id") && !fields.has("number")) {
            return try await createToken(forSaved: fields, call)
        }
        try fields.require("number", "name", "expiry", "cvv")
        let number = try fields.requiredText("number", 23)
        let holder = try fields.requiredText("name", 100)
        let expiry = try fields.requiredText("expiry", 7)
        let code = try fields.requiredText("cvv", 4)
        let mid = try fields.text("mid", 20)
        let isRemembered = try fields.flag("savecard")
        let digits = fields.has("amount") ? try fields.decimal("amount") : nil
        let currency = try fields.text("currency", 3)
        if let customer = try fields.text("customer_id", 256) {
            _ = try await gateway.customer(try customerID(customer), of: call.merchant.id, dialect: KPayment.id)
        }
        let card = try PresentedCard(
            number: self.number(number), holder: holder, expiry: self.expiry(expiry), code: self.code(code))
        if let mid, call.merchant.acceptor(mid) == nil { throw KPaymentError.midNotExist }
        let terms = try terms(mid, digits, currency, remembers: isRemembered)

        return try await answerToken(call) { try await issue(card, call.merchant.id, terms, $0) }
    }

    /// A token for a customer's saved card; their default card where none is named.
    private func createToken(forSaved fields: Fields, _ call: Call) async throws -> [UInt8] {
        try fields.require("customer_id")
        let customer = try customerID(try fields.requiredText("customer_id", 256))
        let code = try fields.text("cvv", 4).map { text throws(KPaymentError) in try self.code(text) }
        let mid = try fields.text("mid", 20)
        let digits = fields.has("amount") ? try fields.decimal("amount") : nil
        let currency = try fields.text("currency", 3)
        let card = try fields.text("card_id", 50)
        _ = try await gateway.customer(customer, of: call.merchant.id, dialect: KPayment.id)
        let cardID = try card.map(cardID)
        if let mid, call.merchant.acceptor(mid) == nil { throw KPaymentError.midNotExist }
        let terms = try terms(mid, digits, currency)
        return try await answerToken(call) {
            try await gateway.issueToken(
                forSaved: cardID, of: customer, code: code, merchant: call.merchant.id, dialect: KPayment.id,
                terms: terms, ticket: $0, render: render)
        }
    }

    /// Runs a request for a token once for each idempotency key.
    private func answerToken(
        _ call: Call, _ run: (IdempotencyTicket?) async throws -> IssuedToken
    ) async throws -> [UInt8] {
        guard let key = call.idempotencyKey else { return render(try await run(nil)) }
        return try await gateway.once(
            key, merchant: call.merchant.id, scope: "token", request: call.body.allBytes,
            resume: { _ in throw KPaymentError.keyUnderWay }, run: { render(try await run($0)) })
    }

    private func issue(
        _ card: PresentedCard, _ merchant: MerchantID, _ terms: CardToken.Terms, _ ticket: IdempotencyTicket?
    ) async throws -> IssuedToken {
        try await gateway.issueToken(for: card, merchant: merchant, terms: terms, ticket: ticket, render: render)
    }

    private func render(_ issued: IssuedToken) -> [UInt8] {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("token", dialect.prefix("tokn") + issued.text.expose())
            json.member("object", "token")
            json.member("expires_at", issued.expires.wire)
            json.memberObject("card") { json in
                json.member("brand", issued.card.brand.rawValue)
                json.member("card_masking", issued.card.masked)
            }
            if issued.terms.remembers == true { json.member("savecard", true) }
            offer(issued, &json)
        }
        return json.bytes
    }

    /// What the payer may choose instead of baht, where they may: as in `dcc_data`, and until when it holds.
    private func offer(_ issued: IssuedToken, _ json: inout JSONWriter) {
        guard let conversion = issued.terms.conversion, let amount = issued.terms.amount else { return }
        json.memberObject("dcc") { json in
            conversion.write(&json, of: amount, mid: issued.terms.mid ?? "")
            json.member("expires_at", conversion.expires.wire)
        }
    }

    func number(_ text: String) throws(KPaymentError) -> CardNumber {
        guard let number = CardNumber(text), number.hasValidCheckDigit || gateway.knows(number) else {
            throw .invalidParameter("number", "no card number")
        }
        return number
    }

    func expiry(_ text: String) throws(KPaymentError) -> CardExpiry {
        guard let expiry = CardExpiry(text) else { throw .invalidParameter("expiry", "MM/YY is expected") }
        let today = CivilTime(microseconds: gateway.clock.now().microseconds, offsetSeconds: CivilTime.bangkok)
        guard expiry.isValid(year: today.year, month: today.month) else {
            throw .invalidParameter("expiry", "the card has expired")
        }
        return expiry
    }

    func code(_ text: String) throws(KPaymentError) -> Secret<String> {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard (3...4).contains(text.utf8.count), text.utf8.allSatisfy(digits.contains) else {
            throw .invalidParameter("cvv", "three or four digits are expected")
        }
        return Secret(text)
    }

    private func terms(
        _ mid: String?, _ digits: String?, _ code: String?, remembers: Bool? = nil
    ) throws(KPaymentError) -> CardToken.Terms {
        guard let currency = Currency(wire: code ?? "THB") else { throw .currencyInvalid }
        guard let digits else {
            return CardToken.Terms(mid: mid, currency: code == nil ? nil : currency, remembers: remembers)
        }
        let amount = try Money(wire: digits, currency, decimals: .floatNotSupport)
        guard amount.isPositive else { throw .amountInvalid }
        return CardToken.Terms(mid: mid, amount: amount, remembers: remembers)
    }
}

extension Currency {
    /// A currency that this document's full MCC covers, by its three capital letters.
    init?(wire code: String) {
        guard let currency = Currency(rawValue: code), currency != .KHR else { return nil }
        self = currency
    }

    /// The 36 currencies of full MCC (document section 3.1.1, sandbox contract).
    public static let fullMCC = Set(Currency.allCases).subtracting([.KHR])
}
