import Gateway
import Money
import Payments
import WireKit

/// A deposit of the hosted flow as the document's samples show it.
struct PGMessage {
    let report: BankSessionReport

    init(_ report: BankSessionReport) {
        self.report = report
    }

    private var session: BankSession { report.session }
    private var payment: Payment { report.payment }

    func write(to json: inout JSONWriter) {
        json.member("token", session.token)
        json.member("is_token_used", session.opened == nil ? 0 : 1)
        json.member("token_expired_at", payment.expiry.iso8601)
        json.member("token_used_at", session.opened?.iso8601)
        json.member("amount", payment.amount.text(decimals: 4))
        json.member("created_at", payment.created.iso8601)
        json.member("error_message", session.problem?.message)
        json.member("status", session.state.letter)
    }
}

/// Appendix E, Payment Gateway Deposit Call Back.
struct PGNotice {
    let url: String
    let body: [UInt8]

    /// Nil where the merchant wants none, or its key is not known.
    init?(_ dialect: KissVips, _ payment: Payment, status: String, message: String) {
        let echo = PGEcho(payment.echo)
        guard let url = echo.callbackURL, let key = dialect.signingKey(of: payment.merchant) else { return nil }
        self.url = url
        var json = JSONWriter(capacity: 320)
        json.object { json in
            json.member("deposit_id", echo.number)
            json.member("token", echo.token)
            json.member("signature", Signature.hex(echo.token, key))
            // As in the sample: "3000".
            json.member("amount", payment.amount.text)
            json.member("ref", echo.ref)
            json.member("status", status)
            json.member("error_message", message)
        }
        body = json.bytes
    }

    var content: NoticeContent { NoticeContent(url: wireAddress(url), body: body, isOnce: true) }
}

extension Payment {
    /// Whether it is a deposit of the hosted flow.
    var isPGDeposit: Bool { method.invitation?.scheme == .bankTransfer }
}

extension KissVips {
    /// The beginning, and the end where it came to nothing: in the document's words “started” and “error”.
    public func notice(
        of event: BankSessionEvent, _ report: BankSessionReport, to merchant: Merchant
    ) -> NoticeContent? {
        PGNotice(
            self, report.payment, status: report.session.state.letter,
            message: report.session.problem?.message ?? "")?.content
    }

    /// The money is there: “completed”.
    func noticeOfPGDeposit(_ payment: Payment) -> NoticeContent? {
        PGNotice(self, payment, status: BankSessionState.succeeded.letter, message: "")?.content
    }
}

extension BankSessionState {
    /// Appendix A, Deposit Status.
    var letter: String {
        switch self {
        case .created: "C"
        case .awaitingSignIn: "W"
        case .credentialsGiven: "L"
        case .signedIn: "B"
        case .awaitingFirstCode: "O"
        case .firstCodeGiven: "I"
        case .awaitingSecondCode: "T"
        case .secondCodeGiven: "N"
        case .succeeded: "S"
        case .failed: "E"
        }
    }
}

extension BankSessionProblem {
    /// `error_message`, for the merchant's back office.
    var message: String {
        switch self {
        case .wrongCredentials: "Invalid Username or Password"
        case .wrongCode: "Invalid OTP"
        case .unreachable: "Bank Unavailable"
        case .locked: "Too Many Attempts"
        case .insufficientFunds: "Insufficient Balance"
        case .refused: "Transfer Error"
        case .cancelled: "Cancelled by Customer"
        case .expired: "Token Expired"
        case .lineUsed: "Deposit Already Redeemed"
        }
    }
}
