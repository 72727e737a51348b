import Crypto
import Gateway
import Store
import Testing

@Suite struct VaultTests {
    let entropy = SeededEntropy(seed: 1)

    func masterKey() -> SymmetricKey { SymmetricKey(data: entropy.bytes(32)) }

    func vault() throws -> Vault {
        let key = masterKey()
        return try Vault(masterKey: key, records: try Vault.newRecords(masterKey: key, entropy: entropy))
    }

    @Test(
        arguments: [[], [0], Array("4417706600005830\nSOMCHAI".utf8), [UInt8](repeating: 7, count: 70_000)] as [[UInt8]]
    )
    func `what is sealed opens for the same purpose`(bytes: [UInt8]) throws {
        let vault = try vault()
        let sealed = try vault.seal(bytes, for: "card")
        #expect(try vault.open(sealed, for: "card") == bytes)
        #expect(sealed != (try vault.seal(bytes, for: "card")), "no two seals are alike")
    }

    @Test func `it opens for no other purpose, with no other vault and not when it was changed`() throws {
        let (vault, other) = (try vault(), try vault())
        let sealed = try vault.seal([1, 2, 3], for: "card")
        #expect(throws: Vault.Fault.unreadable) { try vault.open(sealed, for: "credential") }
        #expect(throws: Vault.Fault.unreadable) { try other.open(sealed, for: "card") }
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: Vault.Fault.unreadable) { try vault.open(changed, for: "card") }
        }
        for count in 0..<sealed.count {
            #expect(throws: Vault.Fault.unreadable) { try vault.open(Array(sealed.prefix(count)), for: "card") }
        }
    }

    @Test func `what is sealed under a secret opens with it, this vault and this purpose alone`() throws {
        let (vault, other) = (try vault(), try vault())
        let sealed = try vault.seal([1, 2, 3], under: "secret", for: "code")
        #expect(try vault.open(sealed, under: "secret", for: "code") == [1, 2, 3])
        #expect(throws: Vault.Fault.unreadable) { try vault.open(sealed, under: "secreT", for: "code") }
        #expect(throws: Vault.Fault.unreadable) { try vault.open(sealed, under: "", for: "code") }
        #expect(throws: Vault.Fault.unreadable) { try vault.open(sealed, under: "secret", for: "return") }
        #expect(throws: Vault.Fault.unreadable) { try other.open(sealed, under: "secret", for: "code") }
        #expect(throws: Vault.Fault.unreadable) { try vault.open([], under: "secret", for: "code") }
    }

    @Test func `a wrong master key opens nothing`() throws {
        let records = try Vault.newRecords(masterKey: masterKey(), entropy: entropy)
        #expect(throws: Vault.Fault.wrongMasterKey) { try Vault(masterKey: masterKey(), records: records) }
    }

    @Test func `keys that are not all there, or that were exchanged, are no vault`() throws {
        let key = masterKey()
        let records = try Vault.newRecords(masterKey: key, entropy: entropy)
        #expect(throws: Vault.Fault.wrongMasterKey) { try Vault(masterKey: key, records: []) }
        for record in records {
            #expect(throws: Vault.Fault.wrongMasterKey) { try Vault(masterKey: key, records: [record]) }
        }
        let exchanged = [
            KeyRecord(id: records[0].id, purpose: records[0].purpose, sealed: records[1].sealed),
            KeyRecord(id: records[1].id, purpose: records[1].purpose, sealed: records[0].sealed),
        ]
        #expect(throws: Vault.Fault.wrongMasterKey) { try Vault(masterKey: key, records: exchanged) }
    }

    @Test func `a hash is the same for the same secret and purpose and no other`() throws {
        let (vault, other) = (try vault(), try vault())
        let hash = vault.lookup("secret", for: "token")
        #expect(hash.count == 32)
        #expect(vault.lookup("secret", for: "token") == hash)
        #expect(vault.lookup("secret", for: "tokens") != hash)
        #expect(vault.lookup("secret2", for: "token") != hash)
        #expect(other.lookup("secret", for: "token") != hash)
        #expect(vault.lookup("b", for: "a") != vault.lookup("ab", for: ""))
        #expect(vault.fingerprint(Array("secret".utf8), for: "token") == hash)
    }

    @Test func `the keys of a vault are sealed themselves`() throws {
        let known = SeededEntropy(seed: 5)
        let key = masterKey()
        let raw = SeededEntropy(seed: 5).bytes(32)
        let records = try Vault.newRecords(masterKey: key, entropy: known)
        for record in records { #expect(!record.sealed.contains(raw) && record.sealed.count > 32) }
    }
}
