import Payments
import Rails
import Store

/// Turning what a bank has said of a payer's session into one commit: the session, the deposit, the money's line.
extension Gateway {
    /// Commits what the bank has said. Where somebody else has moved the session meanwhile, theirs stands, unless the
    /// bank's word is the last one.
    func conclude(_ report: BankSessionReport, _ word: BankWord) async throws -> BankSessionReport {
        var numbers: [Int64] = []
        if case .transferred = word { numbers = Array(try await lineNumber(of: report.payment.merchant)) }
        var current = report
        for attempt in 0..<Self.attempts {
            guard attempt == 0 || word.isLast, let next = current.session.hearing(word, at: clock.now()) else {
                return current
            }
            do {
                if case .transferred(let credit) = word {
                    return try await succeed(current, as: next, credit, number: numbers[0])
                }
                return try await store(current, as: next)
            } catch StoreError.conflict(.stale), StoreError.conflict(.duplicate) {
                current = try await reloaded(current)
            }
        }
        throw GatewayFault.pending
    }

    /// Nobody will pay so any more.
    func fail(_ report: BankSessionReport, because problem: BankSessionProblem) async throws -> BankSessionReport {
        var current = report
        for _ in 0..<Self.attempts {
            // Whoever has told the bank something meanwhile will hear what it says.
            guard !current.session.state.isOver, current == report || !current.session.state.isUnresolved,
                let next = try? current.session.failed(problem, at: clock.now())
            else { return current }
            do {
                return try await store(current, as: next)
            } catch StoreError.conflict(.stale) {
                current = try await reloaded(current)
            }
        }
        throw GatewayFault.pending
    }

    /// Commits a session's step. A session that has come to nothing ends its deposit too.
    func store(_ report: BankSessionReport, as next: BankSession) async throws -> BankSessionReport {
        guard next.state == .failed else {
            var changes = Changes(at: clock.now())
            let moved = BankSessionReport(session: next, payment: report.payment)
            let due = moved.due(at: changes.at)
            changes.add(.updateBankSession(next))
            changes.add(.due(.payment(next.payment), due, by: next.state.isUnresolved ? process : nil))
            tell(moved, after: report.session, &changes)
            try await commit(changes)
            return moved
        }
        let code = next.problem == .expired ? invitationExpiredCode : invitationCancelledCode
        let step = try report.payment.lapsed(code: code)
        var changes = changes(for: step)
        let moved = BankSessionReport(session: next, payment: step.payment)
        changes.add(.updateBankSession(next))
        tell(moved, after: report.session, &changes)
        try await commit(changes)
        return moved
    }

    /// The money has left the payer's account: its line is kept, as the statement will show it, and pays the deposit.
    private func succeed(
        _ report: BankSessionReport, as next: BankSession, _ credit: BankCredit, number: Int64
    ) async throws -> BankSessionReport {
        let payment = report.payment
        guard let account = Int64(payment.acceptor) else { throw GatewayFault.notFound }
        // The statement may have come first.
        let known = try await read { try $0.line(key: credit.key, of: payment.merchant, account: account) }
        if let known, known.use != .unmatched || known.credit.amount != payment.amount {
            return try await store(report, as: try report.session.failed(.lineUsed, at: clock.now()))
        }
        var changes = Changes(at: clock.now())
        let line =
            known
            ?? StatementLine(
                id: entropy.id(at: changes.at), version: 1, merchant: payment.merchant, account: account,
                number: number, credit: credit, imported: changes.at)
        let paid = try receive(line, paying: payment, storing: known != nil, &changes)
        changes.add(.updateBankSession(next))
        let moved = BankSessionReport(session: next, payment: paid)
        tell(moved, after: report.session, &changes)
        try await commit(changes)
        return moved
    }

    private func lineNumber(of merchant: MerchantID) async throws -> Range<Int64> {
        try await reserve(1, of: .lines(of: merchant))
    }

    private func reloaded(_ report: BankSessionReport) async throws -> BankSessionReport {
        try await bankSession(report.session.token, dialect: report.payment.dialect)
    }

    /// Adds the notice for a step, where the deposit's dialect has one.
    private func tell(_ report: BankSessionReport, after earlier: BankSession, _ changes: inout Changes) {
        let payment = report.payment
        guard let event = report.session.event(after: earlier) else { return }
        tell(event.rawValue, about: .payment(payment.id), payment.merchant, payment.dialect, &changes) {
            $0.notice(of: event, report, to: $1)
        }
    }
}

extension BankWord {
    /// Whether the bank will say nothing else any more.
    fileprivate var isLast: Bool {
        switch self {
        case .transferred, .refused: true
        case .asksCredentials, .signedIn, .asksCode, .unknown: false
        }
    }
}
