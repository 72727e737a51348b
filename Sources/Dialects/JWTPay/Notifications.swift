import Gateway
import Money
import Payments
import WireKit

/// Webhooks: what a deposit or a withdrawal has come to. They are told until the merchant's server answers
/// `{"code":200,"message":"Success"}`.
extension JWTPay {
    static let acknowledgement = Acknowledgement(body: #"{"code":200,"message":"Success"}"#)

    public func notice(of event: PaymentEvent, _ report: PaymentReport, to merchant: Merchant) -> NoticeContent? {
        guard [.received, .cancelled].contains(event) else { return nil }
        return notice(of: Order(report.payment, fees: merchant.depositFees), to: merchant)
    }

    public func notice(of event: PayoutEvent, _ payout: Payout, to merchant: Merchant) -> NoticeContent? {
        guard [.succeeded, .failed].contains(event) else { return nil }
        return notice(of: Order(payout), to: merchant)
    }

    private func notice(of order: Order, to merchant: Merchant) -> NoticeContent? {
        guard !order.echo.callback.isEmpty, let key = signingKey(of: merchant.id) else { return nil }
        var members: [(name: String, value: JSON)] = [
            ("order_no", .string(order.echo.number)), ("agent_order_no", .string(order.echo.reference)),
            ("type", .string(order.kind.rawValue)), ("amount", .number(order.echo.amount.text)),
            ("fee", .number(order.fee.text)), ("transfer_amount", .number(order.transfer.text)),
            ("actual_amount", .number(order.actual.text)), ("status", .string(order.status.rawValue)),
            ("timestamp", .string(String((order.ended ?? order.created).microseconds / 1_000_000))),
        ]
        let signature = SignedParameters(JSONObject(members: members)).signature(with: key)
        members.append(("signature", .string(signature)))
        return NoticeContent(
            url: wireAddress(order.echo.callback), body: JSON.object(JSONObject(members: members)).encoded(),
            acknowledgement: Self.acknowledgement)
    }
}
