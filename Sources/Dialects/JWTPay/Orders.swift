import Gateway
import Money
import Payments
import WireKit

/// What this API keeps beside a deposit or a withdrawal.
struct OrderEcho {
    /// `referenceId`, `order_no`.
    var number = ""
    /// `transactionId`, `agent_order_no`.
    var reference = ""
    /// The amount that was asked for.
    var amount = Money(minorUnits: 0, .THB)
    var callback = ""

    init(number: String, reference: String, amount: Money, callback: String) {
        self.number = number
        self.reference = reference
        self.amount = amount
        self.callback = callback
    }

    init(_ bytes: [UInt8]) {
        guard let object = (try? JSON.parse(bytes))?.objectValue else { return }
        number = object["number"]?.stringValue ?? ""
        reference = object["reference"]?.stringValue ?? ""
        amount = (object["amount"]?.stringValue).flatMap { try? Money(parsing: $0, in: .THB) } ?? amount
        callback = object["callback"]?.stringValue ?? ""
    }

    var bytes: [UInt8] {
        var json = JSONWriter(capacity: 192)
        json.object { json in
            json.member("number", number)
            json.member("reference", reference)
            json.member("amount", amount.text)
            json.member("callback", callback)
        }
        return json.bytes
    }
}

/// A deposit or a withdrawal as this API shows it.
struct Order {
    enum Kind: String { case deposit, withdrawal }
    enum Status: String { case pending, completed, failed, expired }

    let kind: Kind
    let status: Status
    let echo: OrderEcho
    let fee: Money
    /// What is left of the money for who receives it.
    let transfer: Money
    let created: Instant
    /// When it came to its end, whichever.
    let ended: Instant?

    /// What has been received: nothing, as long as it is not completed.
    var actual: Money { status == .completed ? transfer : Money(minorUnits: 0, .THB) }
    var completed: Instant? { status == .completed ? ended : nil }

    /// - Parameter fees: the merchant's, for a deposit that has not been paid yet.
    init(_ deposit: Payment, fees: FeePlan) {
        kind = .deposit
        echo = OrderEcho(deposit.echo)
        transfer = deposit.settlement?.net ?? deposit.net(fees)
        fee = (try? (deposit.settlement?.gross ?? deposit.amount).subtracting(transfer)) ?? transfer
        created = deposit.created
        switch deposit.state {
        case .settled:
            status = .completed
            ended = deposit.capturedAt
        case .cancelled:
            status = deposit.failureCode == invitationExpiredCode ? .expired : .failed
            ended = deposit.method.invitation?.expires
        default:
            status = .pending
            ended = nil
        }
    }

    init(_ payout: Payout) {
        kind = .withdrawal
        echo = OrderEcho(payout.echo)
        transfer = payout.transfer
        fee = (try? payout.fee.adding(payout.vat)) ?? payout.fee
        created = payout.created
        ended = payout.ended
        switch payout.state {
        case .pending, .queued: status = .pending
        case .succeeded: status = .completed
        case .failed: status = .failed
        }
    }
}

extension Payment {
    /// What is left of a deposit's amount by this plan.
    func net(_ fees: FeePlan) -> Money {
        (try? fees.settlement(of: amount, rate: .one, at: created).net) ?? amount
    }
}

extension Merchant {
    var depositFees: FeePlan { settings(JWTPay.id).depositFees ?? .none }
}

extension JWTPayAPI {
    /// `POST /api/v1/order/query`: by either number; where both are given they must name one order.
    func queryOrder(_ call: Call) async throws -> [UInt8] {
        let number = try call.parameters.text("order_no", 100)
        let reference = try call.parameters.text("agent_order_no", 100)
        let name: Alias
        switch (number, reference) {
        case (nil, nil): throw JWTPayError.noOrderNumber
        case (let number?, _): name = JWTPay.Names.number(number, of: call.merchant.id)
        case (nil, let reference?): name = JWTPay.Names.reference(reference, of: call.merchant.id)
        }
        let order = try await order(name, call.merchant)
        if let reference, reference != order.echo.reference { throw JWTPayError.orderNotFound }
        return Messages.order(order)
    }

    private func order(_ name: Alias, _ merchant: Merchant) async throws -> Order {
        switch try await gateway.movement(name) {
        case .payment(let report): Order(report.payment, fees: merchant.depositFees)
        case .payout(let payout): Order(payout)
        }
    }

    /// Makes an order under a number of its own: `DP` or `WD`, Unix seconds, six capital letters and digits. Where
    /// chance has brought a number that is taken, it is made again with another.
    func numbered<Value>(
        _ prefix: String, _ reference: String, _ merchant: MerchantID,
        _ make: (_ number: String, _ names: [Alias]) async throws -> Value
    ) async throws -> Value {
        let name = JWTPay.Names.reference(reference, of: merchant)
        for _ in 1..<4 {
            do {
                let number = newNumber(prefix)
                return try await make(number, [name, JWTPay.Names.number(number, of: merchant)])
            } catch GatewayFault.referenceTaken {
                try await requireUnused(name)
            }
        }
        throw GatewayFault.unavailable
    }

    private func requireUnused(_ name: Alias) async throws {
        do {
            _ = try await gateway.movement(name)
        } catch GatewayFault.notFound {
            return
        }
        throw JWTPayError.duplicate
    }

    private func newNumber(_ prefix: String) -> String {
        let seconds = gateway.clock.now().microseconds / 1_000_000
        var random = gateway.entropy.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        let tail = (0..<6).map { _ in
            defer { random /= 36 }
            return digits[Int(random % 36)]
        }
        return "\(prefix)\(seconds)\(String(tail))"
    }
}
