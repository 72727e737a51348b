import Payments

/// How the payers of the simulated banks behave, by their user names. Everybody else signs in with any password, has
/// money, and confirms with `rightCode`.
enum SandboxBankUser: String, Sendable, CaseIterable {
    /// No password is theirs; the third wrong one locks the account.
    case wrong
    /// Their account is locked.
    case locked
    /// They have too little money.
    case poor
    /// Their bank asks for a second code although the account is personal.
    case second
    /// Their bank carries out the transfer and its answer is lost.
    case lost

    static let rightCode = "123456"
    /// How many wrong passwords, or codes of a kind, lock an account.
    static let tries = 3

    /// A made-up account number for a user name: ten digits, always the same.
    static func account(of userName: String) -> String {
        let sum = userName.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return String(1_000_000_000 + sum % 9_000_000_000)
    }
}
