import Checkout
import Gateway
import Money
import Payments
import WireKit

/// An order that is paid by card on the checkout page: `data-order-id`.
extension KPaymentAPI {
    /// The attributes with the order's amount and terms in the places that the shop has left open. Throws
    /// `CheckoutSettings.Faults` where they say something else than the order, or nobody can pay it any more.
    func withOrder(_ query: FormFields) async throws -> FormFields {
        guard query["payment-methods"]?.lowercased() == OrderMeans.card.rawValue,
            let text = query["order-id"], !text.allSatisfy(\.isWhitespace),
            let merchant = AttributeReader(query).merchant(gateway.directory)
        else { return query }
        let order = try await cardOrder(text, merchant.id)
        var fields = query.fields
        for (name, value) in Self.attributes(of: order) {
            let given = query[name] ?? (name == "smartpay-id" ? query["smartpayid"] : nil) ?? ""
            if given.isEmpty {
                fields.removeAll { $0.name == name }
                fields.append((name: name, value: value))
            } else if given != value {
                throw CheckoutSettings.Faults(texts: ["data-\(name): the order says \(value)"])
            }
        }
        let filled = FormFields(fields)
        // Amounts may be written in several ways: 100, 100.00.
        if let amount = AttributeReader(filled).amount(nil), amount != order.amount {
            throw CheckoutSettings.Faults(texts: ["data-amount: the order is for another amount"])
        }
        return filled["amount"]?.isEmpty ?? true
            ? FormFields(fields + [(name: "amount", value: order.amount.text)]) : filled
    }

    private func cardOrder(_ text: String, _ merchant: MerchantID) async throws -> Order {
        let order: Order
        do {
            order = try await orderReport(text, merchant).order
        } catch is KPaymentError {
            throw CheckoutSettings.Faults(texts: ["data-order-id: no order of this shop"])
        }
        if order.means != OrderMeans.card.rawValue {
            throw CheckoutSettings.Faults(texts: ["data-payment-methods: the order is for \(order.means)"])
        }
        if order.isPaid { throw CheckoutSettings.Faults(texts: ["data-order-id: the order is paid"]) }
        if order.expires <= gateway.clock.now() {
            throw CheckoutSettings.Faults(texts: ["data-order-id: the order's time is over"])
        }
        return order
    }

    /// What the order says, as attributes.
    private static func attributes(of order: Order) -> [(name: String, value: String)] {
        let terms = OrderEcho(order.echo).additional
        let attributes: [(name: String, value: String?)] = [
            ("currency", order.amount.currency.rawValue), ("mid", terms?.mid), ("smartpay-id", terms?.smartPay),
            ("term", terms?.term.map { String($0) }), ("campaign-id", terms?.campaign),
        ]
        return attributes.compactMap { attribute in attribute.value.map { (attribute.name, $0) } }
    }
}
