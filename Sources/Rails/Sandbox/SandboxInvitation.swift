import GRDB
import Money
import Payments

/// An invitation to pay as the simulated bank knows it.
public struct SandboxInvitation: Sendable, Equatable {
    public let payment: ID<Payment>
    public let scheme: PushScheme
    public let form: Invitation.Form
    public let acceptor: String
    public let amount: Money
    public let expires: Instant
    public let merchantName: String
    public let merchantReference: String
    /// Where the payer's browser goes when they are done, where they pay on a page.
    public let returnURL: String?
    /// What the payer is shown.
    public let payload: String

    var rail: SandboxFaults.Rail { SandboxFaults.Rail(form) }

    static let schema = """
        CREATE TABLE IF NOT EXISTS invitations (
            payment TEXT PRIMARY KEY, scheme TEXT NOT NULL, form TEXT NOT NULL, acceptor TEXT NOT NULL,
            currency TEXT NOT NULL, amount INTEGER NOT NULL, expires INTEGER NOT NULL, merchant_name TEXT NOT NULL,
            merchant_reference TEXT NOT NULL, return_url TEXT, payload TEXT NOT NULL UNIQUE, channel TEXT) WITHOUT ROWID
        """

    init(_ request: PresentationRequest, payload: String) {
        payment = request.reference.payment
        scheme = request.invitation.scheme
        form = request.invitation.form
        acceptor = request.acceptor
        amount = request.amount
        expires = request.invitation.expires
        merchantName = request.merchantName
        merchantReference = request.merchantReference
        returnURL = request.returnURL
        self.payload = payload
    }

    private init?(_ row: Row) {
        guard let payment = ID<Payment>(hex: row["payment"] as String),
            let scheme = PushScheme(rawValue: row["scheme"]), let form = Invitation.Form(rawValue: row["form"]),
            let currency = Currency(rawValue: row["currency"])
        else { return nil }
        self.payment = payment
        self.scheme = scheme
        self.form = form
        acceptor = row["acceptor"]
        amount = Money(minorUnits: row["amount"], currency)
        expires = Instant(microseconds: row["expires"])
        merchantName = row["merchant_name"]
        merchantReference = row["merchant_reference"]
        returnURL = row["return_url"]
        payload = row["payload"]
    }

    func insert(in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO invitations (payment, scheme, form, acceptor, currency, amount, expires, merchant_name,
                    merchant_reference, return_url, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                payment.hex, scheme.rawValue, form.rawValue, acceptor, amount.currency.rawValue, amount.minorUnits,
                expires.microseconds, merchantName, merchantReference, returnURL, payload,
            ])
    }

    static func find(_ payment: ID<Payment>, in db: Database) throws -> SandboxInvitation? {
        try Row.fetchOne(db, sql: "SELECT * FROM invitations WHERE payment = ?", arguments: [payment.hex])
            .flatMap(SandboxInvitation.init)
    }

    static func find(payload: String, in db: Database) throws -> SandboxInvitation? {
        try Row.fetchOne(db, sql: "SELECT * FROM invitations WHERE payload = ?", arguments: [payload])
            .flatMap(SandboxInvitation.init)
    }

    /// Through which bank or app it was paid.
    static func channel(_ payment: ID<Payment>, in db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT channel FROM invitations WHERE payment = ?", arguments: [payment.hex])
    }

    static func set(channel: String, of payment: ID<Payment>, in db: Database) throws {
        try db.execute(
            sql: "UPDATE invitations SET channel = ? WHERE payment = ?", arguments: [channel, payment.hex])
    }
}
