import Ledger
import Payments
import Store

/// Lines that pay deposits, gathered as changes.
extension Gateway {
    /// Adds what a match stores, and returns the paid deposit; nil where the deposit cannot be paid, as when its fees are
    /// more than there is: nothing is added then.
    func receive(_ match: DepositMatcher.Match, storing isStored: Bool, _ changes: inout Changes) -> Payment? {
        try? receive(match.line, paying: match.deposit, storing: isStored, &changes)
    }

    /// Adds what matches store of payers' sessions that they end. A session that has moved since its deposit was read
    /// is a conflict: its deposit has moved with it.
    func endSessions(paidBy matches: some Collection<DepositMatcher.Match>, _ changes: inout Changes) async throws {
        let ids = matches.map(\.deposit).filter { $0.method.invitation?.scheme == .bankTransfer }.map(\.id)
        guard !ids.isEmpty else { return }
        let sessions = try await read { reader in try ids.compactMap { try reader.bankSession(of: $0) } }
        for session in sessions {
            do throws(BankSessionFault) {
                changes.add(.updateBankSession(try session.paidByQR(at: changes.at)))
            } catch {
                throw StoreError.conflict(.stale("session of \(session.payment)"))
            }
        }
    }

    /// The same for a line that pays a deposit.
    func receive(
        _ line: StatementLine, paying deposit: Payment, storing isStored: Bool, _ changes: inout Changes
    ) throws -> Payment {
        let step = try deposit.received(line, fees: depositFees(of: deposit), at: changes.at)
        let line = try line.matched(to: deposit.id)
        if isStored { changes.add(.updateLine(line)) } else { insert(line, &changes) }
        add(paid: step, &changes)
        return step.payment
    }

    /// What is kept of a deposit's money.
    func depositFees(of deposit: Payment) -> FeePlan {
        directory.merchant(deposit.merchant)?.settings(deposit.dialect).depositFees ?? .none
    }

    /// Adds what a paid deposit stores, but for its line.
    func add(paid step: PaymentStep, _ changes: inout Changes) {
        let deposit = step.payment
        changes.add(.update(deposit))
        changes.add(contentsOf: step.transfers.map { .transfer($0) })
        changes.add(.due(.payment(deposit.id), nil))
        if let order = deposit.order { changes.add(.payOrder(order, by: deposit.id)) }
        tell(step.event, PaymentReport(payment: deposit), &changes)
    }

    /// Adds a new line and its money.
    func insert(_ line: StatementLine, _ changes: inout Changes) {
        changes.add(.insertLine(line))
        changes.add(.transfer(line.arrival))
    }
}
