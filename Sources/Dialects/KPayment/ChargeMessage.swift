import Gateway
import Money
import Payments
import WireKit

/// How a charge is written in each place, with the members in the order of the document's samples (6.1, 6.5.2).
struct ChargeMessage {
    let dialect: KPayment
    let report: PaymentReport
    let echo: Echo
    let state: ChargeState

    init(_ dialect: KPayment, _ report: PaymentReport) {
        self.dialect = dialect
        self.report = report
        echo = Echo(report.payment.echo)
        state = ChargeState(report)
    }

    var payment: Payment { report.payment }
    var failure: ChargeFailure? { ChargeFailure(report) }
    private var refund: Refund? { report.refunds.first { $0.id == report.refund } }
    /// Where the payer must go next: told once for a challenge, and while it may be paid for a wallet's page.
    private var redirectURL: String? {
        if let secret = report.challengeSecret { return dialect.challengeURL(secret) }
        return payment.state == .presented && payment.method.invitation?.form == .redirect ? payment.payload : nil
    }

    /// 6.1.1 Create Charge.
    func created() -> [UInt8] {
        write { json in
            head(&json)
            created(&json)
            status(&json)
            json.member("livemode", dialect.isLive)
            json.memberObject("metadata") { _ in }
            failure(&json)
            json.member("description", echo.description)
            mpi(&json)
            json.member("redirect_url", redirectURL)
            settlement(&json)
            refunds(&json, report.refunds)
            json.member("approval_code", payment.approvalCode)
            json.memberNull("multi_clearing")
            references(&json)
            conversion(&json)
            json.member("reference_order", echo.referenceOrder)
            tail(&json)
        }
    }

    /// 6.1.2 Inquiry Transaction.
    func inquired() -> [UInt8] {
        write { json in
            head(&json)
            created(&json)
            status(&json)
            json.member("reference_order", echo.referenceOrder)
            json.member("description", echo.description)
            json.member("redirect_url", redirectURL)
            settlement(&json)
            refunds(&json, report.refunds)
            json.member("approval_code", payment.approvalCode)
            references(&json)
            conversion(&json)
            json.member("livemode", dialect.isLive)
            json.memberObject("metadata") { _ in }
            failure(&json)
            mpi(&json)
            json.memberNull("multi_clearing")
            tail(&json)
        }
    }

    /// 6.1.3 Void Transaction and 6.1.4 Settle Transaction.
    func followedUp() -> [UInt8] {
        write { json in
            head(&json)
            created(&json)
            status(&json)
            json.member("reference_order", echo.referenceOrder)
            json.member("description", echo.description)
            json.member("redirect_url", redirectURL)
            json.member("approval_code", payment.approvalCode)
            references(&json)
            conversion(&json)
            json.member("livemode", dialect.isLive)
            failure(&json)
            campaign(&json)
            json.memberObject("metadata") { _ in }
            settlement(&json)
            refunds(&json, report.refunds)
            json.memberNull("multi_clearing")
            surcharge(&json)
        }
    }

    /// 6.1.5 Refund Transaction. The refund that was just sent is told by its id and joins `refund_info` when it has
    /// come back or failed, as the sample shows.
    func refunded() -> [UInt8] {
        write { json in
            json.member("id", dialect.chargeID(payment.id))
            json.member("object", "charge")
            json.member("amount", number: payment.amount.text)
            json.member("currency", payment.amount.currency.rawValue)
            json.member("transaction_state", state.state)
            created(&json)
            status(&json)
            json.member("reason", refund?.reason)
            failure(&json)
            json.memberObject("metadata") { _ in }
            json.member("refund_id", refund.map { refundID($0.id) })
            json.member("livemode", dialect.isLive)
            source(&json)
            json.member("description", echo.description)
            json.member("redirect_url", redirectURL)
            settlement(&json)
            refunds(&json, report.refunds.filter { $0.state == .completed || $0.state == .refused })
            json.member("approval_code", payment.approvalCode)
            json.memberNull("multi_clearing")
            json.member("ref_1", echo.ref1)
            campaign(&json)
            json.member("ref_2", echo.ref2)
            json.member("ref_3", echo.ref3)
            conversion(&json)
            json.member("reference_order", echo.referenceOrder)
        }
    }

    /// 6.5.2 WebHook Notify API for Card Payment.
    func notified(secretKey: Secret<String>) -> [UInt8] {
        write { json in
            head(&json)
            created(&json)
            status(&json)
            json.member("reference_order", echo.referenceOrder)
            json.member("description", echo.description)
            json.member("redirect_url", redirectURL)
            json.member("approval_code", payment.approvalCode)
            references(&json)
            json.member("livemode", dialect.isLive)
            failure(&json)
            campaign(&json)
            surcharge(&json)
            mpi(&json)
            json.member(
                "checksum",
                Checksum.hex(
                    id: dialect.chargeID(payment.id), amount: payment.amount, status: state.status,
                    state: state.state, secretKey: secretKey))
        }
    }

    /// 6.5.4 WebHook Notify API for Alipay, and the other wallets. Its sample shows no failure as null and empty text.
    func notifiedOfRedirect(secretKey: Secret<String>) -> [UInt8] {
        write { json in
            head(&json)
            created(&json)
            status(&json)
            json.member("reference_order", echo.referenceOrder)
            json.member("description", echo.description)
            json.member("redirect_url", redirectURL)
            references(&json)
            json.member("livemode", dialect.isLive)
            json.member("failure_code", failure?.code)
            json.member("failure_message", failure?.message ?? "")
            json.member("checksum", dialect.checksum(payment, state, secretKey))
        }
    }

    private func write(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(capacity: 1_024)
        json.object(body)
        return json.bytes
    }
}

extension Instant {
    /// `yyyyMMddHHmmssSSS` in Bangkok.
    var wire: String {
        CivilTime(microseconds: microseconds, offsetSeconds: CivilTime.bangkok).compactMilliseconds()
    }

    /// `yyyyMMdd` in Bangkok.
    var wireDate: String {
        CivilTime(microseconds: microseconds, offsetSeconds: CivilTime.bangkok).compactDate()
    }
}
