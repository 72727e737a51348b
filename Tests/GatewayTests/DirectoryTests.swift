import Gateway
import Payments
import Store
import TestSupport
import Testing

@Suite struct DirectoryTests {
    func credential(_ text: String, _ merchant: MerchantID = .shop, role: String = "secret") -> Credential {
        Credential(merchant: merchant, dialect: FakeDialect.id, role: role, text: Secret(text))
    }

    func put(_ bench: Bench, _ credentials: Credential...) async throws {
        var changes = Changes(at: bench.clock.now())
        for credential in credentials {
            changes.add(try MerchantDirectory.change(putting: credential, bench.vault))
        }
        try await bench.store.commit(changes)
        try await bench.directory.refresh(from: bench.store)
    }

    @Test func `a merchant reads back as it was put`() async throws {
        try await Bench.with { bench in
            let shop = merchant(limits: Limits(perTransaction: 1, perDay: 2, countPerDay: 3))
            try await bench.put(shop)
            #expect(bench.directory.merchant(.shop) == shop)
            #expect(bench.directory.merchant(MerchantID(rawValue: "nobody")) == nil)
        }
    }

    @Test func `whoever presents a key is known by it, for one API alone`() async throws {
        try await Bench.with { bench in
            try await put(
                bench, credential("skey_1"), credential("pkey_1", role: "public"), credential("skey_2", .rival))
            #expect(bench.directory.authenticate("skey_1", dialect: FakeDialect.id)?.merchant.id == .shop)
            #expect(bench.directory.authenticate("skey_1", dialect: FakeDialect.id)?.role == "secret")
            #expect(bench.directory.authenticate("pkey_1", dialect: FakeDialect.id)?.role == "public")
            #expect(bench.directory.authenticate("skey_2", dialect: FakeDialect.id)?.merchant.id == .rival)
            #expect(bench.directory.authenticate("skey_1", dialect: DialectID(rawValue: "other")) == nil)
            for wrong in ["", "skey_", "skey_11", "SKEY_1", "skey_1 "] {
                #expect(bench.directory.authenticate(wrong, dialect: FakeDialect.id) == nil)
            }
            #expect(try !bench.fileHolds("skey_1"))
        }
    }

    @Test func `a key can be had where it must be signed with`() async throws {
        try await Bench.with { bench in
            try await put(bench, credential("skey_1"))
            let directory = bench.directory
            #expect(directory.credential(.shop, dialect: FakeDialect.id, role: "secret")?.expose() == "skey_1")
            #expect(directory.credential(.shop, dialect: FakeDialect.id, role: "public") == nil)
            #expect(directory.credential(.rival, dialect: FakeDialect.id, role: "secret") == nil)
        }
    }

    @Test func `a change shows after a refresh, and not before`() async throws {
        try await Bench.with { bench in
            var changes = Changes(at: bench.clock.now())
            var renamed = merchant()
            renamed.name = "New name"
            changes.add(try MerchantDirectory.change(putting: renamed))
            try await bench.store.commit(changes)
            #expect(bench.directory.merchant(.shop)?.name == "shop")
            try await bench.directory.refresh(from: bench.store)
            #expect(bench.directory.merchant(.shop)?.name == "New name")
        }
    }

    @Test func `nothing is read again while the version stands still`() async throws {
        try await Bench.with { bench in
            try await bench.tamper("DELETE FROM merchants")
            try await bench.directory.refresh(from: bench.store)
            #expect(bench.directory.merchant(.shop) != nil, "a change past the gateway moves no version")
            try await bench.put(merchant(.rival))
            #expect(bench.directory.merchant(.shop) == nil)
        }
    }

    /// One refresh has read and is slow to say so; a change and its own refresh come in between.
    @Test func `an older snapshot never takes the place of a newer one`() async throws {
        try await Bench.with { bench in
            try await bench.store.commit(renaming(bench, "first"))
            let door = bench.engine.holdNextRead()
            let slow = Task { try await bench.directory.refresh(from: bench.store) }
            await door.visited()
            try await bench.store.commit(renaming(bench, "second"))
            try await bench.directory.refresh(from: bench.store)
            #expect(bench.directory.merchant(.shop)?.name == "second")
            door.open()
            try await slow.value
            #expect(bench.directory.merchant(.shop)?.name == "second")
        }
    }

    private func renaming(_ bench: Bench, _ name: String) throws -> Changes {
        var changes = Changes(at: bench.clock.now())
        var renamed = merchant()
        renamed.name = name
        changes.add(try MerchantDirectory.change(putting: renamed))
        return changes
    }
}
