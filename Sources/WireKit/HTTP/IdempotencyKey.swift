import HTTPTypes
import Hummingbird

extension Request {
    /// The client's own name for this very request, by `Idempotency-Key`; nil where it gives none.
    public var idempotencyKey: String? {
        headers[Self.idempotencyKeyName].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static let idempotencyKeyName = HTTPField.Name("idempotency-key")!
}
