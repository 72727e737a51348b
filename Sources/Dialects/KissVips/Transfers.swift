import Gateway
import Ledger
import Money
import Payments
import WireKit

/// Money that leaves to a bank account, and what is left.
extension KissVipsAPI {
    func createTransfer(_ call: Call) async throws -> [UInt8] {
        let request = try TransferRequest(call.fields)
        try requireLimit(request.amount, of: call.merchant)
        do {
            guard let key = call.idempotencyKey else { return try await transfer(call.merchant, request) }
            return try await gateway.once(
                key, merchant: call.merchant.id, scope: "create_transfer", request: call.body.content,
                // A transfer and its answer are one commit: nothing can come between.
                resume: { _ in throw GatewayFault.notFound },
                run: { try await transfer(call.merchant, request, $0) })
        } catch let fault as GatewayFault {
            throw KissVipsError(fault, missing: .transferNotFound)
        }
    }

    private func transfer(
        _ merchant: Merchant, _ request: TransferRequest, _ ticket: IdempotencyTicket? = nil
    ) async throws -> [UInt8] {
        let number = try await gateway.number(KissVips.Names.transfer, dialect: KissVips.id, merchant: merchant.id)
        let command = PayoutCommand(
            merchant: merchant, dialect: KissVips.id,
            // The document has no name of who is paid.
            beneficiary: Beneficiary(bank: request.bank.code, account: request.account, name: ""),
            amount: request.amount, remark: request.remark, names: [KissVips.transfer(number, of: merchant.id)],
            echo: TransferEcho(number: number, callbackURL: request.callbackURL).bytes)
        let render = { @Sendable (_: Payout) in answer { $0.member("transfer_id", number) } }
        return render(try await gateway.createPayout(command, ticket: ticket, render: render))
    }

    func getTransferByID(_ call: Call) async throws -> [UInt8] {
        let number = try call.fields.number("transfer_id")
        let payout: Payout
        do {
            payout = try await gateway.payout(KissVips.transfer(number, of: call.merchant.id))
        } catch let fault as GatewayFault {
            throw KissVipsError(fault, missing: .transferNotFound)
        }
        return answer { json in
            json.memberArray("transfer") { json in
                json.elementObject { TransferMessage(payout).write(to: &$0) }
            }
        }
    }

    func getBalance(_ call: Call) async throws -> [UInt8] {
        let (balance, moved) = try await gateway.datedBalance(of: call.merchant.id)
        let now = gateway.clock.now()
        return answer { json in
            json.memberObject("balance") { json in
                json.member("amount", Money(minorUnits: balance.spendable, .THB).text(decimals: 2))
                // What never moved is as it is now.
                json.member("last_updated_at", (moved ?? now).iso8601)
            }
        }
    }
}

extension KissVips {
    /// The name by which a merchant knows a transfer.
    static func transfer(_ number: Int64, of merchant: MerchantID) -> Alias {
        Alias(Names.transfer, String(number), dialect: id, merchant: merchant)
    }
}

/// What `create_transfer` is asked for.
struct TransferRequest {
    let bank: BankConfig
    let account: String
    let amount: Money
    let remark: String
    let callbackURL: String?

    init(_ fields: Fields) throws(KissVipsError) {
        try fields.require("to_bank_id", "to_account_no", "amount", "remark")
        let bankID = try fields.number("to_bank_id")
        account = try fields.code("to_account_no", 128) ?? ""
        guard account.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
            throw .invalidParameter("to_account_no", "digits are expected")
        }
        remark = try fields.requiredText("remark", 16)
        callbackURL = try fields.callableAddress("callback_url", 512)
        amount = try fields.baht("amount")
        bank = try BankConfig.active(bankID)
    }
}

extension BankConfig {
    /// The bank with this id, if money can be sent to it.
    static func active(_ id: Int64) throws(KissVipsError) -> BankConfig {
        guard let bank = of(id) else { throw .bankNotFound }
        guard bank.isActive else { throw .bankDisabled }
        return bank
    }
}
