import Gateway
import Money
import Payments
import WireKit

/// What has arrived on the merchant's accounts, and the accounts and banks themselves.
extension KissVipsAPI {
    /// How far back deposits are looked for, in seconds, and how many are shown at most.
    static let depositSeconds: Int64 = 30 * 86_400
    static let depositCount = 100

    func getDeposit(_ call: Call) async throws -> [UInt8] {
        let wanted = try WantedDeposit(call.fields)
        let lines = try await gateway.lines(
            of: call.merchant.id, amount: wanted.amount,
            since: gateway.clock.now().adding(seconds: -Self.depositSeconds), limit: Self.depositCount,
            where: wanted.isMet(by:))
        return answer { json in
            json.memberArray("deposits") { json in
                for line in lines {
                    json.elementObject { DepositMessage(line, of: call.merchant).write(to: &$0, withPayer: true) }
                }
            }
        }
    }

    func redeemDeposit(_ call: Call) async throws -> [UInt8] {
        let number = try call.fields.number("deposit_id")
        let merchant = call.merchant
        let render = { @Sendable (line: StatementLine) in
            answer { json in
                json.memberObject("deposit") { DepositMessage(line, of: merchant).write(to: &$0, withPayer: false) }
            }
        }
        guard let key = call.idempotencyKey else {
            return render(try await gateway.redeem(number, of: merchant.id, dialect: KissVips.id))
        }
        return try await gateway.once(
            key, merchant: merchant.id, scope: "redeem_deposit", request: call.body.content,
            // A deposit is redeemed and answered in one commit.
            resume: { _ in throw GatewayFault.notFound },
            run: { ticket in
                render(
                    try await gateway.redeem(
                        number, of: merchant.id, dialect: KissVips.id, ticket: ticket, render: render))
            })
    }

    func getDepositAccounts(_ call: Call) async throws -> [UInt8] {
        let accounts = (call.merchant.collectionAccounts ?? []).filter(\.isActive)
        return answer { json in
            json.memberArray("accounts") { json in
                for account in accounts {
                    json.elementObject { json in
                        json.member("id", account.number)
                        json.member("bank_name", BankConfig.of(code: account.bank)?.label ?? account.bank)
                        json.member("account_username", account.userName)
                        json.member(
                            "qrcode_url",
                            account.proxy.map { _ in dialect.accountPicture(account.number, of: call.merchant.id) })
                    }
                }
            }
        }
    }

    func getBankConfig(_ call: Call) async throws -> [UInt8] {
        answer { json in
            json.memberArray("accounts") { json in
                for bank in BankConfig.all {
                    json.elementObject { json in
                        json.member("id", bank.id)
                        json.member("code", bank.code)
                        json.member("name", bank.name)
                        json.member("logo_url", dialect.bankLogo(bank))
                        json.member("status", bank.status)
                    }
                }
            }
        }
    }
}

/// Which deposits `get_deposit` asks for.
struct WantedDeposit: Sendable {
    let bank: BankConfig
    let name: String
    let account: String
    let amount: Money

    init(_ fields: Fields) throws(KissVipsError) {
        try fields.require("from_bank_id", "from_bank_account_name", "from_bank_account_no", "amount")
        let bankID = try fields.number("from_bank_id")
        name = try fields.requiredText("from_bank_account_name", 128)
        account = try fields.code("from_bank_account_no", 128) ?? ""
        amount = try fields.baht("amount")
        guard let bank = BankConfig.of(bankID) else { throw .bankNotFound }
        self.bank = bank
    }

    /// The amount is that of the line already. What a statement leaves out matches anything, but not the account.
    func isMet(by line: StatementLine) -> Bool {
        guard let payer = line.credit.payerAccount, MaskedAccount.areSame(payer, account) else { return false }
        if let other = line.payerBank, other != bank { return false }
        guard let other = line.credit.payerName, !other.isEmpty else { return true }
        return Self.plain(other) == Self.plain(name)
    }

    /// A name without regard to case and to how words are spaced.
    private static func plain(_ name: String) -> String {
        name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
}
