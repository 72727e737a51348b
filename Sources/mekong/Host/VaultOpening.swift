import Crypto
import Gateway
import Payments
import Store

extension Vault {
    /// Opens the vault of a store. Its first keys are made by whichever process comes first; one that comes at the same
    /// time finds them made. Throws `Vault.Fault` and `StoreError`.
    static func opening(_ store: Store, masterKey: SymmetricKey, entropy: any Entropy) async throws -> Vault {
        if try await store.read({ try $0.keys() }).isEmpty {
            var changes = Changes(at: SystemClock().now())
            changes.add(
                contentsOf: try newRecords(masterKey: masterKey, entropy: entropy).map { .insertKey($0) })
            do {
                try await store.commit(changes)
            } catch StoreError.conflict {
                // Another process has made them.
            }
        }
        return try Vault(masterKey: masterKey, records: try await store.read { try $0.keys() })
    }
}
