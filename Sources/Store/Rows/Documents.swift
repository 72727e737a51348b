import Foundation
import Money
import Payments

/// Values that are stored whole, as JSON, because no query looks into them.
enum Documents {
    private static let encoder = JSONEncoder()
    private static let decoder = JSONDecoder()

    /// Nil for what most payments have: nothing beyond the amount.
    static func encode(_ terms: PaymentTerms) -> [UInt8]? {
        guard terms != .plain else { return nil }
        return encode(terms as any Encodable)
    }

    /// - Precondition: the value can be written as JSON, as everything of the domain can.
    static func encode(_ value: any Encodable) -> [UInt8] {
        do {
            return Array(try encoder.encode(value))
        } catch {
            preconditionFailure("a value of the domain has no JSON: \(error)")
        }
    }

    static func terms(_ bytes: [UInt8]?) throws -> PaymentTerms {
        try decode(PaymentTerms.self, bytes) ?? .plain
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]?) throws -> Value? {
        guard let bytes else { return nil }
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch {
            throw StoreError.damaged("a stored \(type) cannot be read: \(error)")
        }
    }
}
