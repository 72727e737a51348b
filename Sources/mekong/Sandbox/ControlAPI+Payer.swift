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
        if let deposit = try await deposit(body) { return try await pay(deposit, body) }
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
        if let value = body["channel"], !value.isNull {
            guard let text = value.stringValue, !text.isEmpty, text.utf8.count <= 50, !text.utf8.contains(0) else {
                throw Fault.senseless("channel must be a short text")
            }
            return text.lowercased()
        }
        if let payer = body["payer"], !payer.isNull, payer.objectValue == nil {
            throw Fault.senseless("payer must be an object")
        }
        switch scheme {
        case .promptPay, .payPlus:
            let bank = body["payer"]?.objectValue?["bank"]?.stringValue?.lowercased()
            return bank == nil || bank == "kbank" || bank == "004" ? SandboxPayer.kplus : "\(bank ?? "")"
        case .weChatPay, .alipay, .unionPay, .bankTransfer: return scheme.rawValue
        }
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
