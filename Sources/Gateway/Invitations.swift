import Money
import Payments
import Rails
import Store

/// A merchant's request to let a payer pay by themselves.
public struct InvitationCommand: Sendable {
    public let merchant: Merchant
    public let dialect: DialectID
    public let acceptor: Acceptor
    public let amount: Money
    public let scheme: PushScheme
    public let form: Invitation.Form
    public let expires: Instant
    /// The order that is paid so, where there is one.
    public let order: ID<Order>?
    /// The merchant's own name for the payment. It may be the name of its order.
    public let reference: Alias
    /// The payer's phone, where they are told by a message.
    public let phone: String?
    /// Where the payer's browser comes back to from a wallet's page.
    public let returnURL: (@Sendable (ID<Payment>) -> String)?
    /// The address of a picture of the shop, which the rail's app may show.
    public let picture: String?
    public let echo: [UInt8]

    public init(
        merchant: Merchant, dialect: DialectID, acceptor: Acceptor, amount: Money, scheme: PushScheme,
        form: Invitation.Form, expires: Instant, order: ID<Order>?, reference: Alias, phone: String? = nil,
        returnURL: (@Sendable (ID<Payment>) -> String)? = nil, picture: String? = nil, echo: [UInt8]
    ) {
        self.merchant = merchant
        self.dialect = dialect
        self.acceptor = acceptor
        self.amount = amount
        self.scheme = scheme
        self.form = form
        self.expires = expires
        self.order = order
        self.reference = reference
        self.phone = phone
        self.returnURL = returnURL
        self.picture = picture
        self.echo = echo
    }
}

/// Inviting payers to pay by themselves: intent, the rail, outcome.
extension Gateway {
    /// Makes an invitation, or gives an order's open one again. Throws `GatewayFault`; a refusal by the rail is a
    /// declined payment, and where the rail does not answer the payment stays as it is and is taken back later.
    public func present(_ command: InvitationCommand, answering: Answering? = nil) async throws -> PaymentReport {
        guard command.amount.isPositive else { throw GatewayFault.refused(.amountNotPositive) }
        guard let rail = rails.push[command.scheme] else { throw GatewayFault.noRoute }
        let id: ID<Payment> = entropy.id(at: clock.now())
        return try await inHand.holding(.payment(id)) {
            let payment = try await retrying { try await invite(command, as: id, answering) }
            if payment.id == id {
                return try await finishPresentation(of: payment, command, rail, isFirst: true, answering: answering)
            }
            guard payment.state == .presenting else { return try await again(payment, answering) }
            // Another request is making this very invitation, or was when it was cut off.
            let report = try await inHand.holding(.payment(payment.id)) {
                try await finishPresentation(of: payment, command, rail, isFirst: false)
            }
            return try await again(report.payment, answering)
        }
    }

    /// Commits that there is to be an invitation, before the rail hears of it. The order's version sees to it that of
    /// two at once one is first, which the other then finds.
    private func invite(
        _ command: InvitationCommand, as id: ID<Payment>, _ answering: Answering?
    ) async throws -> Payment {
        let (order, former, taken) = try await read { reader -> (Order?, Payment?, Subject?) in
            let order = try command.order.flatMap { try reader.order($0) }
            return (
                order, try order?.payment.flatMap { try reader.payment($0) }, try reader.subject(of: command.reference)
            )
        }
        if let taken, taken != command.order.map(Subject.order) { throw GatewayFault.referenceTaken }
        guard (order == nil) == (command.order == nil), order.map({ $0.merchant == command.merchant.id }) ?? true else {
            throw GatewayFault.notFound
        }
        let now = clock.now()
        if let former, try await isStillOpen(former, for: command, at: now) {
            // A name of its own would be a name for nothing.
            guard taken != nil else { throw GatewayFault.order(.underWay(former.id)) }
            return former
        }
        let payment = Payment(
            id: id, version: 1, merchant: command.merchant.id, dialect: command.dialect,
            acceptor: command.acceptor.mid, amount: command.amount, state: .presenting,
            method: .push(
                Invitation(of: id, scheme: command.scheme, form: command.form, expires: command.expires)),
            order: command.order, created: now,
            usage: try usage(of: command.amount, by: command.merchant, through: command.dialect, at: now),
            echo: command.echo)
        let step = payment.presentationStarted()
        var changes = Changes(at: now)
        if let answering { changes.add(answering.claim(for: .payment(id))) }
        if taken == nil { changes.add(.name(command.reference, .payment(id))) }
        if let order { changes.add(.updateOrder(try attempt(order, by: payment, after: former?.state))) }
        changes.add(contentsOf: count(payment, of: command.merchant))
        changes.add(.insert(payment))
        changes.add(.due(.payment(id), step.due, by: process))
        try await commit(changes)
        answering?.ticket.claimed.set()
        return payment
    }

    /// Whether the order's former attempt is this very invitation, and the payer may still take it. One whose time is
    /// over is taken back first.
    private func isStillOpen(_ former: Payment, for command: InvitationCommand, at now: Instant) async throws -> Bool {
        guard let invitation = former.method.invitation, invitation.scheme == command.scheme,
            invitation.form == command.form, former.state == .presenting || former.state == .presented
        else { return false }
        guard former.isToBeTakenBack(at: now) else { return true }
        try await look(at: former.id)
        // Decide again on what it has become.
        throw StoreError.conflict(.stale("payment \(former.id.hex)"))
    }

    /// The order with this payment as its attempt. Throws `GatewayFault.order`.
    func attempt(_ order: Order, by payment: Payment, after former: PaymentState?) throws -> Order {
        do throws(OrderFault) {
            return try order.attempted(
                by: payment.id, of: payment.amount, after: former, at: payment.created)
        } catch {
            throw GatewayFault.order(error)
        }
    }

    /// An open invitation, once more. The response is kept for the key of this request too.
    private func again(_ payment: Payment, _ answering: Answering?) async throws -> PaymentReport {
        let report = PaymentReport(payment: payment)
        guard let answering, !payment.state.isUnresolved else { return report }
        var changes = Changes(at: clock.now())
        changes.add(answering.ticket.claim(for: .payment(payment.id), response: answering.render(report)))
        try await commit(changes)
        return report
    }

    private func finishPresentation(
        of payment: Payment, _ command: InvitationCommand, _ rail: any PushRail, isFirst: Bool,
        answering: Answering? = nil
    ) async throws -> PaymentReport {
        guard let invitation = payment.method.invitation else { return PaymentReport(payment: payment) }
        let request = PresentationRequest(
            reference: RailReference(.present, of: payment.id), acceptor: payment.acceptor, amount: payment.amount,
            invitation: invitation, merchantName: command.merchant.name,
            merchantReference: command.reference.value, phone: command.phone,
            returnURL: command.returnURL?(payment.id), picture: command.picture)
        switch await presentation(request, rail, isFirst: isFirst) {
        case .approved(let presentation):
            let step = try payment.presented(as: presentation.payload, at: clock.now())
            return try await conclude(step, answering: answering)
        case .declined(let code): return try await conclude(payment.declined(code: code), answering: answering)
        case .unknown: return PaymentReport(payment: payment)
        }
    }
}

extension Gateway {
    /// Asks the rail, once more where no answer comes: the same request again gets the same answer. A refusal is final
    /// where this is the only request, or where the rail has it on its books.
    private func presentation(
        _ request: PresentationRequest, _ rail: any PushRail, isFirst: Bool
    ) async -> RailOutcome<Presentation> {
        let first = await rail.present(request)
        switch first {
        case .approved: return first
        case .declined: if isFirst { return first }
        case .unknown: break
        }
        let second = await rail.present(request)
        if case .approved = second { return second }
        if case .declined(let code) = await rail.inquire(request.reference) { return .declined(code: code) }
        return .unknown(reason: "no answer")
    }

    /// Whether payers can pay by themselves this way here.
    public func offers(_ scheme: PushScheme) -> Bool { rails.push[scheme] != nil }
}
