import Money
import Payments
import WireKit

/// A PromptPay QR code as the document's samples show it.
struct PromptPayMessage {
    let payment: Payment
    private let echo: PromptPayEcho
    private let picture: String

    init(_ dialect: KissVips, _ payment: Payment) {
        self.payment = payment
        echo = PromptPayEcho(payment.echo)
        picture = dialect.promptPayPicture(payment.id.uuid)
    }

    /// Appendix A, Prompt Pay QR Code Status.
    var status: String { payment.state == .settled ? "V" : scannedAt == nil ? "C" : "S" }

    /// When the payer said that they had paid: the window of the money's arrival ends a little later.
    var scannedAt: Instant? { payment.expectation?.until?.adding(seconds: -KissVipsAPI.graceSeconds) }

    var verifiedAt: Instant? { payment.line == nil ? nil : payment.capturedAt }

    func write(to json: inout JSONWriter, withPostback: Bool = true) {
        json.member("uuid", payment.id.uuid)
        json.member("qrcode_path", picture)
        json.member("amount", payment.amount.text(decimals: 2))
        json.member("ref", echo.ref)
        json.member("account_no_list", echo.accounts)
        json.member("callback_url", echo.callbackURL)
        if withPostback { json.member("postback_url", echo.postbackURL) }
        writeStatus(to: &json)
    }

    /// Appendix E, Prompt Pay QR Code Deposit Call Back.
    var notice: [UInt8] {
        var json = JSONWriter(capacity: 320)
        json.object { json in
            json.member("uuid", payment.id.uuid)
            json.member("amount", payment.amount.text(decimals: 2))
            json.member("ref", echo.ref)
            writeStatus(to: &json)
        }
        return json.bytes
    }

    var callbackURL: String { echo.callbackURL }

    private func writeStatus(to json: inout JSONWriter) {
        json.member("status", status)
        json.member("created_at", payment.created.iso8601)
        json.member("scanned_at", scannedAt?.iso8601)
        json.member("verified_at", verifiedAt?.iso8601)
    }
}

/// A statement line as the document's samples show deposits.
struct DepositMessage {
    let line: StatementLine
    /// The collection account it arrived on; nil where the merchant has it no more.
    let account: CollectionAccount?

    init(_ line: StatementLine, of merchant: Merchant) {
        self.line = line
        account = merchant.collectionAccount(line.account)
    }

    func write(to json: inout JSONWriter, withPayer: Bool) {
        let credit = line.credit
        json.member("id", line.number)
        json.member("bank_id", account.flatMap { BankConfig.of(code: $0.bank) }?.id)
        json.member("bank_account_id", line.account)
        json.member("datetime", credit.creditedAt.bangkok)
        json.member("amount", credit.amount.text(decimals: 4))
        json.member("description", credit.description)
        if withPayer {
            json.member("from_bank_id", line.payerBank?.id)
            json.member("from_account_name", credit.payerName ?? "")
            json.member("from_account_no", credit.payerAccount ?? "")
        }
        json.member("crawl_id", line.number)
        json.member("is_redeemed", line.use == .unmatched ? 0 : 1)
    }
}

extension StatementLine {
    /// The payer's bank, where the statement names one that is known.
    var payerBank: BankConfig? {
        credit.payerBank.flatMap(ThaiBank.named).flatMap { BankConfig.of(code: $0.code) }
    }
}

/// A transfer as the document's samples show it.
struct TransferMessage {
    let payout: Payout
    private let echo: TransferEcho

    init(_ payout: Payout) {
        self.payout = payout
        echo = TransferEcho(payout.echo)
    }

    /// Appendix A, Transfer Status. R is never shown.
    var status: String {
        switch payout.state {
        case .pending: "P"
        case .queued: "Q"
        case .succeeded: "S"
        case .failed: "F"
        }
    }

    var number: Int64 { echo.number }
    var callbackURL: String? { echo.callbackURL }

    func write(to json: inout JSONWriter) {
        let bank = BankConfig.of(code: payout.beneficiary.bank)
        json.member("id", number)
        json.member("datetime", payout.created.iso8601)
        json.member("bank_config_id", bank?.id)
        json.member("to_bank", bank?.name)
        json.member("to_account", payout.beneficiary.account)
        json.member("amount", payout.transfer.text(decimals: 4))
        json.member("remark", payout.remark)
        json.member("status", status)
    }

    /// Appendix E, Transfer Call Back.
    var notice: [UInt8] {
        var json = JSONWriter(capacity: 64)
        json.object { json in
            json.member("transfer_id", number)
            json.member("amount", number: payout.transfer.text)
            json.member("status", status)
        }
        return json.bytes
    }
}

/// What is kept beside a transfer.
struct TransferEcho: Equatable {
    var number: Int64
    var callbackURL: String?

    var bytes: [UInt8] {
        var json = JSONWriter(capacity: 96)
        json.object { json in
            json.member("n", number)
            if let callbackURL { json.member("c", callbackURL) }
        }
        return json.bytes
    }

    init(number: Int64, callbackURL: String?) {
        self.number = number
        self.callbackURL = callbackURL
    }

    init(_ bytes: [UInt8]) {
        let object = (try? JSON.parse(bytes))?.objectValue
        self.init(
            number: object?["n"]?.numberText.flatMap { Int64($0) } ?? 0, callbackURL: object?["c"]?.stringValue)
    }
}

extension Instant {
    /// `2023-05-13T14:10:41.000000Z`, as most of the document's samples show times.
    var iso8601: String { CivilTime(microseconds: microseconds, offsetSeconds: 0).iso8601Microseconds() }

    /// `2023-03-15 23:20:00` in Bangkok, as the others show them.
    var bangkok: String { CivilTime(microseconds: microseconds, offsetSeconds: CivilTime.bangkok).spaced() }
}

extension JSONWriter {
    /// Writes a member that is an integer, or null for nil.
    mutating func member(_ name: StaticString, _ value: Int64?) {
        if let value { member(name, value) } else { memberNull(name) }
    }
}
