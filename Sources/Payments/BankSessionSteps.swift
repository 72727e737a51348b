/// What a bank says of a payer's session.
public enum BankWord: Sendable, Hashable {
    /// Nobody is signed in. Where somebody has tried: why not.
    case asksCredentials(BankSessionProblem?)
    /// The payer is signed in; no transfer was asked for.
    case signedIn
    /// A code was sent. Where one was typed in already: why not that.
    case asksCode(BankCode, BankSessionProblem?)
    /// The money has left, once: as the collection account's statement will show it.
    case transferred(BankCredit)
    /// It will not be carried out, whatever the payer does.
    case refused(BankSessionProblem)
    /// No answer, or one that cannot be read.
    case unknown(reason: String)
}

extension BankWord {
    /// The same where the payer knew of `problem` before they tried again: then it says nothing of this try.
    public func beyond(_ problem: BankSessionProblem?) -> BankWord {
        switch self {
        case .asksCredentials(let said) where said == problem: .asksCredentials(nil)
        case .asksCode(let which, let said) where said == problem: .asksCode(which, nil)
        default: self
        }
    }
}

/// A step that the session's state does not allow.
public enum BankSessionFault: Error, Equatable, Sendable {
    case wrongState(BankSessionState)
}

/// Decisions about a payer's session at their bank.
extension BankSession {
    /// The payer has come to the page.
    public func opened(at now: Instant) throws(BankSessionFault) -> BankSession {
        var session = try moved(by: .open)
        session.opened = now
        return session
    }

    /// The payer has typed in user name and password, which the bank is told next.
    public func givingCredentials() throws(BankSessionFault) -> BankSession { try moved(by: .giveCredentials) }

    /// The payer pays by a QR code: from now on nobody signs in.
    public func choosingQR() throws(BankSessionFault) -> BankSession { try moved(by: .chooseQR) }

    /// A line of the statement shows what the payer has paid by the QR code.
    public func paidByQR(at now: Instant) throws(BankSessionFault) -> BankSession {
        guard state == .awaitingSignIn else { throw .wrongState(state) }
        var session = try moved(by: .succeed)
        session.ended = now
        return session
    }

    /// The payer has typed in a code, which the bank is told next: from now on the money may have left.
    public func giving(_ code: BankCode) throws(BankSessionFault) -> BankSession {
        try moved(by: code == .first ? .giveFirstCode : .giveSecondCode)
    }

    /// The session once the bank has said this; nil where it stays as it is. A bank that wants something again and has
    /// no reason for it has not heard of it.
    public func hearing(_ word: BankWord, at now: Instant) -> BankSession? {
        var session: BankSession?
        switch (word, state) {
        case (.asksCredentials(let problem), .credentialsGiven), (.asksCredentials(let problem), .signedIn):
            session = try? moved(by: .refuse, problem ?? .unreachable)
        case (.signedIn, .credentialsGiven): session = try? moved(by: .signIn)
        case (.asksCode(.first, _), .credentialsGiven): session = try? moved(by: .signIn, then: .askFirstCode)
        case (.asksCode(.first, _), .signedIn): session = try? moved(by: .askFirstCode)
        case (.asksCode(.first, let problem), .firstCodeGiven):
            session = try? moved(by: .refuse, problem ?? .unreachable)
        case (.asksCode(.second, _), .firstCodeGiven): session = try? moved(by: .askSecondCode)
        case (.asksCode(.second, let problem), .secondCodeGiven):
            session = try? moved(by: .refuse, problem ?? .unreachable)
        case (.transferred, _) where state.isAtBank: session = try? moved(by: .succeed)
        case (.refused(let problem), _) where state.isAtBank: session = try? moved(by: .fail, problem)
        default: session = nil
        }
        if session?.state.isOver == true { session?.ended = now }
        return session
    }

    /// Nobody will pay so any more.
    public func failed(_ problem: BankSessionProblem, at now: Instant) throws(BankSessionFault) -> BankSession {
        var session = try moved(by: .fail, problem)
        session.ended = now
        return session
    }

    /// What a merchant is told of this session, if it has come here from `earlier`.
    public func event(after earlier: BankSession) -> BankSessionEvent? {
        guard state != earlier.state else { return nil }
        switch state {
        case .awaitingSignIn: return earlier.state == .created ? .started : nil
        case .failed: return .failed
        default: return nil
        }
    }

    private func moved(
        by event: BankSessionEventKind, _ problem: BankSessionProblem? = nil, then next: BankSessionEventKind? = nil
    ) throws(BankSessionFault) -> BankSession {
        var reached = state
        for event in [event, next].compactMap({ $0 }) {
            guard let after = reached.after(event) else { throw .wrongState(state) }
            reached = after
        }
        var session = self
        session.state = reached
        session.problem = problem
        session.version += 1
        return session
    }
}
