import Ledger
import Payments
import Store
import TestSupport
import Testing

/// What only a database at the other end of a connection can do.
@Suite struct PostgreSQLFaultTests {
    @Test(.timeLimit(.minutes(20)))
    func `commits go through, once each, while connections are cut again and again`() async throws {
        try await TestDatabase.with(.postgresql) { database in
            let store = try database.open()
            try await store.fund(wallet, 1_000_000)
            async let cutting: Void = {
                for _ in 0..<10 {
                    try await database.shell(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                        """)
                }
            }()
            var stored = 0
            for round in 0..<40 {
                let outcomes = await together(20) { index in
                    await Outcome.of {
                        try await store.commit(.transfer(transfer("t\(round)-\(index)", .single, 1)))
                    }
                }
                #expect(Set(outcomes).isSubset(of: [.stored, .unavailable]))
                stored += outcomes.count(of: .stored)
            }
            try await cutting
            #expect(stored > 0)
            let balance = try await store.balance(of: purse).posted
            // Where nobody could say whether a commit went through, it may have.
            #expect(balance >= Int64(stored))
            #expect(try await store.transfers().count == Int(balance) + 1)
            try await store.close()
        }
    }

    @Test func `a read goes on over a new connection`() async throws {
        try await TestDatabase.with(.postgresql) { database in
            let store = try database.open()
            try await store.commit(.insert(payment(1)))
            try await store.expect(payment(1)) { try $0.payment(id(1)) }
            try await database.shell(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """)
            try await store.expect(payment(1)) { try $0.payment(id(1)) }
            try await store.commit(.insert(payment(2)))
            try await store.close()
        }
    }

    @Test func `a database in another encoding is refused`() async throws {
        let cluster = try await SharedCluster.shared.cluster()
        try await cluster.dropDatabase("latin")
        try await cluster.shell(
            "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'", in: "postgres")
        let store = try Store.open(.postgresql(url: cluster.url("latin")), patience: .patient, logger: .silent)
        await expect(.damaged) { try await store.migrate() }
        await expect(.damaged) { try await store.commit(.insert(payment(1))) }
        try await store.close()
    }

    @Test func `a database that is not there is unavailable, and a URL that is none is told so`() async throws {
        let cluster = try await SharedCluster.shared.cluster()
        let store = try Store.open(.postgresql(url: cluster.url("nowhere")), logger: .silent)
        await expect(.unavailable) { try await store.commit(.insert(payment(1))) }
        await expect(.unavailable) { _ = try await store.read { try $0.payment(id(1)) } }
        try await store.close()
        await expect(.unavailable) {
            _ = try Store.open(.postgresql(url: "postgresql://host/name?no_such_setting=1"), logger: .silent)
        }
    }

    @Test func `a database without a schema says so`() async throws {
        try await TestDatabase.with(.postgresql, migrated: false) { database in
            let store = try database.open()
            await expect(.damaged) { try await store.commit(.insert(payment(1))) }
            await expect(.damaged) { _ = try await store.read { try $0.payment(id(1)) } }
            #expect(try await store.schemaState() == .missing)
            try await store.migrate()
            #expect(try await store.schemaState() == .current)
            try await store.commit(.insert(payment(1)))
            try await store.close()
        }
    }

    /// Rows are fetched in batches; a read within goes over the same connection.
    @Test(arguments: TestEngine.all)
    func `a scan sees everything, however much that is, and may read within`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            for part in 0..<5 {
                try await store.commit((0..<1_000).map { .insert(payment(UInt64(part * 1_000 + $0 + 1))) })
            }
            let seen = try await store.scan { reader in
                var seen = 0
                try reader.forEachPayment { payment in
                    if seen.isMultiple(of: 500), try reader.payment(payment.id) == nil { return }
                    seen += 1
                }
                return seen
            }
            #expect(seen == 5_000)
        }
    }
}

/// Commits wait for a standby that is not there.
@Suite struct MissingStandbyTests {
    @Test(.timeLimit(.minutes(20)))
    func `a server that does not finish commits is unavailable, keeps few sessions waiting, and recovers`() async throws
    {
        let cluster = try await PostgreSQLCluster.start(.fast)
        try await cluster.makeDatabase("waiting")
        let location = DatabaseLocation.postgresql(url: cluster.url("waiting"))
        let store = try Store.open(location, logger: .silent)
        // What the test itself must do and see waits for a busy machine.
        let patient = try Store.open(location, patience: .patient, logger: .silent)
        try await patient.migrate()
        try await patient.commit(.insert(payment(1)))
        try await require(standby: "nobody", of: cluster)
        let begin = ContinuousClock.now
        for round in 0..<12 {
            let outcomes = await together(10) { index in
                await Outcome.of { try await store.commit(.insert(payment(UInt64(100 + round * 10 + index)))) }
            }
            #expect(!outcomes.contains(.stored))
            // Reads go on, and find nothing of what was not acknowledged.
            try await patient.expect(nil) { try $0.payment(id(UInt64(100 + round * 10))) }
        }
        let waiting = try await cluster.shell(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'", in: "waiting")
        // One more session is tried after 6, 16 and 34 seconds: the pauses double. The server keeps each.
        let took = ContinuousClock.now - begin
        if took < .seconds(16) { #expect(Int(waiting) ?? .max <= 2) }
        #expect(Int(waiting) ?? .max <= 12, "not one for each of 120 commits")
        try await require(standby: "", of: cluster)
        try await eventually("service") {
            await Outcome.of { try await store.commit(.insert(payment(2))) } != .unavailable
        }
        try await patient.expect(payment(2)) { try $0.payment(id(2)) }
        try await patient.close()
        try await store.close()
        try await cluster.remove()
    }

    private func require(standby name: String, of cluster: PostgreSQLCluster) async throws {
        try await cluster.shell("ALTER SYSTEM SET synchronous_standby_names = '\(name)'", in: "postgres")
        try await cluster.shell("SELECT pg_reload_conf()", in: "postgres")
        try await eventually("the setting") {
            try await cluster.shell("SHOW synchronous_standby_names", in: "postgres") == name
        }
    }
}
