import Money
import WireKit

/// The members of a request, refused in this document's words.
typealias Fields = WireKit.Fields<KPaymentError>

extension KPaymentError: FieldRefusal {}

extension Money {
    /// An amount in its currency, from digits that `Fields.decimal` has let through. At most two decimals are taken
    /// on this wire, fewer where the currency has fewer. Throws `decimals` where there are too many.
    init(wire digits: String, _ currency: Currency, decimals: KPaymentError) throws(KPaymentError) {
        do {
            try self.init(parsing: digits, in: currency, maximumDecimals: 2)
        } catch {
            throw decimals
        }
    }
}
