import EMVQR
import Gateway
import Money
import Payments
import WireKit

/// Appendix D: deposits by PromptPay QR code, shown by the merchant or by our page.
extension KissVipsAPI {
    /// How long a QR code may be scanned, in seconds.
    static let qrSeconds: Int64 = 1_800
    /// How much later than its payer says a bank may have credited the money, in seconds.
    static let graceSeconds: Int64 = 300
    /// How long a scanned code waits for the statement that tells of the money, in seconds.
    static let statementSeconds: Int64 = 7 * 86_400
    /// The most of one transaction where the merchant has no limit of its own: PromptPay's own.
    static let defaultLimit = Money(minorUnits: 200_000_000, .THB)

    func createPromptPayDeposit(_ call: Call) async throws -> [UInt8] {
        try await openPromptPay(call, "create_prompt_pay_deposit", isHosted: true) { [dialect] report in
            let uuid = report.payment.id.uuid
            return answer { json in
                json.member("uuid", uuid)
                json.member("redirect_path", dialect.promptPayPage(uuid))
            }
        }
    }

    func createPromptPayQRCode(_ call: Call) async throws -> [UInt8] {
        try await openPromptPay(call, "create_prompt_pay_qrcode", isHosted: false) { [dialect] report in
            let uuid = report.payment.id.uuid
            return answer { json in
                json.member("uuid", uuid)
                json.member("qrcode_path", dialect.promptPayPicture(uuid))
            }
        }
    }

    func getPromptPayQRCodeByUUID(_ call: Call) async throws -> [UInt8] {
        try call.fields.require("uuid")
        let report = try await qrCode(call)
        return answer { json in
            json.memberObject("prompt_pay_qrcode") { PromptPayMessage(dialect, report.payment).write(to: &$0) }
        }
    }

    func updatePromptPayScannedTime(_ call: Call) async throws -> [UInt8] {
        try call.fields.require("uuid")
        let report = try await markScanned(qrCode(call).payment)
        return answer { json in
            json.memberObject("prompt_pay_qrcode") { json in
                PromptPayMessage(dialect, report.payment).write(to: &json, withPostback: false)
            }
        }
    }

    /// The payer says that they have paid. Saying it again, or of a code that is paid, changes nothing; saying it once
    /// the code has expired is refused.
    func markScanned(_ payment: Payment) async throws -> PaymentReport {
        guard payment.expectation?.until == nil, payment.state != .settled else {
            return PaymentReport(payment: payment)
        }
        let now = gateway.clock.now()
        guard payment.state == .presented, !payment.isOver(at: now) else { throw KissVipsError.qrcodeExpired }
        let report: PaymentReport
        do {
            report = try await gateway.scanned(
                payment.id, of: payment.merchant, dialect: KissVips.id, until: now.adding(seconds: Self.graceSeconds),
                lapses: now.adding(seconds: Self.statementSeconds))
        } catch let fault as GatewayFault {
            throw KissVipsError(fault, missing: .qrcodeNotFound)
        }
        // It may have lapsed, or a person may have said that it is paid, since it was read.
        guard report.payment.expectation?.until != nil || report.payment.state == .settled else {
            throw KissVipsError.qrcodeExpired
        }
        return report
    }

    private func openPromptPay(
        _ call: Call, _ scope: String, isHosted: Bool, _ render: @escaping @Sendable (PaymentReport) -> [UInt8]
    ) async throws -> [UInt8] {
        let request = try PromptPayRequest(call.fields, isHosted: isHosted)
        try requireLimit(request.amount, of: call.merchant)
        guard let (account, proxy) = call.merchant.promptPayAccount else { throw KissVipsError.noAccount }
        let now = gateway.clock.now()
        let command = DepositCommand(
            merchant: call.merchant, dialect: KissVips.id, account: account, amounts: [request.amount],
            expires: now.adding(seconds: Self.qrSeconds),
            expectation: Expectation(payers: request.accounts.numbers, from: now, until: nil), names: [],
            echo: request.echo.bytes)
        do {
            return try await gateway.once(
                call.idempotencyKey, merchant: call.merchant.id, scope: scope, request: call.body.content,
                render: render
            ) { answering in
                try await gateway.openDeposit(command, answering: answering) { amount in
                    try PromptPayQR(account: proxy, amount: amount, use: .once).payload
                }
            }
        } catch let fault as GatewayFault {
            throw KissVipsError(fault, missing: .qrcodeNotFound)
        }
    }

    /// “Less than pre-defined maximum in system”: the merchant's limit of one transaction.
    func requireLimit(_ amount: Money, of merchant: Merchant) throws(KissVipsError) {
        let limit = merchant.settings(KissVips.id).limits.perTransaction ?? Self.defaultLimit.minorUnits
        guard amount.minorUnits <= limit else { throw .amountExceeded }
    }

    /// The QR code that a request names, if it is this merchant's.
    private func qrCode(_ call: Call) async throws -> PaymentReport {
        guard let text = try call.fields.text("uuid", 36), let id = ID<Payment>(uuid: text) else {
            throw KissVipsError.qrcodeNotFound
        }
        do {
            let report = try await gateway.report(on: id, of: call.merchant.id, dialect: KissVips.id)
            guard report.payment.isPromptPayDeposit else { throw KissVipsError.qrcodeNotFound }
            return report
        } catch let fault as GatewayFault {
            throw KissVipsError(fault, missing: .qrcodeNotFound)
        }
    }
}

extension Payment {
    /// Whether it is a deposit that a QR code asks for.
    var isPromptPayDeposit: Bool {
        method.invitation?.scheme == .promptPay && method.invitation?.form == .qr && expectation != nil
    }
}

extension Merchant {
    /// The first active account that PromptPay knows, and as what.
    var promptPayAccount: (CollectionAccount, PromptPayAccount)? {
        for account in collectionAccounts ?? [] where account.isActive {
            if let proxy = account.proxy { return (account, proxy) }
        }
        return nil
    }
}

extension CollectionAccount {
    /// Its PromptPay id: a phone number, a tax id or an e-wallet by its length.
    var proxy: PromptPayAccount? {
        guard let digits = promptPay else { return nil }
        switch digits.utf8.count {
        case 13 where digits.hasPrefix("0066"): return try? PromptPayAccount(.mobile, digits)
        case 13: return try? PromptPayAccount(.nationalID, digits)
        case 15: return try? PromptPayAccount(.eWallet, digits)
        default: return try? PromptPayAccount(.mobile, digits)
        }
    }
}
