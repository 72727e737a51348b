import Gateway
import Money
import Payments
import Rails
import Store
import WireKit

/// The payer of a deposit: what they pay is credited to the collection account, and its statement is read.
extension ControlAPI {
    /// The deposits that `POST /sandbox/qr/pay` may mean, oldest first: by any name or id one, by a QR's text all that
    /// show it, for PromptPay's codes of one amount are the same. Empty where it means no deposit.
    func deposits(_ body: JSONObject) async throws -> [Payment] {
        let payload = body["qr"]?.stringValue
        guard let name = payload ?? body["id"]?.stringValue, !name.utf8.contains(0) else { return [] }
        // Some APIs show the payment's id with dashes, or behind a prefix.
        let tail = name.lowercased().filter { $0 != "-" }.split(separator: "_").last
        let id = payload == nil ? tail.flatMap { ID<Payment>(hex: $0) } : nil
        return try await host.gateway.store.read { reader in
            if payload != nil { return try reader.deposits(payload: name, of: DemoMerchant.id) }
            if let id, let payment = try reader.payment(id), payment.expectation != nil { return [payment] }
            return try reader.deposit(named: name, of: DemoMerchant.id).map { [$0] } ?? []
        }
    }

    /// Pays the first of these deposits that can still be paid, once.
    func pay(_ deposits: [Payment], _ body: JSONObject) async throws -> [UInt8] {
        var obstacle = Fault.conflict("it is already paid")
        for deposit in deposits {
            if let other = Self.obstacle(deposit, at: host.clock.now()) {
                obstacle = other
                continue
            }
            if let amount = try amount(body, deposit.amount.currency), amount != deposit.amount {
                throw Fault.conflict("it is for another amount")
            }
            try await scanOnPage(deposit)
            // The bank has one line for each deposit, however often its payer pays.
            let summary = try await host.gateway.importLines(
                [try credit(deposit, body)], of: deposit.merchant, account: Int64(deposit.acceptor) ?? 0)
            if summary.new == 1 { return Self.paid(deposit, isMatched: summary.matched == 1) }
            obstacle = Fault.conflict("it is already paid")
        }
        throw obstacle
    }

    /// Where the deposit has a page on which its payer may also sign in to their bank: they choose its QR code.
    private func scanOnPage(_ deposit: Payment) async throws {
        guard let session = try await host.gateway.store.read({ try $0.bankSession(of: deposit.id) }) else { return }
        _ = try await host.gateway.visitBankSession(session.token, dialect: deposit.dialect)
        guard try await host.gateway.payByQR(session.token, dialect: deposit.dialect).paysByQR else {
            throw Fault.conflict("its payer is signing in to their bank")
        }
    }

    private static func paid(_ deposit: Payment, isMatched: Bool) -> [UInt8] {
        var json = JSONWriter(capacity: 192)
        json.object { json in
            json.member("status", "paid")
            json.member("amount", deposit.amount.text(decimals: deposit.amount.currency.exponent))
            json.member("currency", deposit.amount.currency.rawValue)
            json.member("matched", isMatched)
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
