import Gateway
import Payments
import WireKit

/// How a customer is written, with the members in the order of the samples (6.2).
struct CustomerMessage: Sendable {
    private let dialect: KPayment
    private let view: CustomerView

    init(_ dialect: KPayment, _ view: CustomerView) {
        self.dialect = dialect
        self.view = view
    }

    /// 6.2.1: cards say `object` and `card_masking`.
    @Sendable func created() -> [UInt8] {
        write { card, json in
            json.member("object", "card")
            json.member("brand", card.face.brand.rawValue.uppercased())
            json.member("name", card.holder)
            json.member("card_masking", card.face.masked)
        }
    }

    /// 6.2.2, 6.2.3 and 6.2.5: cards say `number`.
    @Sendable func shown() -> [UInt8] {
        write { card, json in
            json.member("brand", card.face.brand.rawValue.uppercased())
            json.member("name", card.holder)
            json.member("number", card.face.masked)
        }
    }

    private func write(_ body: (SavedCard, inout JSONWriter) -> Void) -> [UInt8] {
        let customer = view.customer
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.member("id", dialect.customerID(customer.id))
            json.member("object", "customer")
            json.member("email", customer.email)
            json.member("name", customer.name)
            json.member("created", customer.created.wire)
            json.member("livemode", dialect.isLive)
            json.member("default_card", customer.defaultCard.map(dialect.cardID))
            json.memberArray("cards") { json in
                for card in view.cards {
                    json.elementObject { json in
                        json.member("id", dialect.cardID(card.face.id))
                        body(card, &json)
                        json.member("expired", card.expiry.lastDay.wire)
                    }
                }
            }
        }
        return json.bytes
    }
}

extension KPayment {
    func customerID(_ id: ID<Customer>) -> String { prefix("cust") + id.hex }
    func cardID(_ id: ID<CardFace>) -> String { prefix("card") + id.hex }
}
