import Money
import Payments
import WireKit

/// How an order is written (6.3): the members of the samples in their order, then those that only the tables name,
/// where there is anything to say.
struct OrderMessage {
    let dialect: KPayment
    let order: Order
    private let echo: OrderEcho

    init(_ dialect: KPayment, _ order: Order) {
        self.dialect = dialect
        self.order = order
        echo = OrderEcho(order.echo)
    }

    var bytes: [UInt8] {
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.member("id", dialect.orderID(order.id))
            json.member("object", "order")
            json.member("amount", number: order.amount.text)
            json.member("currency", order.amount.currency.rawValue)
            json.member("reference_order", echo.referenceOrder)
            json.member("source_type", order.means)
            json.member("description", echo.description)
            json.member("status", ChargeState.success)
            json.member("created", order.created.wire)
            json.member("livemode", dialect.isLive)
            json.memberNull("failure_code")
            json.memberNull("failure_message")
            json.member("expire_time_seconds", order.expires.seconds(since: order.created))
            additions(&json)
        }
        return json.bytes
    }

    private func additions(_ json: inout JSONWriter) {
        if let customer = echo.customer { json.memberObject("customer") { $0.member("customer_id", customer) } }
        if let metadata = echo.metadata { json.member("metadata", json: metadata) }
        if let additional = echo.additional { json.memberObject("additional_data") { write(additional, &$0) } }
    }

    /// All its members, as the samples of the tables show them.
    private func write(_ additional: OrderEcho.Additional, _ json: inout JSONWriter) {
        if let term = additional.term { json.member("term", term) } else { json.memberNull("term") }
        json.member("mid", additional.mid)
        json.member("tid", additional.tid)
        json.member("smartpay_id", additional.smartPay)
        json.member("campaign_id", additional.campaign)
        if let phone = additional.phone { json.member("phone", phone) }
    }
}
