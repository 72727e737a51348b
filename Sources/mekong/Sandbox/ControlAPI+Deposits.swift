import Gateway
import Money
import Payments
import Rails
import Store
import WireKit

/// The payer of a deposit: what they pay is credited to the collection account, and its statement is read.
extension ControlAPI {
    /// The deposit that `POST /sandbox/qr/pay` means, by its QR's text or any name of it; nil where it means no deposit.
    func deposit(_ body: JSONObject) async throws -> Payment? {
        let payload = body["qr"]?.stringValue
        guard let name = payload ?? body["id"]?.stringValue, !name.utf8.contains(0) else { return nil }
        return try await host.gateway.store.read { reader in
            try payload == nil
                ? reader.deposit(named: name, of: DemoMerchant.id)
                : reader.deposit(payload: name, of: DemoMerchant.id)
        }
    }

    /// Pays a deposit, once: its QR's text is one the bank knows again.
    func pay(_ deposit: Payment, _ body: JSONObject) async throws -> [UInt8] {
        if let obstacle = Self.obstacle(deposit, at: host.clock.now()) { throw obstacle }
        if let amount = try amount(body, deposit.amount.currency), amount != deposit.amount {
            throw Fault.conflict("it is for another amount")
        }
        let summary = try await host.gateway.importLines(
            [try credit(deposit, body)], of: deposit.merchant, account: Int64(deposit.acceptor) ?? 0)
        guard summary.new == 1 else { throw Fault.conflict("it is already paid") }
        var json = JSONWriter(capacity: 192)
        json.object { json in
            json.member("status", "paid")
            json.member("amount", deposit.amount.text(decimals: deposit.amount.currency.exponent))
            json.member("currency", deposit.amount.currency.rawValue)
            json.member("matched", summary.matched == 1)
        }
        return json.bytes
    }

    private static func obstacle(_ deposit: Payment, at now: Instant) -> Fault? {
        switch deposit.state {
        case .presented where deposit.isOver(at: now): .conflict("it has expired")
        case .presented: nil
        case .cancelled where deposit.failureCode == invitationExpiredCode: .conflict("it has expired")
        case .cancelled: .conflict("it was cancelled")
        default: .conflict("it is already paid")
        }
    }

    /// What the bank's statement shows. A payer who is not named is the one that the deposit expects.
    private func credit(_ deposit: Payment, _ body: JSONObject) throws -> BankCredit {
        let payer = body["payer"].flatMap { $0.isNull ? nil : $0 }
        guard let payer else {
            return credit(deposit, bank: nil, account: deposit.expectation?.payers.first, name: nil)
        }
        guard let payer = payer.objectValue else { throw Fault.senseless("payer must be an object") }
        let bank = try text(payer, "bank", atMost: 16)
        return credit(
            deposit, bank: bank.map { ThaiBank.named($0)?.code ?? $0 },
            account: try text(payer, "account_no", atMost: 32),
            name: try text(payer, "name", atMost: 255))
    }

    private func credit(_ deposit: Payment, bank: String?, account: String?, name: String?) -> BankCredit {
        BankCredit(
            key: "qr:" + deposit.id.hex, amount: deposit.amount, creditedAt: host.clock.now(), payerBank: bank,
            payerAccount: account, payerName: name, description: "PromptPay",
            reference: deposit.expectation?.reference)
    }
}
