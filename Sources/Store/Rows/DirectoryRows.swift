import Payments

/// A key or password of a merchant's, as it is stored.
public struct CredentialRecord: Sendable, Equatable {
    /// Keyed hash, by which the credential is found.
    public let lookup: [UInt8]
    public let merchant: MerchantID
    public let dialect: DialectID
    /// What it opens, in the dialect's words, such as `secret` or `public`.
    public let role: String
    /// The credential itself, sealed by the vault.
    public let sealed: [UInt8]

    public init(lookup: [UInt8], merchant: MerchantID, dialect: DialectID, role: String, sealed: [UInt8]) {
        self.lookup = lookup
        self.merchant = merchant
        self.dialect = dialect
        self.role = role
        self.sealed = sealed
    }
}

/// A key of the vault, sealed under the key that configuration holds.
public struct KeyRecord: Sendable, Equatable {
    public let id: Int64
    public let purpose: String
    public let sealed: [UInt8]

    public init(id: Int64, purpose: String, sealed: [UInt8]) {
        self.id = id
        self.purpose = purpose
        self.sealed = sealed
    }
}

/// Merchants and their credentials as rows. Every change moves the directory's version, which processes poll.
enum DirectoryRows {
    private static let putMerchant = SQL(
        """
        INSERT INTO merchants (id, document) VALUES ($1, $2) \
        ON CONFLICT (id) DO UPDATE SET document = excluded.document
        """)
    private static let putCredential = SQL(
        """
        INSERT INTO credentials (lookup, merchant, dialect, role, sealed) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (lookup) DO UPDATE SET merchant = excluded.merchant, dialect = excluded.dialect, \
        role = excluded.role, sealed = excluded.sealed
        """)
    private static let insertKey = SQL("INSERT INTO keys (id, purpose, sealed) VALUES ($1, $2, $3)")
    /// Moves the directory's version.
    static let changed = Statement(
        SQL(
            """
            INSERT INTO settings (name, value) VALUES ('directory', '1') \
            ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(settings.value AS BIGINT) + 1 AS TEXT)
            """, key: 0), [])
    static let merchants = SQL("SELECT document FROM merchants ORDER BY id")
    static let credentials = SQL("SELECT lookup, merchant, dialect, role, sealed FROM credentials")
    static let keys = SQL("SELECT id, purpose, sealed FROM keys ORDER BY id")

    static func put(_ id: MerchantID, _ document: [UInt8]) -> [Statement] {
        [Statement(putMerchant, [.text(id.rawValue), .bytes(document)]), changed]
    }

    static func put(_ record: CredentialRecord) -> [Statement] {
        [
            Statement(
                putCredential,
                [
                    .bytes(record.lookup), .text(record.merchant.rawValue), .text(record.dialect.rawValue),
                    .text(record.role), .bytes(record.sealed),
                ]),
            changed,
        ]
    }

    static func insert(_ record: KeyRecord) -> Statement {
        Statement(insertKey, [.integer(record.id), .text(record.purpose), .bytes(record.sealed)])
    }
}

extension Reader {
    /// Every merchant's document, as `putMerchant` stored it.
    public func merchantDocuments() throws -> [[UInt8]] {
        try rows(DirectoryRows.merchants, []) { try $0.bytes(0) }
    }

    /// Every credential.
    public func credentials() throws -> [CredentialRecord] {
        try rows(DirectoryRows.credentials, []) { row in
            CredentialRecord(
                lookup: try row.bytes(0), merchant: MerchantID(rawValue: try row.text(1)),
                dialect: DialectID(rawValue: try row.text(2)), role: try row.text(3), sealed: try row.bytes(4))
        }
    }

    /// Every key of the vault, oldest first.
    public func keys() throws -> [KeyRecord] {
        try rows(DirectoryRows.keys, []) { row in
            KeyRecord(id: try row.integer(0), purpose: try row.text(1), sealed: try row.bytes(2))
        }
    }

    /// A number that moves whenever a merchant or credential changes.
    public func directoryVersion() throws -> String { try setting("directory") ?? "0" }
}
