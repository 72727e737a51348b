import HTTPTypes
import Testing
import WireKit

extension Shop {
    /// No connection is made there: deliveries stay pending and can be read from the control API.
    static let deafURL = "http://10.0.0.1/notify"

    /// Sets the demo merchant's settings; values are raw JSON.
    func set(_ settings: String) async throws { try await control(.put, "/merchant", settings) }

    func listen() async throws { try await set("{\"kpayment\":{\"notify_url\":\"\(Self.deafURL)\"}}") }

    /// Every webhook so far, oldest first.
    func notices() async throws -> [NoticeBody] {
        let list = try await control(.get, "/webhooks?limit=10000")
        let deliveries = try #require(list.json.arrayValue)
        return deliveries.reversed().map { NoticeBody(text: $0.objectValue?["body"]?.stringValue ?? "") }
    }

    /// `authorize 00` and the like: what the simulated acquirer was asked about a charge, and what it said.
    func books(_ charge: String) async throws -> [String] {
        let books = try await control(.get, "/rails/card?payment=\(charge)")
        return (books["operations"]?.arrayValue ?? []).map { entry in
            let object = entry.objectValue
            return [object?["kind"], object?["amount"], object?["result"]].map { $0?.stringValue ?? "-" }
                .joined(separator: " ")
        }
    }
}
