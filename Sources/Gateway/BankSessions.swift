import Money
import Payments
import Rails
import Store

/// A payer's session at their bank with the deposit that it pays.
public struct BankSessionReport: Sendable, Equatable {
    public let session: BankSession
    public let payment: Payment

    /// Whether the payer has chosen to pay by a QR code instead of signing in.
    public var paysByQR: Bool { payment.expectation?.until != nil }

    public init(session: BankSession, payment: Payment) {
        self.session = session
        self.payment = payment
    }
}

/// Deposits that payers pay from their own bank on a page of ours: intent, the bank, outcome.
extension Gateway {
    /// Opens a deposit and a session beside it, in one commit. The deposit is paid by this session's transfer alone.
    /// `token` is the secret part of the page's address. Throws `GatewayFault`: `.noRoute` where no bank lets payers
    /// pay so, and what `openDeposit` throws.
    public func openBankSession(
        _ command: DepositCommand, bank: String, kind: BankAccountKind, token: String,
        answering: Answering? = nil
    ) async throws -> BankSessionReport {
        guard let rail = rails.bankSessions, rail.serves(bank: bank), command.expectation.until == nil else {
            throw GatewayFault.noRoute
        }
        @Sendable func session(beside payment: Payment) -> BankSession {
            BankSession(payment: payment.id, token: token, bank: bank, kind: kind)
        }
        let report = try await openDeposit(
            command, answering: answering, beside: { [.insertBankSession(session(beside: $0))] })
        return BankSessionReport(session: session(beside: report.payment), payment: report.payment)
    }

    /// Whether payers of this Thai bank can pay on a page of ours.
    public func takesBankSessions(from bank: String) -> Bool { rails.bankSessions?.serves(bank: bank) ?? false }

    /// Whether the banks are simulated, so that no money moves.
    public var hasSimulatedBanks: Bool { rails.bankSessions?.isSimulated ?? false }

    /// The session whose page has this token, as it stands. Throws `GatewayFault.notFound`.
    public func bankSession(_ token: String, dialect: DialectID) async throws -> BankSessionReport {
        let found = try await read { reader in
            try reader.bankSession(token: token).flatMap { try reader.report(on: $0) }
        }
        guard let found, found.payment.dialect == dialect else { throw GatewayFault.notFound }
        return found
    }

    /// The payer has opened the page: the session begins, and what the bank may know by now is asked for. Throws
    /// `GatewayFault`.
    public func visitBankSession(_ token: String, dialect: DialectID) async throws -> BankSessionReport {
        let report = try await retrying {
            let report = try await bankSession(token, dialect: dialect)
            let now = clock.now()
            guard report.session.state == .created, !report.payment.isOver(at: now) else { return report }
            return try await store(report, as: report.session.opened(at: now))
        }
        guard report.session.state.isUnresolved || report.isLate(at: clock.now()) else { return report }
        // Who is at it already is left alone.
        let pursued = try await inHand.holdingAlone(.payment(report.payment.id)) { try await advance(report) }
        return pursued ?? report
    }

    /// The payer signs in to their bank, and the bank is asked for the transfer. Where the session is elsewhere by
    /// now nothing happens. Throws `GatewayFault`.
    public func signIn(
        _ token: String, dialect: DialectID, userName: Secret<String>, password: Secret<String>
    ) async throws -> BankSessionReport {
        try await step(
            token, dialect, from: .awaitingSignIn, decide: { try $0.givingCredentials() },
            call: { await $1.signIn(BankSignIn($0, userName: userName, password: password)) })
    }

    /// The payer types in a code of the bank's. Where the session is elsewhere by now nothing happens. Throws
    /// `GatewayFault`.
    public func confirm(
        _ token: String, dialect: DialectID, _ which: BankCode, _ code: Secret<String>
    ) async throws -> BankSessionReport {
        let state = which == .first ? BankSessionState.awaitingFirstCode : .awaitingSecondCode
        return try await step(
            token, dialect, from: state, decide: { try $0.giving(which) },
            call: { await $1.confirm(code, which, of: $0.payment) })
    }

    /// The payer pays by a QR code instead: from now on, and until the token expires, a line of the statement pays the
    /// deposit, and nobody signs in. Where the session is elsewhere by now nothing happens. Throws `GatewayFault`.
    public func payByQR(_ token: String, dialect: DialectID) async throws -> BankSessionReport {
        let chosen = try await retrying {
            let report = try await bankSession(token, dialect: dialect)
            let now = clock.now()
            guard report.session.state == .awaitingSignIn, !report.paysByQR, !report.payment.isOver(at: now),
                let expires = report.payment.method.invitation?.expires
            else { return report }
            let chosen = BankSessionReport(
                session: try report.session.choosingQR(),
                // What was credited before they chose is not theirs.
                payment: try report.payment.expecting(from: now, until: expires).payment)
            var changes = Changes(at: now)
            changes.add(.updateBankSession(chosen.session))
            changes.add(.update(chosen.payment))
            try await commit(changes)
            return chosen
        }
        // Its line may have been read while this was being stored.
        return try await isPaidByQR(chosen) ? bankSession(token, dialect: dialect) : chosen
    }

    /// Whether the money of a session that is paid by QR code has come, of which nobody has heard yet.
    private func isPaidByQR(_ report: BankSessionReport) async throws -> Bool {
        guard report.paysByQR, report.payment.state == .presented else { return false }
        return try await lookForMoney(report.payment.id)?.state == .settled
    }

    /// The payer gives up. Where the money has left already, or may leave at this moment, nothing happens. Throws
    /// `GatewayFault`.
    public func cancelBankSession(_ token: String, dialect: DialectID) async throws -> BankSessionReport {
        let report = try await bankSession(token, dialect: dialect)
        guard !report.session.state.isOver, !report.session.state.isUnresolved else { return report }
        return try await inHand.holding(.payment(report.payment.id)) { try await end(report, because: .cancelled) }
    }

    /// Commits that the bank is about to be told something, tells it, and commits what it says.
    private func step(
        _ token: String, _ dialect: DialectID, from state: BankSessionState,
        decide: (BankSession) throws -> BankSession,
        call: (BankSession, any BankSessionRail) async -> BankWord
    ) async throws -> BankSessionReport {
        let first = try await bankSession(token, dialect: dialect)
        guard let rail = rails.bankSessions else { throw GatewayFault.noRoute }
        return try await inHand.holding(.payment(first.payment.id)) {
            var report = first
            var known: BankSessionProblem?
            let isMine = try await retrying {
                report = try await bankSession(token, dialect: dialect)
                guard report.session.state == state, !report.paysByQR, !report.payment.isOver(at: clock.now()) else {
                    return false
                }
                known = report.session.problem
                report = try await store(report, as: decide(report.session))
                return true
            }
            guard isMine else { return report }
            report = try await conclude(report, await call(report.session, rail))
            return try await pursue(report, beyond: known)
        }
    }

    /// What is due of a session: its end, or an outcome that nobody knows.
    func attend(to session: BankSession, beside payment: Payment, _ item: DueItem) async throws {
        let report = try await advance(BankSessionReport(session: session, payment: payment))
        guard !report.session.state.isOver else { return }
        let now = clock.now()
        guard !report.isLate(at: now) else { throw GatewayFault.pending }
        var changes = Changes(at: now)
        changes.add(.moveDue(item, report.due(at: now)))
        try await commit(changes)
    }

    /// Brings a session as far as it can be brought without the payer.
    private func advance(_ report: BankSessionReport) async throws -> BankSessionReport {
        let pursued = try await pursue(report)
        guard pursued.isLate(at: clock.now()) else { return pursued }
        return try await end(pursued, because: .expired)
    }

    /// Asks the bank for as long as it is the bank's turn, and it answers.
    /// - Parameter problem: what the payer knew of before their last try, whose answer was lost.
    private func pursue(
        _ report: BankSessionReport, beyond problem: BankSessionProblem? = nil
    ) async throws -> BankSessionReport {
        guard let rail = rails.bankSessions else { return report }
        var report = report
        while report.session.state.isUnresolved {
            let before = report.session
            report = try await conclude(report, await ask(rail, report).beyond(problem))
            if report.session == before { return report }
        }
        return report
    }

    private func ask(_ rail: any BankSessionRail, _ report: BankSessionReport) async -> BankWord {
        guard report.session.state == .signedIn, let request = transferRequest(report.payment) else {
            return await rail.status(of: report.payment.id)
        }
        let word = await rail.order(request)
        // What got no answer is inquired at once.
        if case .unknown = word { return await rail.status(of: report.payment.id) }
        return word
    }

    private func transferRequest(_ payment: Payment) -> BankTransferRequest? {
        Int64(payment.acceptor).flatMap { directory.merchant(payment.merchant)?.collectionAccount($0) }.map {
            BankTransferRequest(
                reference: payment.id, beneficiary: Beneficiary(bank: $0.bank, account: $0.account, name: $0.name),
                amount: payment.amount)
        }
    }

    /// Nobody shall pay so any more. A bank that may know of the session is told first, so that nothing on its way to
    /// it moves money; where the money has left meanwhile, that counts. Throws `GatewayFault.pending` where the bank
    /// does not answer.
    private func end(_ report: BankSessionReport, because problem: BankSessionProblem) async throws -> BankSessionReport
    {
        if try await isPaidByQR(report) {
            return try await bankSession(report.session.token, dialect: report.payment.dialect)
        }
        guard report.session.state.isAtBank, let rail = rails.bankSessions else {
            return try await fail(report, because: problem)
        }
        switch await rail.cancel(report.payment.id) {
        case .transferred(let credit): return try await conclude(report, .transferred(credit))
        case .unknown: throw GatewayFault.pending
        case .asksCredentials, .signedIn, .asksCode, .refused: return try await fail(report, because: problem)
        }
    }
}

extension Reader {
    fileprivate func report(on session: BankSession) throws -> BankSessionReport? {
        try payment(session.payment).map { BankSessionReport(session: session, payment: $0) }
    }
}

extension BankSessionReport {
    /// Whether the payer's time is over and the session is not.
    func isLate(at now: Instant) -> Bool { !session.state.isOver && payment.isOver(at: now) }

    /// When the session next needs attention, unless the payer does something before.
    func due(at now: Instant) -> Instant? {
        if session.state.isOver { return nil }
        return session.state.isUnresolved
            ? now.adding(seconds: unresolvedRetrySeconds) : payment.method.invitation?.expires
    }
}
