import Gateway
import Money
import Payments
import WireKit

/// How a QR charge is written in each place, with the members in the order of the document's samples (6.4, 6.5.3).
struct QRMessage {
    let dialect: KPayment
    let report: PaymentReport
    private let echo: Echo
    private let state: ChargeState
    private let failure: ChargeFailure?

    init(_ dialect: KPayment, _ report: PaymentReport) {
        self.dialect = dialect
        self.report = report
        echo = Echo(report.payment.echo)
        state = ChargeState(report)
        failure = ChargeFailure(report)
    }

    private var payment: Payment { report.payment }

    /// The answer to `POST /qr/v2/qr`: the charge, what to show, and where it is drawn.
    func presented() -> [UInt8] {
        write { json in
            inquiry(&json)
            let isOpen = payment.state == .presented
            let hasPicture = isOpen && payment.method.invitation?.form == .qr
            json.member("qr", isOpen ? payment.payload : nil)
            json.member("qr_image", hasPicture ? dialect.pictureURL(payment, "png") : nil)
            json.member("qr_image_svg", hasPicture ? dialect.pictureURL(payment, "svg") : nil)
            json.member("expire_time", payment.method.invitation?.expires.wire)
        }
    }

    /// 6.4.1 Inquiry QR Transaction.
    func inquired() -> [UInt8] { write { inquiry(&$0) } }

    private func inquiry(_ json: inout JSONWriter) {
        json.member("id", dialect.chargeID(payment.id))
        order(&json)
        json.member("object", "charge")
        amount(&json)
        json.member("transaction_state", state.state)
        source(&json)
        json.member("created", payment.created.wire)
        json.member("status", state.status)
        json.member("reference_order", echo.referenceOrder)
        json.member("description", echo.description)
        json.member("livemode", dialect.isLive)
        metadata(&json)
        failure(&json)
    }

    /// 6.4.2 Void QR Transaction.
    func voided() -> [UInt8] {
        write { json in
            json.member("id", dialect.chargeID(payment.id))
            json.member("object", "charge")
            json.member("created", payment.created.wire)
            json.member("livemode", dialect.isLive)
            amount(&json)
            json.member("description", echo.description)
            metadata(&json)
            source(&json, ofVoid: true)
            json.member("status", state.status)
            order(&json)
            json.member("transaction_state", state.state)
            json.member("reference_order", echo.referenceOrder)
            failure(&json)
        }
    }

    /// 6.4.3 Cancel QR Transaction.
    func cancelled() -> [UInt8] {
        write { json in
            json.member("id", payment.method.invitation.map { dialect.prefix("qr") + $0.id.hex })
            json.member("object", "qr")
            json.member("created", payment.created.wire)
            json.member("livemode", dialect.isLive)
            let isCancelled = payment.state == .cancelled
            json.member("status", isCancelled ? ChargeState.success : ChargeState.fail)
            let failure = isCancelled ? nil : failure ?? ChargeFailure(qr: "EMQRP")
            json.member("failure_code", failure?.code)
            json.member("failure_message", failure?.message)
        }
    }

    /// 6.5.3 WebHook Notify API for QR Payment. Its sample shows no failure as empty text.
    func notified(secretKey: Secret<String>) -> [UInt8] {
        write { json in
            json.member("id", dialect.chargeID(payment.id))
            order(&json)
            json.member("object", "qr")
            amount(&json)
            json.member("transaction_state", state.state)
            source(&json)
            json.member("created", payment.created.wire)
            json.member("status", state.status)
            json.member("reference_order", echo.referenceOrder)
            json.member("description", echo.description)
            json.member("livemode", dialect.isLive)
            json.member("failure_code", failure?.code ?? "")
            json.member("failure_message", failure?.message ?? "")
            json.member("checksum", dialect.checksum(payment, state, secretKey))
        }
    }

    private func write(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(capacity: 768)
        json.object(body)
        return json.bytes
    }

    private func order(_ json: inout JSONWriter) { json.member("order_id", payment.order.map(dialect.orderID)) }

    private func amount(_ json: inout JSONWriter) {
        json.member("amount", number: payment.amount.text)
        json.member("currency", payment.amount.currency.rawValue)
    }

    private func source(_ json: inout JSONWriter, ofVoid: Bool = false) {
        guard let invitation = payment.method.invitation else { return json.memberNull("source") }
        let source = PushSource(invitation)
        json.memberObject("source") { json in
            json.member("id", dialect.prefix(source.prefix) + invitation.id.hex)
            json.member("object", source.object)
            json.member("brand", source.brand)
            guard ofVoid else { return }
            json.memberNull("card_masking")
            json.memberNull("issuer_bank")
        }
    }

    private func metadata(_ json: inout JSONWriter) {
        if let metadata = echo.metadata { json.member("metadata", json: metadata) } else { json.memberNull("metadata") }
    }

    private func failure(_ json: inout JSONWriter) {
        json.member("failure_code", failure?.code)
        json.member("failure_message", failure?.message)
    }
}

extension KPayment {
    /// Where the QR code of a payment is drawn.
    func pictureURL(_ payment: Payment, _ kind: StaticString) -> String? {
        payment.method.invitation.map { "\(publicURL)/ui/v2/qr/\(prefix("qr"))\($0.id.hex).\(kind)" }
    }

    /// Where a wallet's page sends the payer back to.
    func returnURL(_ payment: ID<Payment>) -> String { "\(publicURL)/ui/v2/return/\(chargeID(payment))" }

    func checksum(_ payment: Payment, _ state: ChargeState, _ secretKey: Secret<String>) -> String {
        Checksum.hex(
            id: chargeID(payment.id), amount: payment.amount, status: state.status, state: state.state,
            secretKey: secretKey)
    }
}
