import Payments

/// What waits and has nothing that would ever wake it.
enum WaitingRows {
    static let payments = sleeping("payments", "payment:")
    static let refunds = sleeping("refunds", "refund:")
    static let payouts = sleeping("payouts", "payout:")
    static let notices = SQL("SELECT id FROM notices WHERE state = 'pending' AND next IS NULL LIMIT 1")

    /// The first row in one of these states without a due row, looked for row by row.
    private static func sleeping(_ table: String, _ prefix: String) -> SQL {
        SQL(
            """
            SELECT id FROM \(table) WHERE state IN (\(Slots.list(from: 1))) \
            AND NOT EXISTS (SELECT 1 FROM due WHERE subject = '\(prefix)' || \(table).id) LIMIT 1
            """)
    }

    static func states(_ states: [String]) -> [SQLValue] { Slots.groups(states.map { .text($0) }).first ?? [] }
}

extension Reader {
    /// A payment in one of these states that no due row will look at again, if there is one. Looks through all.
    public func sleepingPayment(in states: [PaymentState]) throws -> ID<Payment>? {
        try first(WaitingRows.payments, WaitingRows.states(states.map(\.rawValue))) {
            try $0.value(0) { ID(hex: $0) }
        }
    }

    /// The same for a refund.
    public func sleepingRefund(in states: [RefundState]) throws -> ID<Refund>? {
        try first(WaitingRows.refunds, WaitingRows.states(states.map(\.rawValue))) {
            try $0.value(0) { ID(hex: $0) }
        }
    }

    /// The same for a payout.
    public func sleepingPayout(in states: [PayoutState]) throws -> ID<Payout>? {
        try first(WaitingRows.payouts, WaitingRows.states(states.map(\.rawValue))) {
            try $0.value(0) { ID(hex: $0) }
        }
    }

    /// A notice that is not delivered and has no next attempt, if there is one.
    public func sleepingNotice() throws -> ID<Notice>? {
        try first(WaitingRows.notices, []) { try $0.value(0) { ID(hex: $0) } }
    }
}
