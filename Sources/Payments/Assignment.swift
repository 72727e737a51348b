/// A person's word that a line pays a deposit, kept with the line.
public struct Assignment: Sendable, Hashable {
    /// Who said so, in the person's own words.
    public let person: String
    public let at: Instant

    /// How many characters the person's words have at most.
    public static let longestPerson = 128

    /// Nil where the words are empty or blank, too long, or hold what is no printed character.
    public init?(person: String, at: Instant) {
        let scalars = person.unicodeScalars
        guard !person.allSatisfy(\.isWhitespace), person.count <= Self.longestPerson,
            scalars.count <= 4 * Self.longestPerson,
            !scalars.contains(where: { $0.properties.generalCategory.isUnprinted })
        else { return nil }
        self.init(stored: person, at: at)
    }

    /// As it was stored.
    public init(stored person: String, at: Instant) {
        (self.person, self.at) = (person, at)
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isUnprinted: Bool {
        [.control, .lineSeparator, .paragraphSeparator, .unassigned, .surrogate].contains(self)
    }
}

/// Why a line cannot pay the deposit that a person names.
public enum AssignmentFault: Error, Equatable, Sendable {
    /// The line has paid a deposit, or was redeemed.
    case lineUsed(StatementLine.Use)
    /// The payment is none that a statement's line pays.
    case noDeposit
    /// The deposit is another merchant's.
    case otherMerchant
    /// The deposit is for another collection account than the line's.
    case otherAccount
    case otherAmount
    case paid
    /// Its payer wanted it no more, or their bank refused them.
    case cancelled
    /// The payer is signing in to their bank for it: that may pay it at any moment.
    case payerAtBank
    /// The payer's session at their bank has come to nothing: that is its end.
    case sessionOver
    /// Fee and tax are more than there is, or a sum does not fit the ledger.
    case overflow
}

/// What a deposit is to a person who has a line for it.
public enum DepositStanding: String, Sendable, CaseIterable {
    /// It waits for its line.
    case open
    /// Its time was over before its line was read.
    case lapsed
    case paid
    /// Its merchant, or its payer, wanted it no more.
    case cancelled

    /// By which event a person's word has a line pay the deposit; what is not named here it cannot pay.
    public static let assignable: [DepositStanding: PaymentEventKind] = [.open: .receive, .lapsed: .receiveLate]
}

/// What a person's word asks to be stored.
public struct AssignmentStep: Sendable, Equatable {
    public let step: PaymentStep
    public let line: StatementLine
    /// The payer's session at their bank, where the deposit has one, once it has ended with it.
    public let session: BankSession?
    /// Whether the deposit's time was over.
    public let isLate: Bool
}

extension Payment {
    /// How it stands as a deposit; nil where it is none.
    public var depositStanding: DepositStanding? {
        guard expectation != nil else { return nil }
        switch state {
        case .presented: return .open
        case .settled: return .paid
        case .cancelled: return failureCode == invitationExpiredCode ? .lapsed : .cancelled
        default: return nil
        }
    }

    /// A person says that this line pays the deposit: an open one is paid as the matcher would pay it, one that has
    /// lapsed is paid late. Windows and payers are the person's to judge; the amount is not.
    /// - Parameter session: the payer's session at their bank, where the deposit has one.
    public func assigned(
        _ line: StatementLine, session: BankSession?, fees: FeePlan, by assignment: Assignment
    ) throws(AssignmentFault) -> AssignmentStep {
        guard line.use == .unmatched else { throw .lineUsed(line.use) }
        guard let standing = depositStanding else { throw .noDeposit }
        guard line.merchant == merchant else { throw .otherMerchant }
        guard String(line.account) == acceptor else { throw .otherAccount }
        guard line.credit.amount == amount else { throw .otherAmount }
        guard let event = DepositStanding.assignable[standing] else {
            throw standing == .paid ? .paid : .cancelled
        }
        let ended = try ended(session, standing, at: assignment.at)
        do {
            return AssignmentStep(
                step: try paid(by: line, event, fees: fees, at: assignment.at),
                line: try line.matched(to: id, by: assignment), session: ended, isLate: standing == .lapsed)
        } catch {
            throw .overflow
        }
    }

    /// A session ends with its deposit where its payer pays by the QR code; nobody who signs in is overtaken.
    private func ended(
        _ session: BankSession?, _ standing: DepositStanding, at now: Instant
    ) throws(AssignmentFault) -> BankSession? {
        guard let session else { return nil }
        guard standing == .open else { throw .sessionOver }
        guard expectation?.until != nil, let ended = try? session.paidByQR(at: now) else { throw .payerAtBank }
        return ended
    }
}
