import APISupport
import Testing

extension Shop.Mid {
    static let convenienceFee = "401001001001005"
}

extension Cards {
    /// Billed in US dollars (document 7.2, DCC).
    static let dollars = "5372074248113841"
    /// Billed in yen.
    static let yen = "4205203648166408"
    /// Billed in US dollars, for merchant ids with 3-D Secure (7.1, DCC).
    static let dollarsWith3DS = "5239620007270264"
    static let jcb = "3564580000056476"
}

extension Body {
    /// The merchant id with other members of `additional_data` after it.
    func additional(_ mid: String, _ members: String) -> Body {
        with("additional_data", "{\"mid\":\(quoted(mid)),\(members)}")
    }
}

extension Shop {
    /// A charge under a DCC merchant id, with a token that was made for it where `quotes` says so.
    func convert(
        _ amount: String, _ currency: String, card: String = Cards.dollars, mid: String = Mid.fullDCCWithout3DS,
        quotes: Bool = true
    ) async throws -> Answer {
        let token = try await token(card) { quotes ? $0.with("mid", text: mid).with("amount", amount) : $0 }
        return try await charge(
            Body.charge(token, mid: mid).with("amount", amount)
                .with("dcc_data", "{\"dcc_currency\":\(quoted(currency))}"))
    }

    /// A charge under the merchant id for instalments: the payer has given their one-time code.
    func instalment(_ amount: String, _ change: (Body) -> Body) async throws -> Answer {
        let answer = try await charge(mid: Mid.smartPay) { change($0.with("amount", amount)) }
        guard answer.state == "Pre-Authorized success" else { return answer }
        _ = try await Browser(shop: self).authenticate(answer.show("redirect_url"))
        return try await inquire(answer.id)
    }
}

/// The `smartpay` object of a request, changed as a test wants it.
struct SmartPay: Sendable {
    private var body = Body([
        ("plan_id", "\"999\""), ("ipan_mode", "\"01\""), ("product_type", "\"4\""), ("payment_term", "\"3\""),
        ("supplier_no", "\"99903\""), ("model_no", "\"999901\""),
    ])

    func with(_ name: String, _ raw: String) -> SmartPay {
        var copy = self
        copy.body = body.with(name, raw)
        return copy
    }

    func without(_ name: String) -> SmartPay {
        var copy = self
        copy.body = body.without(name)
        return copy
    }

    var text: String { body.text }
}
