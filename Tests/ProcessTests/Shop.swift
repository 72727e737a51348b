import TestSupport
import WireKit

/// A test card of the K-Payment document's section 7.2 (no 3-D Secure) or 7.1, and what becomes of its charges.
enum TestCard: String, Sendable, CaseIterable {
    case approved = "4024007134786226"
    case declined = "2221000604647064"
    case timesOut = "5363314260912204"
    case challenged = "4417706600005830"

    /// The state that the answer to a charge without 3-D Secure tells.
    var state: String {
        switch self {
        case .approved, .challenged: "Authorized"
        case .declined: "Declined"
        case .timesOut: "Reversed"
        }
    }
}

/// The demo merchant's shop, a client of the K-Payment API.
struct Shop: Sendable {
    var wire: Wire
    let publicKey: String
    let secretKey: String
    let merchantIDs: [String: String]

    init(_ sandbox: Sandbox) async throws {
        wire = sandbox.wire
        let answer = try await wire.get("/sandbox/credentials")
        let kpayment = answer.json?["kpayment"]
        guard let publicKey = kpayment?["public_key"]?.stringValue,
            let secretKey = kpayment?["secret_key"]?.stringValue,
            let merchantIDs = kpayment?["mids"]?.objectValue
        else { throw HarnessError("GET /sandbox/credentials answered \(answer)") }
        self.publicKey = publicKey
        self.secretKey = secretKey
        self.merchantIDs = Dictionary(
            uniqueKeysWithValues: merchantIDs.members.map { ($0.name, $0.value.stringValue ?? "") })
    }

    /// The same, which asks again where the database did not answer in time.
    var patient: Shop {
        var shop = self
        shop.wire = wire.patient
        return shop
    }

    func token(_ number: String, code: String = "123", _ headers: [String: String] = [:]) async throws -> Answer {
        try await wire.post(
            "/ui/v2/token",
            #"{"number": "\#(number)", "name": "SOMCHAI J", "expiry": "12/30", "cvv": "\#(code)"}"#,
            ["x-api-key": publicKey].merging(headers) { $1 })
    }

    func charge(
        token: String, reference: String, merchantID: String = "non_3ds", _ headers: [String: String] = [:]
    ) async throws -> Answer {
        try await wire.post(
            "/card/v2/charge",
            """
            {"amount": 100.00, "currency": "THB", "description": "Test", "source_type": "card", "mode": "token", \
            "token": "\(token)", "reference_order": "\(reference)", \
            "additional_data": {"mid": "\(merchantIDs[merchantID] ?? merchantID)"}}
            """,
            key.merging(headers) { $1 })
    }

    /// Makes a token and charges 100.00 THB to it.
    func charge(_ card: TestCard, reference: String) async throws -> Answer {
        let token = try await token(card.rawValue)
        guard let id = token.text("token") else { throw HarnessError("POST /ui/v2/token answered \(token)") }
        return try await charge(token: id, reference: reference)
    }

    func void(_ id: String) async throws -> Answer {
        try await wire.post("/card/v2/charge/\(id)/void", #"{"reason": "Test"}"#, key)
    }

    func settle(_ id: String) async throws -> Answer {
        try await wire.post("/card/v2/charge/\(id)/settle", #"{"amount": 100.00, "type": "full"}"#, key)
    }

    func refund(_ id: String, amount: String) async throws -> Answer {
        try await wire.post("/card/v2/charge/\(id)/refund", #"{"amount": \#(amount), "reason": "Test"}"#, key)
    }

    /// Looks a charge up by its id or by its reference.
    func inquire(_ name: String) async throws -> Answer {
        try await wire.get("/card/v2/charge/\(name)", key)
    }

    /// The operations on a payment that the simulated acquirer has in its own books.
    func acquirerOperations(payment id: String) async throws -> [(kind: String, result: String)] {
        let answer = try await wire.get("/sandbox/rails/card?payment=\(id)")
        guard let operations = answer.json?["operations"]?.arrayValue else {
            throw HarnessError("GET /sandbox/rails/card answered \(answer)")
        }
        return operations.map { ($0["kind"]?.stringValue ?? "", $0["result"]?.stringValue ?? "") }
    }

    private var key: [String: String] { ["x-api-key": secretKey] }
}
