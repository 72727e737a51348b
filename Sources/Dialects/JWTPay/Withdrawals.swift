import Gateway
import Ledger
import Money
import Payments

/// Money out, and what there is of it.
extension JWTPayAPI {
    /// `POST /api/v1/withdraw`: the amount is held, fee included, and the rest is sent.
    func withdraw(_ call: Call) async throws -> [UInt8] {
        let fields = call.parameters
        let reference = try fields.reference("agent_order_no")
        let amount = try fields.baht("amount")
        let bank = try fields.bank("bank_code")
        let beneficiary = Beneficiary(
            bank: bank.code, account: try fields.account("account_no"), name: try fields.holder("account_name"))
        let callback = try fields.url("callback_url")
        return try await numbered("WD", reference, call.merchant.id) { number, names in
            let payout = try await gateway.createPayout(
                PayoutCommand(
                    merchant: call.merchant, dialect: JWTPay.id, beneficiary: beneficiary, amount: amount,
                    isFeeIncluded: true, remark: number, names: names,
                    echo: OrderEcho(number: number, reference: reference, amount: amount, callback: callback).bytes))
            return Messages.withdrawal(Order(payout))
        }
    }

    /// `POST /api/v1/balance`: what the merchant may use now.
    func balance(_ call: Call) async throws -> [UInt8] {
        let balance = try await gateway.balance(of: call.merchant.id)
        return Messages.balance(Money(minorUnits: balance.spendable, .THB))
    }
}
