import Payments

/// Who may hand in statements over HTTP, and how.
struct StatementAccess: Sendable {
    /// The operator's bearer key.
    let key: Secret<String>
    /// The folder with maps of CSV columns; nil where there is none.
    let maps: String?
    /// The most that a file may have, in bytes.
    let limit: Int

    static let usualLimit = 64 << 20
    /// A shorter key could be guessed.
    static let shortestKey = 32
}
