import EMVQR
import Gateway
import Money
import Payments
import WireKit

/// A request for a deposit, read and judged.
struct DepositRequest {
    /// How the payer is to pay.
    enum Means: String, CaseIterable {
        case qr = "QR"
        case transfer = "BANK_TRANSFER"
    }

    let reference: String
    /// The payer.
    let account: String
    let bank: ThaiBank
    let name: String
    let amount: Money
    let callback: String
    let means: Means

    /// Fails on the first member, in the document's order, that is missing or wrong.
    init(_ fields: Fields) throws(JWTPayError) {
        _ = try fields.requiredText("merchantId", 100)
        reference = try fields.reference("transactionId")
        account = try fields.account("bankAccountNumber")
        bank = try fields.bank("bankName")
        name = try fields.holder("name")
        amount = try fields.baht("amount")
        callback = try fields.url("callbackUrl")
        try fields.require("type")
        let word = try fields.word("type", Means.allCases.map(\.rawValue))
        guard let means = word.flatMap(Means.init(rawValue:)) else { throw .mandatoryIsEmpty("type") }
        self.means = means
    }
}

extension JWTPayAPI {
    /// `POST /api/v1/deposit`: what the payer is to pay, and where to.
    func deposit(_ call: Call) async throws -> [UInt8] {
        let request = try DepositRequest(call.parameters)
        let accounts = (call.merchant.collectionAccounts ?? []).filter(\.isActive)
        let fitting = accounts.first {
            request.means == .transfer || $0.promptPay.flatMap(PromptPayAccount.init(id:)) != nil
        }
        guard let account = fitting else { throw JWTPayError.noAccount }
        let merchant = call.merchant
        return try await gateway.once(
            call.idempotencyKey, merchant: merchant.id, scope: "deposit", request: call.content,
            render: { Messages.deposit($0.payment, to: account, by: request, of: merchant) },
            { answering in
                try await numbered("DP", request.reference, merchant.id) { number, names in
                    let command = command(request, merchant, account, number, names)
                    return try await gateway.openDeposit(command, answering: answering) { amount in
                        request.means == .qr ? try Self.payload(account, amount, number) : nil
                    }
                }
            })
    }

    static let lifetimeSeconds: Int64 = 300

    private func command(
        _ request: DepositRequest, _ merchant: Merchant, _ account: CollectionAccount, _ number: String,
        _ names: [Alias]
    ) -> DepositCommand {
        let now = gateway.clock.now()
        let expires = now.adding(seconds: Self.lifetimeSeconds)
        let isTransfer = request.means == .transfer
        return DepositCommand(
            merchant: merchant, dialect: JWTPay.id, account: account,
            amounts: isTransfer ? candidates(request.amount) : [request.amount],
            scheme: isTransfer ? .bankTransfer : .promptPay, form: isTransfer ? .transfer : .qr, expires: expires,
            expectation: Expectation(
                payers: [request.account], from: now, until: expires, reference: number, isExclusive: isTransfer),
            names: names,
            echo: OrderEcho(
                number: number, reference: request.reference, amount: request.amount, callback: request.callback
            ).bytes)
    }

    /// The amount, and where another deposit waits for it, the amount and 1 to 99 satang, within the digits that an
    /// amount may have: in an order left to chance, so that those who ask at the same moment seldom want the same.
    private func candidates(_ amount: Money) -> [Money] {
        let lots = gateway.entropy.bytes(2 * 99)
        let added = (1...99).sorted { (lots[2 * $0 - 2], lots[2 * $0 - 1]) < (lots[2 * $1 - 2], lots[2 * $1 - 1]) }
        let sums = added.compactMap { try? amount.adding(Money(minorUnits: Int64($0), amount.currency)) }
        return [amount] + sums.filter { $0.minorUnits <= Self.largestAmount }
    }

    /// Ten digits before the point and two behind it, in satang.
    private static let largestAmount: Int64 = 999_999_999_999

    /// The QR's text. It bears the order's number, so that no two are alike.
    private static func payload(_ account: CollectionAccount, _ amount: Money, _ number: String) throws -> String? {
        guard let target = account.promptPay.flatMap(PromptPayAccount.init(id:)) else { return nil }
        return try PromptPayQR(account: target, amount: amount, use: .once, reference: number).payload
    }
}

extension PromptPayAccount {
    /// The account behind a phone number (10 digits), a national or tax id (13) or an e-wallet (15).
    fileprivate init?(id: String) {
        let kinds: [Int: Kind] = [10: .mobile, 13: .nationalID, 15: .eWallet]
        guard let kind = kinds[id.utf8.count], let account = try? PromptPayAccount(kind, id) else { return nil }
        self = account
    }
}
