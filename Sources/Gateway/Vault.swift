import Crypto
import Payments
import Store

/// Seals what must not be readable at rest, and hashes what must be found without being kept.
///
/// The configured master key only opens data keys, which do the sealing (AES-256-GCM). A sealed value names its data
/// key, so a new one can take over while older values stay readable.
public struct Vault: Sendable {
    /// Why something sealed could not be read.
    public enum Fault: Error, Equatable {
        /// The master key does not open this database's keys.
        case wrongMasterKey
        /// The value was changed, or sealed for another purpose or by a key that is gone.
        case unreadable
    }

    private let dataKeys: [UInt32: SymmetricKey]
    private let current: UInt32
    private let lookupKey: SymmetricKey

    private static let dataPurpose = "data"
    private static let lookupPurpose = "lookup"

    /// Opens the vault's keys. Throws `Fault.wrongMasterKey`.
    public init(masterKey: SymmetricKey, records: [KeyRecord]) throws {
        var dataKeys: [UInt32: SymmetricKey] = [:]
        var lookupKey: SymmetricKey?
        for record in records {
            guard let opened = try? Self.open(record.sealed[...], with: masterKey, context: record.purpose) else {
                throw Fault.wrongMasterKey
            }
            if record.purpose == Self.dataPurpose { dataKeys[UInt32(record.id)] = SymmetricKey(data: opened) }
            if record.purpose == Self.lookupPurpose { lookupKey = SymmetricKey(data: opened) }
        }
        guard let current = dataKeys.keys.max(), let lookupKey else { throw Fault.wrongMasterKey }
        self.dataKeys = dataKeys
        self.current = current
        self.lookupKey = lookupKey
    }

    /// The keys of a new vault, to be stored before it is opened.
    public static func newRecords(masterKey: SymmetricKey, entropy: any Entropy) throws -> [KeyRecord] {
        try [(Int64(1), dataPurpose), (2, lookupPurpose)].map { id, purpose in
            KeyRecord(
                id: id, purpose: purpose,
                sealed: try seal(entropy.bytes(32), with: masterKey, context: purpose))
        }
    }

    /// Seals bytes for a purpose. The purpose must be named again to open them.
    public func seal(_ bytes: [UInt8], for purpose: String) throws -> [UInt8] {
        let prefix = withUnsafeBytes(of: current.bigEndian) { Array($0) }
        return prefix + (try Self.seal(bytes, with: dataKeys[current]!, context: purpose))
    }

    /// Opens what `seal` made. Throws `Fault.unreadable`.
    public func open(_ sealed: [UInt8], for purpose: String) throws -> [UInt8] {
        guard sealed.count > 4 else { throw Fault.unreadable }
        let id = sealed.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard let key = dataKeys[id] else { throw Fault.unreadable }
        return try Self.open(sealed.dropFirst(4), with: key, context: purpose)
    }

    /// A keyed hash by which a secret is found: 32 bytes, different for each purpose.
    public func lookup(_ secret: String, for purpose: String) -> [UInt8] {
        var hash = HMAC<SHA256>(key: lookupKey)
        hash.update(data: Array(purpose.utf8) + [0])
        hash.update(data: Array(secret.utf8))
        return Array(hash.finalize())
    }

    /// A keyed hash of bytes, such as a request's body.
    public func fingerprint(_ bytes: [UInt8], for purpose: String) -> [UInt8] {
        var hash = HMAC<SHA256>(key: lookupKey)
        hash.update(data: Array(purpose.utf8) + [0])
        hash.update(data: bytes)
        return Array(hash.finalize())
    }

    /// Whether two secrets are the same, in a time that depends on their lengths alone.
    static func areEqual(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Seals bytes so that only whoever holds `secret` can open them, with this database or a backup of it at hand.
    public func seal(_ bytes: [UInt8], under secret: String, for purpose: String) throws -> [UInt8] {
        try Self.seal(bytes, with: derivedKey(secret, purpose), context: purpose)
    }

    /// Opens what was sealed under a secret. Throws `Fault.unreadable`.
    public func open(_ sealed: [UInt8], under secret: String, for purpose: String) throws -> [UInt8] {
        try Self.open(sealed[...], with: derivedKey(secret, purpose), context: purpose)
    }

    private func derivedKey(_ secret: String, _ purpose: String) -> SymmetricKey {
        lookupKey.withUnsafeBytes { salt in
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: Array(secret.utf8)), salt: salt, info: Array(purpose.utf8),
                outputByteCount: 32)
        }
    }

    private static func seal(_ bytes: [UInt8], with key: SymmetricKey, context: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: key, authenticating: Array(context.utf8))
        return Array(box.combined!)
    }

    private static func open(
        _ sealed: ArraySlice<UInt8>, with key: SymmetricKey, context: String
    ) throws -> [UInt8] {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let opened = try? AES.GCM.open(box, using: key, authenticating: Array(context.utf8))
        else { throw Fault.unreadable }
        return Array(opened)
    }
}
