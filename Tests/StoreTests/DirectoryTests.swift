import Payments
import Store
import Testing

@Suite struct DirectoryTests {
    let credential = CredentialRecord(lookup: [1], merchant: .shop, dialect: .fake, role: "secret", sealed: [2])

    @Test(arguments: TestEngine.all)
    func `merchants and credentials are what was last put`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.putMerchant(id: .stall, document: [1]), .putMerchant(id: .shop, document: [2]))
            try await store.commit(.putMerchant(id: .stall, document: [3]))
            try await store.expect([[2], [3]]) { try $0.merchantDocuments() }
            try await store.commit(.putCredential(credential))
            let moved = CredentialRecord(lookup: [1], merchant: .stall, dialect: .fake, role: "public", sealed: [3])
            try await store.commit(.putCredential(moved))
            try await store.expect([moved]) { try $0.credentials() }
        }
    }

    @Test(arguments: TestEngine.all)
    func `the vault's keys come oldest first`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let keys = [3, 1, 2].map { KeyRecord(id: $0, purpose: "data", sealed: [UInt8($0)]) }
            try await store.commit(keys.map { .insertKey($0) })
            try await store.expect([1, 2, 3]) { try $0.keys().map(\.id) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `the version moves with every merchant and credential and with nothing else`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            func version() async throws -> String { try await store.read { try $0.directoryVersion() } }
            var seen: Set = [try await version()]
            for change in [
                Change.putMerchant(id: .shop, document: [1]), .putMerchant(id: .shop, document: [1]),
                .putCredential(credential), .putCredential(credential),
            ] {
                try await store.commit(change)
                #expect(seen.insert(try await version()).inserted)
            }
            let last = try await version()
            try await store.commit(.insert(payment(1)), .putSetting(name: "clock", value: "1"))
            #expect(try await version() == last)
        }
    }

    /// A process that polls would take what it knows for what is there.
    @Test(arguments: TestEngine.all)
    func `the version does not come round again when everything is erased and begun anew`(engine: TestEngine)
        async throws
    {
        try await withStore(engine) { store in
            try await store.commit(.putMerchant(id: .shop, document: [1]))
            let before = try await store.read { try $0.directoryVersion() }
            try await store.commit(.eraseEverything, .putMerchant(id: .shop, document: [2]))
            let after = try await store.read { try $0.directoryVersion() }
            #expect(after != before)
        }
    }
}
