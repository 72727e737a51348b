import Payments
import Store

/// A customer with their cards, oldest first.
public struct CustomerView: Sendable, Equatable {
    public let customer: Customer
    public let cards: [SavedCard]

    /// The card with this id, or the default one. Throws `GatewayFault.cardUnknown`.
    func card(_ id: ID<CardFace>?) throws -> SavedCard {
        guard let id = id ?? customer.defaultCard, let card = cards.first(where: { $0.face.id == id }) else {
            throw GatewayFault.cardUnknown
        }
        return card
    }
}

/// How an answer about a customer is kept with what it tells, for an idempotency key.
public struct CustomerAnswering: Sendable {
    public let ticket: IdempotencyTicket
    public let render: @Sendable (CustomerView) -> [UInt8]

    public init(ticket: IdempotencyTicket, render: @escaping @Sendable (CustomerView) -> [UInt8]) {
        self.ticket = ticket
        self.render = render
    }
}

/// Customers: load, decide, commit. What has moved meanwhile is loaded and decided again.
extension Gateway {
    /// A merchant's customer with their cards. Throws `GatewayFault.customerUnknown`, also where they are another's.
    public func customer(
        _ id: ID<Customer>, of merchant: MerchantID, dialect: DialectID
    ) async throws -> CustomerView {
        let view = try await read { reader -> CustomerView? in
            guard let customer = try reader.customer(id), customer.merchant == merchant, customer.dialect == dialect
            else { return nil }
            return CustomerView(customer: customer, cards: try reader.savedCards(of: id))
        }
        guard let view else { throw GatewayFault.customerUnknown }
        return view
    }

    /// Makes a customer, with the card of a charged token where one is named. Throws `GatewayFault`.
    public func createCustomer(
        email: String, name: String, token: Secret<String>?, of merchant: MerchantID, dialect: DialectID,
        answering: CustomerAnswering? = nil
    ) async throws -> CustomerView {
        try await retrying {
            let now = clock.now()
            let id: ID<Customer> = entropy.id(at: now)
            let kept = try await token.asyncMap { try await card(kept: $0, of: merchant, for: id, at: now) }
            let customer = Customer(
                id: id, version: 1, merchant: merchant, dialect: dialect, email: email, name: name,
                defaultCard: kept?.card.face.id, created: now)
            let view = CustomerView(customer: customer, cards: kept.map { [$0.card] } ?? [])
            var changes = Changes(at: now)
            changes.add(.insertCustomer(customer))
            if let kept { changes.add(contentsOf: kept.changes) }
            try await commit(changes, view, answering)
            return view
        }
    }

    /// Changes what is given. Throws `GatewayFault.customerUnknown` and `cardUnknown`.
    public func updateCustomer(
        _ id: ID<Customer>, of merchant: MerchantID, dialect: DialectID, email: String?, name: String?,
        defaultCard: ID<CardFace>?, answering: CustomerAnswering? = nil
    ) async throws -> CustomerView {
        try await retrying {
            let view = try await customer(id, of: merchant, dialect: dialect)
            let next = try decide { () throws(CustomerFault) in
                try view.customer.updated(email: email, name: name, defaultCard: defaultCard, cards: view.cards)
            }
            let updated = CustomerView(customer: next, cards: view.cards)
            var changes = Changes(at: clock.now())
            changes.add(.updateCustomer(next))
            try await commit(changes, updated, answering)
            return updated
        }
    }

    /// Deletes a customer and every card of theirs. Throws `GatewayFault.customerUnknown`.
    public func deleteCustomer(_ id: ID<Customer>, of merchant: MerchantID, dialect: DialectID) async throws {
        try await retrying {
            let view = try await customer(id, of: merchant, dialect: dialect)
            var changes = Changes(at: clock.now())
            changes.add(.deleteCustomer(view.customer))
            try await commit(changes)
        }
    }

    /// Keeps the card of a charged token for a customer. Throws `GatewayFault`.
    public func addCard(
        _ token: Secret<String>, to id: ID<Customer>, of merchant: MerchantID, dialect: DialectID,
        answering: CustomerAnswering? = nil
    ) async throws -> CustomerView {
        try await retrying {
            let now = clock.now()
            let view = try await customer(id, of: merchant, dialect: dialect)
            let kept = try await card(kept: token, of: merchant, for: id, at: now)
            let next = view.customer.attaching(kept.card)
            let updated = CustomerView(customer: next, cards: view.cards + [kept.card])
            var changes = Changes(at: now)
            changes.add(.updateCustomer(next))
            changes.add(contentsOf: kept.changes)
            try await commit(changes, updated, answering)
            return updated
        }
    }

    /// Deletes a card of a customer's. Throws `GatewayFault.customerUnknown` and `cardUnknown`.
    public func deleteCard(
        _ card: ID<CardFace>, of id: ID<Customer>, merchant: MerchantID, dialect: DialectID
    ) async throws {
        try await retrying {
            let view = try await customer(id, of: merchant, dialect: dialect)
            let next = try decide { () throws(CustomerFault) in
                try view.customer.removing(card, from: view.cards)
            }
            var changes = Changes(at: clock.now())
            changes.add(.updateCustomer(next))
            changes.add(.deleteSavedCard(card))
            try await commit(changes)
        }
    }

    private func commit(_ changes: Changes, _ view: CustomerView, _ answering: CustomerAnswering?) async throws {
        var changes = changes
        if let answering {
            changes.add(
                answering.ticket.claim(for: .customer(view.customer.id), response: answering.render(view)))
        }
        try await commit(changes)
    }

    private func decide(_ body: () throws(CustomerFault) -> Customer) throws -> Customer {
        do throws(CustomerFault) {
            return try body()
        } catch {
            switch error {
            case .cardUnknown: throw GatewayFault.cardUnknown
            }
        }
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<Value>(_ body: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await body(self)
    }
}
