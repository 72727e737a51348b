import Foundation
import Payments
import Store
import Synchronization

/// All merchants and their credentials as one immutable snapshot, replaced at once when something changes. Requests
/// read memory only.
public final class MerchantDirectory: Sendable {
    private struct Snapshot: Sendable {
        var version = ""
        var merchants: [MerchantID: Merchant] = [:]
        var credentials: [[UInt8]: Credential] = [:]
        var secrets: [CredentialName: Secret<String>] = [:]
    }

    private struct CredentialName: Hashable {
        let merchant: MerchantID
        let dialect: DialectID
        let role: String
    }

    private let snapshot = Mutex(Snapshot())
    private let vault: Vault

    public init(vault: Vault) {
        self.vault = vault
    }

    /// Reads everything again if it has changed since. Throws `StoreError`, and `Vault.Fault` where a credential
    /// cannot be read.
    public func refresh(from store: Store) async throws {
        let known = snapshot.withLock { $0.version }
        let loaded = try await store.read { reader -> (String, [[UInt8]], [CredentialRecord])? in
            let version = try reader.directoryVersion()
            guard version != known else { return nil }
            return (version, try reader.merchantDocuments(), try reader.credentials())
        }
        guard let (version, documents, records) = loaded else { return }
        var next = Snapshot(version: version)
        let decoder = JSONDecoder()
        for document in documents {
            let merchant = try decoder.decode(Merchant.self, from: Data(document))
            next.merchants[merchant.id] = merchant
        }
        for record in records {
            let text = String(decoding: try vault.open(record.sealed, for: "credential"), as: UTF8.self)
            next.credentials[record.lookup] = Credential(
                merchant: record.merchant, dialect: record.dialect, role: record.role, text: Secret(text))
            next.secrets[
                CredentialName(merchant: record.merchant, dialect: record.dialect, role: record.role)] = Secret(text)
        }
        let fresh = next
        // Of two refreshes under way the later version stands, whichever ends last.
        snapshot.withLock { current in
            if Int64(fresh.version) ?? 0 >= Int64(current.version) ?? -1 { current = fresh }
        }
    }

    /// Every merchant, by id.
    public var merchants: [Merchant] {
        snapshot.withLock { $0.merchants.values.sorted { $0.id.rawValue < $1.id.rawValue } }
    }

    public func merchant(_ id: MerchantID) -> Merchant? { snapshot.withLock { $0.merchants[id] } }

    /// Who presents `key` in this role, if anyone may.
    public func authenticate(_ key: String, dialect: DialectID, role: String) -> Merchant? {
        authenticate(key, dialect: dialect).flatMap { $0.role == role ? $0.merchant : nil }
    }

    /// Who presents `key`, if anyone may. It is found by a keyed hash, whose time says nothing about the key, and then
    /// compared in constant time.
    public func authenticate(_ key: String, dialect: DialectID) -> (merchant: Merchant, role: String)? {
        let lookup = Self.lookup(key, dialect: dialect, vault)
        let found = snapshot.withLock { snapshot -> (Credential, Merchant)? in
            guard let credential = snapshot.credentials[lookup], credential.dialect == dialect,
                let merchant = snapshot.merchants[credential.merchant]
            else { return nil }
            return (credential, merchant)
        }
        guard let (credential, merchant) = found, Vault.areEqual(credential.text.expose(), key) else { return nil }
        return (merchant, credential.role)
    }

    /// A merchant's credential for one API and role, where it must be used to sign.
    public func credential(_ merchant: MerchantID, dialect: DialectID, role: String) -> Secret<String>? {
        snapshot.withLock {
            $0.secrets[CredentialName(merchant: merchant, dialect: dialect, role: role)]
        }
    }

    /// What to store for a merchant.
    public static func change(putting merchant: Merchant) throws -> Change {
        precondition(!merchant.id.rawValue.contains(":"), "a merchant's id names its ledger accounts")
        return .putMerchant(id: merchant.id, document: Array(try JSONEncoder().encode(merchant)))
    }

    /// What to store for a credential.
    public static func change(putting credential: Credential, _ vault: Vault) throws -> Change {
        let text = credential.text.expose()
        return .putCredential(
            CredentialRecord(
                lookup: lookup(text, dialect: credential.dialect, vault), merchant: credential.merchant,
                dialect: credential.dialect, role: credential.role,
                sealed: try vault.seal(Array(text.utf8), for: "credential")))
    }

    private static func lookup(_ key: String, dialect: DialectID, _ vault: Vault) -> [UInt8] {
        vault.lookup(key, for: "credential:" + dialect.rawValue)
    }
}

/// A merchant's key or password for one API.
public struct Credential: Sendable {
    public let merchant: MerchantID
    public let dialect: DialectID
    /// What it opens, in the dialect's words.
    public let role: String
    public let text: Secret<String>

    public init(merchant: MerchantID, dialect: DialectID, role: String, text: Secret<String>) {
        self.merchant = merchant
        self.dialect = dialect
        self.role = role
        self.text = text
    }
}
