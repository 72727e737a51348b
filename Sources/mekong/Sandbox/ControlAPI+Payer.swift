import Foundation
import Gateway
import Hummingbird
import KPayment
import Logging
import Money
import Payments
import Rails
import Store
import WireKit

extension ControlAPI {
    /// `POST /sandbox/qr/pay`: a payer scans and pays.
    func pay(_ body: JSONObject) async throws -> [UInt8] {
        let deposits = try await deposits(body)
        if !deposits.isEmpty { return try await pay(deposits, body) }
        if let account = try account(body) { return try await pay(account, body) }
        let invitation = try await invitation(body)
        let amount = try amount(body, invitation.amount.currency)
        let channel = try channel(body, invitation.scheme)
        let outcome = try await host.payer.pay(invitation.payment, amount: amount, channel: channel)
        await host.spread(outcome, of: invitation.payment)
        if let obstacle = Self.obstacle(outcome) { throw obstacle }
        let payment = try await host.gateway.store.read { try $0.payment(invitation.payment) }
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("status", "paid")
            json.member("qr_id", "qr_test_" + invitation.payment.hex)
            json.member("charge_id", "chrg_test_" + invitation.payment.hex)
            json.member("order_id", payment?.order.map { "order_test_" + $0.hex })
            json.member("amount", invitation.amount.text(decimals: invitation.amount.currency.exponent))
            json.member("currency", invitation.amount.currency.rawValue)
            json.member("channel", channel)
        }
        return json.bytes
    }

    /// Why nothing was paid.
    private static func obstacle(_ outcome: SandboxPayer.Outcome) -> Fault? {
        switch outcome {
        case .paid: nil
        case .notFound: .notFound("there is nothing to pay under this name")
        case .expired: .conflict("it has expired")
        case .cancelled: .conflict("it was cancelled")
        case .alreadyPaid: .conflict("it is already paid")
        case .wrongAmount: .conflict("it is for another amount")
        case .declined(let code): .conflict("the payer's bank refused: \(code)")
        case .unavailable: .conflict("the payer's bank cannot be reached")
        }
    }

    /// What is asked for, by the QR's text or any id: of the QR, the charge, the order or the wallet's page.
    private func invitation(_ body: JSONObject) async throws -> SandboxInvitation {
        if let payload = body["qr"]?.stringValue {
            guard let found = try await host.payer.invitation(payload: payload) else {
                throw Fault.notFound("there is no QR with this text")
            }
            return found
        }
        guard let name = body["id"]?.stringValue else { throw Fault.senseless("qr or id is expected") }
        let tail = name.split(separator: "_").last ?? ""
        if let id = ID<Payment>(hex: tail), let found = try await host.payer.invitation(id) { return found }
        guard let id = ID<Order>(hex: tail), let order = try await host.gateway.store.read({ try $0.order(id) }) else {
            throw Fault.notFound("there is nothing to pay under \(name)")
        }
        guard let attempt = try await shown(order), let found = try await host.payer.invitation(attempt) else {
            throw Fault.conflict("this order has no QR to scan")
        }
        return found
    }

    /// The QR of an order. Where nobody has been shown one, the payer opens its page first.
    private func shown(_ order: Order) async throws -> ID<Payment>? {
        if let payment = order.payment { return payment }
        guard let kpayment = host.gateway.dialects[KPayment.id] as? KPayment else { return nil }
        return try await KPaymentAPI(gateway: host.gateway, dialect: kpayment).show(order)
    }

    func amount(_ body: JSONObject, _ currency: Currency) throws -> Money? {
        guard let value = body["amount"], !value.isNull else { return nil }
        guard let text = value.stringValue ?? value.numberText, let money = try? Money(parsing: text, in: currency)
        else {
            throw Fault.senseless("amount must be an amount of money")
        }
        return money
    }

    /// Through which bank or app: K PLUS unless another is named, or the payer's bank is another.
    private func channel(_ body: JSONObject, _ scheme: PushScheme) throws -> String {
        let bank = try payer(body).flatMap { try self.bank($0, "bank") }
        if let named = try namedChannel(body) { return named }
        switch scheme {
        case .promptPay, .payPlus: return bank.map(Self.channel) ?? SandboxPayer.kplus
        case .weChatPay, .alipay, .unionPay, .bankTransfer: return scheme.rawValue
        }
    }

    /// `channel`: K PLUS, a bank, or a wallet.
    func namedChannel(_ body: JSONObject) throws -> String? {
        guard let value = body["channel"], !value.isNull else { return nil }
        let text = value.stringValue?.lowercased() ?? ""
        if text == SandboxPayer.kplus { return text }
        if let wallet = PushScheme.allCases.first(where: { $0.rawValue.lowercased() == text }) {
            return wallet.rawValue
        }
        guard let bank = ThaiBank.named(text) else {
            throw Fault.senseless("channel must be \(SandboxPayer.kplus), a bank or a wallet")
        }
        return Self.channel(bank)
    }

    private static func channel(_ bank: ThaiBank) -> String {
        bank.shortCode == "KBANK" ? SandboxPayer.kplus : bank.shortCode.lowercased()
    }

    /// `payer`: who pays, where it matters.
    func payer(_ body: JSONObject) throws -> JSONObject? {
        guard let value = body["payer"], !value.isNull else { return nil }
        guard let payer = value.objectValue else { throw Fault.senseless("payer must be an object") }
        return payer
    }
}

extension SandboxHost {
    /// The payer of the simulated rails.
    var payer: SandboxPayer { SandboxPayer(push) }

    /// The bank's word of what a payer did reaches the gateway, as often as the bank sends it.
    func spread(_ outcome: SandboxPayer.Outcome, of payment: ID<Payment>) async {
        let words: Int =
            switch outcome {
            case .paid(let notices): notices
            case .declined: 1
            default: 0
            }
        for _ in 0..<words {
            do {
                try await gateway.noticed(payment)
            } catch {
                gateway.logger.warning("a rail's word was lost", metadata: ["error": "\(error)"])
            }
        }
    }
}
