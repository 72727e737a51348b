import Money
import Payments

/// Banks that let a payer pay from their account through this gateway's page.
///
/// A session's reference is the deposit's own id. A bank carries out one transfer for one reference: what got no answer
/// is inquired, and anything that is said again is answered with how the session stands.
///
/// Passwords and codes pass through and are kept by nobody.
public protocol BankSessionRail: Sendable {
    /// Whether no money moves.
    var isSimulated: Bool { get }

    /// Whether payers of this Thai bank can pay so.
    func serves(bank code: String) -> Bool

    /// Whose session's transfer a statement's line shows, where the bank's own reference says so; nil where it does not.
    /// Such a line pays that session's deposit and no other.
    func session(shownBy credit: BankCredit) -> ID<Payment>?

    /// Signs the payer in.
    func signIn(_ request: BankSignIn) async -> BankWord

    /// Asks for the transfer, which the payer then confirms by a code.
    func order(_ request: BankTransferRequest) async -> BankWord

    /// Tells the bank the code that the payer has typed in. With the last one the money leaves.
    func confirm(_ code: Secret<String>, _ which: BankCode, of payment: ID<Payment>) async -> BankWord

    /// How the session stands.
    func status(of payment: ID<Payment>) async -> BankWord

    /// Ends the session: after a `refused` no request that is still on its way moves money. Where the money has left
    /// already the bank says so.
    func cancel(_ payment: ID<Payment>) async -> BankWord
}

extension BankSessionRail {
    public func session(shownBy credit: BankCredit) -> ID<Payment>? { nil }
}

/// A payer's user name and password at their bank.
public struct BankSignIn: Sendable {
    public let reference: ID<Payment>
    /// Thai bank code.
    public let bank: String
    public let kind: BankAccountKind
    public let userName: Secret<String>
    public let password: Secret<String>

    public init(_ session: BankSession, userName: Secret<String>, password: Secret<String>) {
        reference = session.payment
        bank = session.bank
        kind = session.kind
        self.userName = userName
        self.password = password
    }
}

/// A transfer from the payer's account to a collection account.
public struct BankTransferRequest: Sendable {
    public let reference: ID<Payment>
    public let beneficiary: Beneficiary
    public let amount: Money

    public init(reference: ID<Payment>, beneficiary: Beneficiary, amount: Money) {
        self.reference = reference
        self.beneficiary = beneficiary
        self.amount = amount
    }
}
