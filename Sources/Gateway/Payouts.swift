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
    /// waits for the bank. Throws `GatewayFault`: `.insufficientBalance`, `.overTransactionLimit`, `.referenceTaken` where
    /// a name is taken.
    /// With a ticket the response is kept with it.
    public func createPayout(
        _ command: PayoutCommand, ticket: IdempotencyTicket? = nil, render: (Payout) -> [UInt8] = { _ in [] }
    ) async throws -> Payout {
        let now = clock.now()
        guard rails.payouts.isServed else { throw GatewayFault.unavailable }
        guard command.amount.isPositive else { throw GatewayFault.refused(.amountNotPositive) }
        guard command.merchant.settings(command.dialect).limits.allows(command.amount) else {
            throw GatewayFault.overTransactionLimit
        }
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
}
