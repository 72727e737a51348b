import Gateway
import Ledger
import Money
import Payments
import WireKit

/// A request for a withdrawal, read and judged.
struct WithdrawalRequest {
    let reference: String
    let amount: Money
    let beneficiary: Beneficiary
    let callback: String

    /// Fails on the first member, in the document's order, that is missing or wrong.
    init(_ fields: Fields) throws(JWTPayError) {
        reference = try fields.reference("agent_order_no")
        amount = try fields.baht("amount")
        let bank = try fields.bank("bank_code")
        beneficiary = Beneficiary(
            bank: bank.code, account: try fields.account("account_no"), name: try fields.holder("account_name"))
        callback = try fields.url("callback_url")
    }
}

/// Money out, and what there is of it.
extension JWTPayAPI {
    /// `POST /api/v1/withdraw`: the amount is held, fee included, and the rest is sent.
    func withdraw(_ call: Call) async throws -> [UInt8] {
        let request = try WithdrawalRequest(call.parameters)
        guard let key = call.idempotencyKey else { return try await withdraw(call.merchant, request) }
        return try await gateway.once(
            key, merchant: call.merchant.id, scope: "withdraw", request: call.content,
            // A withdrawal and its answer are one commit: nothing can come between.
            resume: { _ in throw GatewayFault.notFound },
            run: { try await withdraw(call.merchant, request, $0) })
    }

    private func withdraw(
        _ merchant: Merchant, _ request: WithdrawalRequest, _ ticket: IdempotencyTicket? = nil
    ) async throws -> [UInt8] {
        let render = { @Sendable (payout: Payout) in Messages.withdrawal(Order(payout)) }
        return try await numbered("WD", request.reference, merchant.id) { number, names in
            let echo = OrderEcho(
                number: number, reference: request.reference, amount: request.amount, callback: request.callback)
            let command = PayoutCommand(
                merchant: merchant, dialect: JWTPay.id, beneficiary: request.beneficiary, amount: request.amount,
                isFeeIncluded: true, remark: number, names: names, echo: echo.bytes)
            return render(try await gateway.createPayout(command, ticket: ticket, render: render))
        }
    }

    /// `POST /api/v1/balance`: what the merchant may use now.
    func balance(_ call: Call) async throws -> [UInt8] {
        let balance = try await gateway.balance(of: call.merchant.id)
        return Messages.balance(Money(minorUnits: balance.spendable, .THB))
    }
}
