import Gateway
import Payments
import WireKit

/// 6.2 Customer API.
extension KPaymentAPI {
    /// 6.2.1 Create Customer.
    func createCustomer(_ call: Call) async throws -> [UInt8] {
        let fields = try call.fields()
        try fields.require("email", "name", "mode")
        let email = try email(fields)
        let name = try fields.requiredText("name", 256)
        _ = try fields.word("mode", ["token"])
        let token = try fields.text("token", 50).map { Secret(tokenBody($0)) }
        return try await answerCustomer(call, "customer", CustomerMessage.created) { answering in
            try await keeping {
                try await gateway.createCustomer(
                    email: email, name: name, token: token, of: call.merchant.id, dialect: KPayment.id,
                    answering: answering)
            }
        }
    }

    /// 6.2.2 Inquiry Customer.
    func inquireCustomer(_ call: Call) async throws -> [UInt8] {
        let view = try await gateway.customer(
            try customerID(call), of: call.merchant.id, dialect: KPayment.id)
        return CustomerMessage(dialect, view).shown()
    }

    /// 6.2.3 Update Customer: the table says POST, the sample PATCH.
    func updateCustomer(_ call: Call) async throws -> [UInt8] {
        let fields = try call.fields()
        try fields.require("email")
        let email = try email(fields)
        let name = try fields.text("name", 256)
        if let name, name.allSatisfy(\.isWhitespace) { throw KPaymentError.mandatoryIsEmpty("name") }
        let text = try fields.text("default_card", 50)
        let id = try customerID(call)
        // A customer who does not exist is told before a card that does not.
        _ = try await gateway.customer(id, of: call.merchant.id, dialect: KPayment.id)
        let card = try text.map(cardID)
        return try await answerCustomer(call, "customer:\(id)", CustomerMessage.shown) {
            try await gateway.updateCustomer(
                id, of: call.merchant.id, dialect: KPayment.id, email: email, name: name, defaultCard: card,
                answering: $0)
        }
    }

    /// 6.2.4 Delete Customer.
    func deleteCustomer(_ call: Call) async throws -> [UInt8] {
        let id = try customerID(call)
        try await gateway.deleteCustomer(id, of: call.merchant.id, dialect: KPayment.id)
        var json = JSONWriter(capacity: 128)
        json.object { json in
            json.member("id", dialect.customerID(id))
            json.member("object", "customer")
            json.member("deleted", true)
            json.member("livemode", dialect.isLive)
        }
        return json.bytes
    }

    /// 6.2.5 Add New Card to Customer.
    func addCard(_ call: Call) async throws -> [UInt8] {
        let fields = try call.fields()
        try fields.require("mode", "token")
        _ = try fields.word("mode", ["token"])
        let token = Secret(tokenBody(try fields.requiredText("token", 50)))
        let id = try customerID(call)
        return try await answerCustomer(call, "card:\(id)", CustomerMessage.shown) { answering in
            try await keeping {
                try await gateway.addCard(
                    token, to: id, of: call.merchant.id, dialect: KPayment.id, answering: answering)
            }
        }
    }

    /// 6.2.6 Delete Card from Customer.
    func deleteCard(_ call: Call) async throws -> [UInt8] {
        let id = try customerID(call)
        _ = try await gateway.customer(id, of: call.merchant.id, dialect: KPayment.id)
        let card = try cardID(call.parameter("card_id"))
        try await gateway.deleteCard(card, of: id, merchant: call.merchant.id, dialect: KPayment.id)
        var json = JSONWriter(capacity: 128)
        json.object { json in
            json.member("id", dialect.cardID(card))
            json.member("object", "card")
            json.member("livemode", dialect.isLive)
            json.member("deleted", true)
        }
        return json.bytes
    }

    private func customerID(_ call: Call) throws(KPaymentError) -> ID<Customer> {
        try customerID(call.parameter("customer_id"))
    }

    /// The customer that an id names. Throws `customer_invalid` where it can be none of ours.
    func customerID(_ text: String) throws(KPaymentError) -> ID<Customer> {
        guard let id = ID<Customer>(wire: text, dialect.prefix("cust")) else { throw .customerInvalid }
        return id
    }

    /// The card that an id names. Throws `card_invalid` where it can be none of ours.
    func cardID(_ text: String) throws(KPaymentError) -> ID<CardFace> {
        guard let id = ID<CardFace>(wire: text, dialect.prefix("card")) else { throw .cardInvalid }
        return id
    }

    private func email(_ fields: Fields) throws(KPaymentError) -> String {
        let email = try fields.requiredText("email", 50)
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts.contains(where: \.isEmpty), !email.contains(where: \.isWhitespace) else {
            throw .invalidParameter("email", "an address with one @ is expected")
        }
        return email
    }

    /// Runs an operation on a customer once for each idempotency key.
    private func answerCustomer(
        _ call: Call, _ scope: String, _ write: @escaping @Sendable (CustomerMessage) -> () -> [UInt8],
        _ run: (CustomerAnswering?) async throws -> CustomerView
    ) async throws -> [UInt8] {
        let dialect = dialect
        let render: @Sendable (CustomerView) -> [UInt8] = { write(CustomerMessage(dialect, $0))() }
        guard let key = call.idempotencyKey else { return render(try await run(nil)) }
        return try await gateway.once(
            key, merchant: call.merchant.id, scope: scope, request: call.body.allBytes,
            resume: { _ in throw KPaymentError.keyUnderWay },
            run: { render(try await run(CustomerAnswering(ticket: $0, render: render))) })
    }

    /// A token whose card may not be kept is told by its name.
    private func keeping<Kept>(_ run: () async throws -> Kept) async throws -> Kept {
        do {
            return try await run()
        } catch GatewayFault.consent {
            throw KPaymentError.invalidParameter("token", "the payer has not agreed that this card be remembered")
        }
    }
}

extension ID {
    /// An id after its prefix; nil for anything else.
    init?(wire text: String, _ prefix: String) {
        guard text.hasPrefix(prefix) else { return nil }
        self.init(hex: text.dropFirst(prefix.count))
    }
}
