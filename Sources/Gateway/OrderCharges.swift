import Payments
import Store

/// What a new payment has to do with an order.
struct OrderClaim: Sendable {
    /// The order with the payment as its attempt; nil where the payment is for no order.
    var order: Order?
    /// Whether the payment goes by its order's name, so that it takes none of its own.
    var usesItsName = false

    /// To be stored with the payment's intent.
    func changes(naming reference: Alias, _ payment: Payment) -> [Change] {
        (usesItsName ? [] : [.name(reference, .payment(payment.id))]) + (order.map { [.updateOrder($0)] } ?? [])
    }
}

extension Gateway {
    /// The order that a new payment is to pay. Throws `GatewayFault.order` where it cannot.
    func claim(_ command: ChargeCommand, for payment: Payment) async throws -> OrderClaim {
        guard let id = command.order else { return OrderClaim() }
        let (found, former, named) = try await read { reader in
            let order = try reader.order(id)
            return (
                order, try order?.payment.flatMap { try reader.payment($0) }?.state,
                try reader.subject(of: command.reference)
            )
        }
        guard let order = found, order.merchant == command.merchant.id else { throw GatewayFault.notFound }
        return OrderClaim(
            order: try attempt(order, by: payment, after: former), usesItsName: named == .order(order.id))
    }

    /// Commits the intent of a payment. Where another has claimed its order meanwhile, theirs stands.
    func commit(_ intent: Changes, of payment: Payment, _ claim: OrderClaim) async throws {
        do {
            try await commit(intent)
        } catch StoreError.conflict(.stale) where claim.order != nil {
            let current = try await read { reader in try claim.order.flatMap { try reader.order($0.id) }?.payment }
            throw GatewayFault.order(.underWay(current ?? payment.id))
        }
    }
}
