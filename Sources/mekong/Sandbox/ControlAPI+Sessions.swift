import Gateway
import Money
import Payments
import Rails
import Store
import WireKit

/// Payers' sessions at the simulated banks.
extension ControlAPI {
    /// What the payer's bank believes of a session, by its token; nil where there is none.
    func sessionBooks(_ token: String) async throws -> [UInt8]? {
        guard !token.utf8.contains(0),
            let session = try await host.gateway.store.read({ try $0.bankSession(token: token) })
        else { return nil }
        let entry = try await BankSessionBook(of: host.bank).entry(session.payment)
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.memberArray("operations") { json in
                guard let entry, let amount = entry.amount else { return }
                json.elementObject { json in
                    json.member("kind", "transfer")
                    json.member("reference", entry.reference)
                    json.member("amount", amount.text(decimals: amount.currency.exponent))
                    json.member("currency", amount.currency.rawValue)
                    json.member("result", Self.result(entry))
                    json.member("at", entry.at.iso8601)
                }
            }
        }
        return json.bytes
    }

    private static func result(_ entry: BankSessionBook.Entry) -> String {
        if entry.hasLeft { return "approved" }
        return entry.isOver ? "declined" : "under way"
    }
}
