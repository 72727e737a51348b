import Gateway
import Money
import Payments
import WireKit

/// Appendix C: deposits that the payer pays on a page of ours, from their own bank.
extension KissVipsAPI {
    /// How long a token lives, in seconds: as in the sample of `get_pg_deposit_by_token`.
    static let tokenSeconds: Int64 = 900

    func createPGDeposit(_ call: Call) async throws -> [UInt8] {
        let request = try PGRequest(call.fields)
        try requireLimit(request.amount, of: call.merchant)
        guard gateway.takesBankSessions(from: request.bank.code) else { throw KissVipsError.bankNotServed }
        guard let account = call.merchant.collectionAccounts?.first(where: \.isActive) else {
            throw KissVipsError.noAccount
        }
        let now = gateway.clock.now()
        let expires = now.adding(seconds: Self.tokenSeconds)
        let token = Hex.encode(gateway.entropy.bytes(16))
        let number = try await gateway.number(KissVips.Names.deposit, dialect: KissVips.id, merchant: call.merchant.id)
        let command = DepositCommand(
            merchant: call.merchant, dialect: KissVips.id, account: account, amounts: [request.amount],
            scheme: .bankTransfer, form: .transfer, expires: expires, expectation: Expectation(from: now, until: nil),
            names: [
                Alias(KissVips.Names.deposit, String(number), dialect: KissVips.id, merchant: call.merchant.id),
                Alias(KissVips.Names.token, token, dialect: KissVips.id, merchant: call.merchant.id),
            ], echo: PGEcho(number: number, token: token, request).bytes)
        do {
            return try await gateway.once(
                call.idempotencyKey, merchant: call.merchant.id, scope: "create_pg_deposit",
                request: call.body.content,
                render: { report in
                    answer { json in
                        json.member("token", PGEcho(report.payment.echo).token)
                        json.member("expired_at", report.payment.expiry.bangkok)
                    }
                },
                {
                    let report = try await gateway.openBankSession(
                        command, bank: request.bank.code, kind: request.kind, token: token, answering: $0)
                    return PaymentReport(payment: report.payment)
                })
        } catch let fault as GatewayFault {
            throw KissVipsError(fault, missing: .depositNotFound)
        }
    }

    func getPGDepositByToken(_ call: Call) async throws -> [UInt8] {
        let token = try call.fields.requiredText("token", 32)
        let report: BankSessionReport
        do {
            report = try await gateway.bankSession(token, dialect: KissVips.id)
        } catch let fault as GatewayFault {
            throw KissVipsError(fault, missing: .depositNotFound)
        }
        guard report.payment.merchant == call.merchant.id else { throw KissVipsError.depositNotFound }
        return answer { json in
            json.memberObject("deposit") { PGMessage(report).write(to: &$0) }
        }
    }
}

/// What `create_pg_deposit` is asked for.
struct PGRequest {
    let bank: BankConfig
    let kind: BankAccountKind
    let amount: Money
    let ref: String
    let postbackURL: String
    let callbackURL: String?

    init(_ fields: Fields) throws(KissVipsError) {
        try fields.require("from_bank_config_id", "amount", "postback_url", "ref")
        let bankID = try fields.number("from_bank_config_id")
        // Appendix A, Bank Type.
        kind = try fields.word("bank_type", ["P", "B"]) == "B" ? .business : .personal
        postbackURL = try fields.requiredWebAddress("postback_url")
        callbackURL = try fields.callableAddress("callback_url", 512)
        ref = try fields.requiredText("ref", 128)
        amount = try fields.baht("amount")
        bank = try BankConfig.active(bankID)
    }
}

/// What is kept beside such a deposit.
struct PGEcho: Equatable {
    /// `deposit_id` of the call back.
    var number: Int64
    var token: String
    var ref: String
    var postbackURL: String
    var callbackURL: String?

    init(number: Int64, token: String, _ request: PGRequest) {
        self.number = number
        self.token = token
        ref = request.ref
        postbackURL = request.postbackURL
        callbackURL = request.callbackURL
    }

    var bytes: [UInt8] {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("n", number)
            json.member("t", token)
            json.member("r", ref)
            json.member("p", postbackURL)
            if let callbackURL { json.member("c", callbackURL) }
        }
        return json.bytes
    }

    init(_ bytes: [UInt8]) {
        let object = (try? JSON.parse(bytes))?.objectValue
        number = object?["n"]?.numberText.flatMap { Int64($0) } ?? 0
        token = object?["t"]?.stringValue ?? ""
        ref = object?["r"]?.stringValue ?? ""
        postbackURL = object?["p"]?.stringValue ?? ""
        callbackURL = object?["c"]?.stringValue
    }
}

extension Payment {
    /// When its payer's time is over.
    var expiry: Instant { method.invitation?.expires ?? created }
}
