extension Migration {
    /// What a payer said when they were asked whether their card may be remembered.
    static let consent = Migration(
        number: 8, statements: ["ALTER TABLE card_tokens ADD COLUMN remembers BIGINT"])
}
