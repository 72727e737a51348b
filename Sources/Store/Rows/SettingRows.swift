/// Single named values.
enum SettingRows {
    private static let upsert = SQL(
        "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
    static let value = SQL("SELECT value FROM settings WHERE name = $1")

    static func put(_ name: String, _ value: String) -> Statement { Statement(upsert, [.text(name), .text(value)]) }
}

extension Reader {
    /// A named value, if it was ever put.
    public func setting(_ name: String) throws -> String? {
        try first(SettingRows.value, [.text(name)]) { try $0.text(0) }
    }
}
