import Ledger
import Money
import Payments
import Rails
import Store

/// A merchant's request to send money to a bank account.
public struct PayoutCommand: Sendable {
    public let merchant: Merchant
    public let dialect: DialectID
    public let beneficiary: Beneficiary
    /// What is to arrive, or where the fee is taken from it, what the merchant pays in all.
    public let amount: Money
    /// Whether fee and tax are taken from the amount rather than on top of it.
    public let isFeeIncluded: Bool
    public let remark: String
    /// Names by which the payout is found again, each taken for good: the merchant's own reference, a number.
    public let names: [Alias]
    /// What the dialect wants to find beside the payout.
    public let echo: [UInt8]

    public init(
        merchant: Merchant, dialect: DialectID, beneficiary: Beneficiary, amount: Money,
        isFeeIncluded: Bool = false, remark: String = "", names: [Alias], echo: [UInt8]
    ) {
        self.merchant = merchant
        self.dialect = dialect
        self.beneficiary = beneficiary
        self.amount = amount
        self.isFeeIncluded = isFeeIncluded
        self.remark = remark
        self.names = names
        self.echo = echo
    }
}

/// Money that leaves through a bank.
extension Gateway {
    /// Holds the amount and its fee, and has the bank told as soon as that is stored: the due run does it, so nobody
    /// waits for the bank. Throws `GatewayFault`: `.insufficientBalance`, `.referenceTaken` where a name is taken.
    /// With a ticket the response is kept with it.
    public func createPayout(
        _ command: PayoutCommand, ticket: IdempotencyTicket? = nil, render: (Payout) -> [UInt8] = { _ in [] }
    ) async throws -> Payout {
        let now = clock.now()
        guard rails.payouts.isServed else { throw GatewayFault.unavailable }
        guard command.amount.isPositive else { throw GatewayFault.refused(.amountNotPositive) }
        let cost = try cost(of: command)
        guard cost.transfer.isPositive else { throw GatewayFault.refused(.amountNotPositive) }
        let payout = Payout(
            id: entropy.id(at: now), version: 1, merchant: command.merchant.id, dialect: command.dialect,
            beneficiary: command.beneficiary, transfer: cost.transfer, fee: cost.fee, vat: cost.vat,
            remark: command.remark, created: now, echo: command.echo)
        guard let step = try? payout.opened() else { throw GatewayFault.refused(.overflow) }
        var changes = Changes(at: now)
        for name in command.names { changes.add(.name(name, .payout(payout.id))) }
        changes.add(.insertPayout(payout))
        if let ticket { changes.add(ticket.claim(for: .payout(payout.id), response: render(payout))) }
        add(step, to: &changes)
        do {
            try await commit(changes)
        } catch StoreError.conflict(.insufficientFunds) {
            throw GatewayFault.insufficientBalance
        }
        ticket?.claimed.set()
        return payout
    }

    /// What arrives, and what is taken for it.
    private func cost(of command: PayoutCommand) throws(GatewayFault) -> (transfer: Money, fee: Money, vat: Money) {
        let fees = command.merchant.settings(command.dialect).payoutFees ?? .none
        do {
            let charge = try fees.charge(on: command.amount)
            let transfer =
                command.isFeeIncluded
                ? try command.amount.subtracting(charge.fee).subtracting(charge.vat) : command.amount
            return (transfer, charge.fee, charge.vat)
        } catch {
            throw .refused(.overflow)
        }
    }

    /// The payout with this id, if it is this merchant's and was made through this dialect. Throws
    /// `GatewayFault.notFound`.
    public func payout(_ id: ID<Payout>, of merchant: MerchantID, dialect: DialectID) async throws -> Payout {
        guard let payout = try await read({ try $0.payout(id) }), payout.merchant == merchant,
            payout.dialect == dialect
        else { throw GatewayFault.notFound }
        return payout
    }

    /// The payout that a merchant knows by this name. Throws `GatewayFault.notFound`.
    public func payout(_ name: Alias) async throws -> Payout {
        guard case .payout(let id) = try await read({ try $0.subject(of: name) }) else { throw GatewayFault.notFound }
        return try await payout(id, of: name.merchant, dialect: name.dialect)
    }

    /// What a merchant may use, and what of it is held for payouts and refunds.
    public func balance(of merchant: MerchantID, currency: Currency = .THB) async throws -> Balance {
        try await read { try $0.balance(of: Account(kind: .available, owner: merchant.rawValue, currency: currency)) }
    }

    /// The same, and when it last moved; nil where it never has.
    public func datedBalance(
        of merchant: MerchantID, currency: Currency = .THB
    ) async throws -> (balance: Balance, moved: Instant?) {
        let account = Account(kind: .available, owner: merchant.rawValue, currency: currency)
        return try await read { (try $0.balance(of: account), try $0.lastMove(of: account)) }
    }

    /// A bank's word that a payout has ended: a reason to ask, no more.
    public func finishPayout(_ id: ID<Payout>) async throws {
        // Where somebody else has moved it meanwhile, it is looked at as it stands then.
        try await retrying {
            guard let payout = try await read({ try $0.payout(id) }) else { throw GatewayFault.notFound }
            try await pursue(payout)
        }
    }

    /// What is due of a payout. Where somebody else has moved it since it was read, that stands.
    func attend(to id: ID<Payout>, at instant: Instant) async throws {
        let (due, found) = try await read { (try $0.dueInstant(of: .payout(id)), try $0.payout(id)) }
        guard due == instant else { return }
        guard let payout = found, !payout.state.isOver else {
            var changes = Changes(at: clock.now())
            changes.add(.moveDue(DueItem(subject: .payout(id), at: instant), nil))
            return try await commit(changes)
        }
        try await pursue(payout)
    }

    /// Brings a payout as far as it can be brought now.
    private func pursue(_ payout: Payout) async throws {
        switch payout.state {
        case .pending:
            let step = try payout.sending(at: clock.now())
            try await store(step)
            try await conclude(step.payout, rails.payouts.send(PayoutRequest(step.payout)))
        case .queued:
            try await conclude(payout, await inquire(payout))
        case .succeeded, .failed: break
        }
    }

    /// What has become of a payout that the bank may have been told of. Where it has no such reference it is told again
    /// under the same, which the bank carries out once.
    private func inquire(_ payout: Payout) async -> PayoutStatus {
        let status = await rails.payouts.status(of: payout.id)
        guard status == .notFound else { return status }
        let answer = await rails.payouts.send(PayoutRequest(payout))
        guard case .failed = answer else { return answer }
        // The first request may still be on its way: only a refusal in the bank's own books binds it too.
        let standing = await rails.payouts.status(of: payout.id)
        return standing == .notFound ? .unknown(reason: "refused, and not in the bank's books") : standing
    }

    /// Commits what the bank has said of a payout that it was told of.
    private func conclude(_ payout: Payout, _ status: PayoutStatus) async throws {
        let now = clock.now()
        switch status {
        case .succeeded: try await store(payout.succeeded(at: now))
        case .failed(let reason): try await store(payout.failed(because: reason, at: now))
        case .underWay(let until):
            // A bank that is late with what it promised is asked again after a while.
            try await look(at: payout, until.flatMap { $0 > now ? $0 : nil } ?? payout.nextLook(after: now))
        case .notFound, .unknown: try await look(at: payout, payout.nextLook(after: now))
        }
    }

    private func store(_ step: PayoutStep) async throws {
        var changes = Changes(at: clock.now())
        changes.add(.updatePayout(step.payout))
        add(step, to: &changes)
        try await commit(changes)
    }

    /// Looks again at `instant`, unless the payout has ended meanwhile and nothing of it is due any more.
    private func look(at payout: Payout, _ instant: Instant) async throws {
        let id = payout.id
        guard let due = try await read({ try $0.dueInstant(of: .payout(id)) }) else { return }
        var changes = Changes(at: clock.now())
        changes.add(.moveDue(DueItem(subject: .payout(id), at: due), instant))
        try await commit(changes)
    }

    private func add(_ step: PayoutStep, to changes: inout Changes) {
        let payout = step.payout
        changes.add(contentsOf: step.transfers.map { .transfer($0) })
        changes.add(.due(.payout(payout.id), step.due, by: step.event == .queued ? process : nil))
        tell(step.event, payout, &changes)
    }

    /// Adds the notice for an event, where the payout's dialect has one.
    private func tell(_ event: PayoutEvent, _ payout: Payout, _ changes: inout Changes) {
        guard let dialect = dialects[payout.dialect], let merchant = directory.merchant(payout.merchant),
            let content = dialect.notice(of: event, payout, to: merchant)
        else { return }
        changes.add(
            .insertNotice(
                notice(
                    content, event: event.rawValue, about: .payout(payout.id), merchant: payout.merchant,
                    dialect: payout.dialect, at: changes.at), by: process))
    }
}
