import APISupport
import HTTPTypes
import Testing
import WireKit

extension Body {
    /// An order of 200 baht, as 6.3.1 shows it.
    static func order(_ means: String = "qr", reference: String = "WT1234567") -> Body {
        Body([
            ("amount", "200"), ("currency", "\"THB\""), ("description", "\"TESTPRODUCT\""),
            ("source_type", quoted(means)), ("reference_order", quoted(reference)),
        ])
    }

    /// A charge on a wallet's page, as 6.1.1 shows it.
    static func redirect(_ wallet: String = "alipay", reference: String = "20200530175602") -> Body {
        Body([
            ("amount", "15.00"), ("currency", "\"THB\""), ("description", "\"TEST ALIPAY\""),
            ("source_type", quoted(wallet)), ("reference_order", quoted(reference)),
        ])
    }
}

extension Shop {
    func order(_ body: Body = .order()) async throws -> Answer { try await post("/qr/v2/order", body.text) }

    func qr(_ order: String, _ more: [(String, String)] = []) async throws -> Answer {
        try await post("/qr/v2/qr", Body([("order_id", quoted(order))] + more).text)
    }

    /// The open QR of a new order.
    func presented(_ means: String = "qr", reference: String = "WT1234567") async throws -> Answer {
        let order = try await order(.order(means, reference: reference))
        let qr = try await qr(order.id)
        try #require(qr.state == "Initialize success", "\(qr.text)")
        return qr
    }

    /// The id of a QR charge that was paid through K PLUS.
    func paid(_ means: String = "qr", reference: String = "WT1234567") async throws -> String {
        let qr = try await presented(means, reference: reference)
        let answer = try await scan(qr.id)
        try #require(answer.status == 200, "\(answer.text)")
        return qr.id
    }

    func redirect(_ body: Body = .redirect()) async throws -> Answer { try await post("/card/v2/charge", body.text) }

    /// A payer pays; extra members of the request are raw JSON.
    func scan(_ id: String, _ more: [(String, String)] = []) async throws -> Answer {
        try await send(
            .post, "/sandbox/qr/pay", [("content-type", "application/json")],
            body: Body([("id", quoted(id))] + more).text)
    }

    func inquireQR(_ id: String) async throws -> Answer { try await get("/qr/v2/qr/\(id)") }
    func voidQR(_ charge: String) async throws -> Answer { try await post("/qr/v2/qr/\(charge)/void", "") }
    func cancelQR(_ qr: String) async throws -> Answer { try await post("/qr/v2/qr/\(qr)/cancel", "") }

    /// Orders a fault of a rail.
    func fault(_ rail: String, _ kind: String, _ operation: String? = nil, code: String? = nil) async throws {
        var body = Body([("rail", quoted(rail)), ("fault", quoted(kind))])
        if let operation { body = body.with("operation", text: operation) }
        if let code { body = body.with("code", text: code) }
        try await control(.post, "/faults", body.text)
    }

    /// What the simulated bank has booked of a push payment: kind, amount and result.
    func books(_ rail: String, _ charge: String) async throws -> [String] {
        let books = try await control(.get, "/rails/\(rail)?payment=\(charge)")
        return (books["operations"]?.arrayValue ?? []).map { entry in
            let object = entry.objectValue
            return [object?["kind"], object?["amount"], object?["result"]].map { $0?.stringValue ?? "-" }
                .joined(separator: " ")
        }
    }
}
