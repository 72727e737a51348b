/// Where a payment stands. `PaymentState.transitions` is the whole table; nothing else changes a state.
public enum PaymentState: String, Sendable, CaseIterable, Codable {
    /// The payer has been asked to prove who they are and has not begun.
    case challenged
    /// The payer has begun to authenticate and has not finished.
    case authenticating
    /// The payer failed to authenticate, gave up, or let the challenge expire.
    case unauthenticated
    /// The authorisation is on its way to the acquirer; its outcome is not known yet.
    case authorizing
    /// The acquirer did not answer; a reversal is sent until it is acknowledged.
    case reversing
    case authorized
    case declined
    case reversed
    /// A void is on its way to the acquirer.
    case voiding
    case voided
    /// A capture is on its way to the acquirer.
    case capturing
    case captured
    case settled
    /// An invitation to pay is being made at the rail.
    case presenting
    /// The payer may pay; nothing has arrived yet.
    case presented
    /// The rail is told that the payer may no longer pay: they may have paid meanwhile.
    case cancelling
    /// The invitation was cancelled or has expired, unpaid.
    case cancelled
}

/// What can happen to a payment.
public enum PaymentEventKind: String, Sendable, CaseIterable {
    case beginAuthentication, authenticate, failAuthentication
    case approve, decline, loseTrack, acknowledgeReversal
    case requestVoid, confirmVoid, refuseVoid
    case requestCapture, confirmCapture, refuseCapture
    case settle
    case present, requestCancel, confirmCancel, refuseCancel
    case receive, lapse
    /// A person finds the money of a deposit that has lapsed.
    case receiveLate
}

extension PaymentState {
    /// Every change of state there is, as (from, event, to). The documentation prints this table.
    public static let transitions: [(from: PaymentState, event: PaymentEventKind, to: PaymentState)] = [
        (.challenged, .beginAuthentication, .authenticating),
        (.authenticating, .beginAuthentication, .authenticating),
        (.authenticating, .authenticate, .authorizing),
        (.challenged, .failAuthentication, .unauthenticated),
        (.authenticating, .failAuthentication, .unauthenticated),
        (.authorizing, .approve, .authorized),
        (.authorizing, .decline, .declined),
        (.authorizing, .loseTrack, .reversing),
        (.reversing, .acknowledgeReversal, .reversed),
        (.authorized, .requestVoid, .voiding),
        (.voiding, .confirmVoid, .voided),
        (.voiding, .refuseVoid, .authorized),
        (.authorized, .requestCapture, .capturing),
        (.capturing, .confirmCapture, .captured),
        (.capturing, .refuseCapture, .authorized),
        (.captured, .settle, .settled),
        (.presenting, .present, .presented),
        (.presenting, .decline, .declined),
        (.presenting, .requestCancel, .cancelling),
        (.presented, .approve, .authorized),
        (.presented, .decline, .declined),
        (.presented, .requestCancel, .cancelling),
        (.cancelling, .confirmCancel, .cancelled),
        (.cancelling, .refuseCancel, .presented),
        (.cancelling, .approve, .authorized),
        (.cancelling, .decline, .declined),
        (.presented, .receive, .settled),
        (.presented, .lapse, .cancelled),
        (.cancelled, .receiveLate, .settled),
    ]

    /// The state after `event`, or nil where the table has no such row.
    public func after(_ event: PaymentEventKind) -> PaymentState? {
        for row in Self.transitions where row.from == self && row.event == event { return row.to }
        return nil
    }

    /// Whether an outcome at the acquirer is still unknown: neither the merchant nor a clerk can act until it is.
    public var isUnresolved: Bool {
        switch self {
        case .authorizing, .reversing, .voiding, .capturing, .presenting, .cancelling: true
        default: false
        }
    }

    /// Whether a payer has been invited to pay and may still do so, or may have done so.
    public var isOpenInvitation: Bool { self == .presented || self == .cancelling }

    /// Whether the payer still has something to prove.
    public var awaitsPayer: Bool { self == .challenged || self == .authenticating }

    /// Whether something more happens to it by itself, or by what others say: it must fall due again.
    public var isAttendedTo: Bool {
        switch self {
        case .unauthenticated, .declined, .reversed, .voided, .settled, .cancelled: false
        case .challenged, .authenticating, .authorizing, .reversing, .authorized, .voiding, .capturing, .captured,
            .presenting, .presented, .cancelling:
            true
        }
    }
}
