/// Where a payer's session at their own bank stands, by which they pay a deposit. `BankSessionState.transitions` is the
/// whole table.
public enum BankSessionState: String, Sendable, CaseIterable, Codable {
    /// The merchant has asked for it; nobody has come.
    case created
    /// The payer is on the page, which asks for user name and password.
    case awaitingSignIn
    /// The payer has signed in on the page; what the bank says is not known yet.
    case credentialsGiven
    /// The bank has let them in; it is told of the transfer next.
    case signedIn
    /// The bank has sent the payer a code.
    case awaitingFirstCode
    /// The payer has typed it in; what the bank says is not known yet.
    case firstCodeGiven
    /// The bank has sent a second code.
    case awaitingSecondCode
    case secondCodeGiven
    /// The money has left the payer's account.
    case succeeded
    /// It came to nothing.
    case failed

    /// Every change of state there is.
    public static let transitions: [(from: BankSessionState, event: BankSessionEventKind, to: BankSessionState)] = [
        (.created, .open, .awaitingSignIn),
        (.created, .fail, .failed),
        (.awaitingSignIn, .giveCredentials, .credentialsGiven),
        (.awaitingSignIn, .chooseQR, .awaitingSignIn),
        (.awaitingSignIn, .succeed, .succeeded),
        (.awaitingSignIn, .fail, .failed),
        (.credentialsGiven, .signIn, .signedIn),
        (.credentialsGiven, .refuse, .awaitingSignIn),
        (.credentialsGiven, .fail, .failed),
        (.signedIn, .askFirstCode, .awaitingFirstCode),
        (.signedIn, .refuse, .awaitingSignIn),
        (.signedIn, .succeed, .succeeded),
        (.signedIn, .fail, .failed),
        (.awaitingFirstCode, .giveFirstCode, .firstCodeGiven),
        (.awaitingFirstCode, .succeed, .succeeded),
        (.awaitingFirstCode, .fail, .failed),
        (.firstCodeGiven, .refuse, .awaitingFirstCode),
        (.firstCodeGiven, .askSecondCode, .awaitingSecondCode),
        (.firstCodeGiven, .succeed, .succeeded),
        (.firstCodeGiven, .fail, .failed),
        (.awaitingSecondCode, .giveSecondCode, .secondCodeGiven),
        (.awaitingSecondCode, .succeed, .succeeded),
        (.awaitingSecondCode, .fail, .failed),
        (.secondCodeGiven, .refuse, .awaitingSecondCode),
        (.secondCodeGiven, .succeed, .succeeded),
        (.secondCodeGiven, .fail, .failed),
    ]

    /// The state after `event`, or nil where the table has no such row.
    public func after(_ event: BankSessionEventKind) -> BankSessionState? {
        for row in Self.transitions where row.from == self && row.event == event { return row.to }
        return nil
    }

    /// Whether nothing more will happen to it.
    public var isOver: Bool { self == .succeeded || self == .failed }

    /// Whether the bank was told something and its answer is not known: it must be asked.
    public var isUnresolved: Bool {
        [.credentialsGiven, .signedIn, .firstCodeGiven, .secondCodeGiven].contains(self)
    }

    /// Whether the bank may know of it.
    public var isAtBank: Bool { isUnresolved || self == .awaitingFirstCode || self == .awaitingSecondCode }
}

/// What can happen to a session.
public enum BankSessionEventKind: String, Sendable, CaseIterable {
    /// The payer pays by a QR code instead of signing in.
    case chooseQR
    case open, giveCredentials, signIn, askFirstCode, giveFirstCode, askSecondCode, giveSecondCode
    /// The bank wants the last thing again.
    case refuse
    case succeed, fail
}

/// What a merchant may be told about a session. That it was paid is the deposit's event.
public enum BankSessionEvent: String, Sendable, CaseIterable {
    case started = "bankSessionStarted"
    case failed = "bankSessionFailed"
}

/// Why a bank wants something again, or why a session came to nothing.
public enum BankSessionProblem: String, Sendable, CaseIterable, Codable {
    /// User name or password; another try is allowed.
    case wrongCredentials
    /// The code; another try is allowed.
    case wrongCode
    /// The bank could not be reached, and has done nothing; another try is allowed.
    case unreachable
    /// Too many tries.
    case locked
    case insufficientFunds
    /// The bank does not carry the transfer out.
    case refused
    /// The payer gave up.
    case cancelled
    /// The payer's time is over.
    case expired
    /// The statement showed the transfer before the bank's answer came, and its line was used for something else.
    case lineUsed
}

/// Whose account it is that pays.
public enum BankAccountKind: String, Sendable, CaseIterable, Codable {
    case personal, business
}

/// Which of the codes that a bank sends to a payer.
public enum BankCode: String, Sendable, CaseIterable, Codable {
    case first, second
}

/// A payer's session at their own bank, beside the deposit that it pays. It holds nothing that signs in.
public struct BankSession: Sendable, Equatable {
    public let payment: ID<Payment>
    public internal(set) var version: Int64
    /// The secret part of the page's address: 32 hex digits.
    public let token: String
    /// Thai bank code of the payer's bank.
    public let bank: String
    public let kind: BankAccountKind
    public internal(set) var state: BankSessionState
    /// Why the bank wants something again, or why the session came to nothing.
    public internal(set) var problem: BankSessionProblem?
    /// When the payer first opened the page.
    public internal(set) var opened: Instant?
    public internal(set) var ended: Instant?

    public init(
        payment: ID<Payment>, version: Int64 = 1, token: String, bank: String, kind: BankAccountKind,
        state: BankSessionState = .created, problem: BankSessionProblem? = nil, opened: Instant? = nil,
        ended: Instant? = nil
    ) {
        self.payment = payment
        self.version = version
        self.token = token
        self.bank = bank
        self.kind = kind
        self.state = state
        self.problem = problem
        self.opened = opened
        self.ended = ended
    }
}
