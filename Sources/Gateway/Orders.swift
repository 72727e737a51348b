import Money
import Payments
import Store

/// A merchant's request to be paid later, by one of several means.
public struct OrderCommand: Sendable {
    public let merchant: Merchant
    public let dialect: DialectID
    public let amount: Money
    /// The API's own word for how the order may be paid.
    public let means: String
    /// The merchant id at the acquirer, where the merchant named one.
    public let acceptor: String?
    public let lifetimeSeconds: Int64
    /// The merchant's own name for the order.
    public let reference: Alias
    public let echo: [UInt8]

    public init(
        merchant: Merchant, dialect: DialectID, amount: Money, means: String, acceptor: String?,
        lifetimeSeconds: Int64, reference: Alias, echo: [UInt8]
    ) {
        self.merchant = merchant
        self.dialect = dialect
        self.amount = amount
        self.means = means
        self.acceptor = acceptor
        self.lifetimeSeconds = lifetimeSeconds
        self.reference = reference
        self.echo = echo
    }
}

/// An order and the latest attempt to pay it.
public struct OrderReport: Sendable, Equatable {
    public let order: Order
    public let attempt: PaymentReport?
}

extension Gateway {
    /// Keeps an order. With a ticket the response is kept with it.
    ///
    /// Throws `GatewayFault`: `referenceTaken`, or a limit that a payment of this amount would exceed now.
    public func createOrder(
        _ command: OrderCommand, ticket: IdempotencyTicket? = nil, render: (Order) -> [UInt8] = { _ in [] }
    ) async throws -> Order {
        guard command.amount.isPositive else { throw GatewayFault.refused(.amountNotPositive) }
        let now = clock.now()
        try await requireRoom(for: command.amount, of: command.merchant, through: command.dialect, at: now)
        let order = Order(
            id: entropy.id(at: now), version: 1, merchant: command.merchant.id, dialect: command.dialect,
            amount: command.amount, means: command.means, acceptor: command.acceptor, created: now,
            expires: now.adding(seconds: command.lifetimeSeconds), echo: command.echo)
        var changes = Changes(at: now)
        if let ticket { changes.add(ticket.claim(for: .order(order.id), response: render(order))) }
        changes.add(.name(command.reference, .order(order.id)))
        changes.add(.insertOrder(order))
        try await commit(changes)
        ticket?.claimed.set()
        return order
    }

    /// The order with this id and its attempt, if it is this merchant's and was made through this dialect. Throws
    /// `GatewayFault.notFound`.
    public func order(
        _ id: ID<Order>, of merchant: MerchantID, dialect: DialectID
    ) async throws -> OrderReport {
        guard let order = try await read({ try $0.order(id) }), order.merchant == merchant, order.dialect == dialect
        else { throw GatewayFault.notFound }
        guard let attempt = order.payment else { return OrderReport(order: order, attempt: nil) }
        let report = try await report(on: attempt, of: merchant, dialect: dialect)
        // The attempt may just have been found to be paid.
        guard let current = try await read({ try $0.order(id) }) else { throw GatewayFault.notFound }
        return OrderReport(order: current, attempt: report)
    }

    /// Whether the merchant has a customer with this id.
    public func knowsCustomer(_ id: ID<Customer>, of merchant: MerchantID) async throws -> Bool {
        try await read { try $0.customer(id) }?.merchant == merchant
    }
}
