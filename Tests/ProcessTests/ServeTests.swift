import Foundation
import TestSupport
import Testing

extension ProcessTests {
    @Suite("In production", .serialized)
    struct ServeTests {
        @Test("it asks for mekong migrate, and works after it", .timeLimit(.minutes(20)))
        func migrations() async throws {
            try await withFolder { folder in
                let production = try Production(in: folder)
                let missing = try await production.refuse()
                #expect(missing.ending == .exited(1))
                #expect(missing.errors.contains("run mekong migrate --config \(production.configuration)"))
                try production.put("gateway.sqlite", "")
                let empty = try await production.refuse()
                #expect(empty.ending == .exited(1))
                #expect(empty.errors.contains("the database has no schema yet; run mekong migrate --config"))
                let unverified = try await production.verify()
                #expect(unverified.ending == .exited(2))
                #expect(unverified.errors.contains("run mekong migrate"))

                let migrated = try await production.migrate()
                #expect(migrated.ending == .exited(0), "\(migrated.text)")
                try await production.serving { child in
                    let answer = try await production.curl("/readyz", [])
                    #expect(answer.hasSuffix(" 200"))
                    child.send(SIGTERM)
                    let ending = try await child.end()
                    #expect(ending == .exited(0))
                }
                let verified = try await production.verify()
                #expect(verified.ending == .exited(0), "\(verified.text)")
            }
        }

        @Test("on PostgreSQL it does the same, and migrates once however many ask", .timeLimit(.minutes(20)))
        func migrationsOnPostgreSQL() async throws {
            try await withCluster { cluster in
                try await cluster.makeDatabase("production")
                try await withFolder { folder in
                    let production = try Production(in: folder, tls: false, database: cluster.url("production"))
                    let empty = try await production.refuse()
                    #expect(empty.ending == .exited(1))
                    #expect(empty.errors.contains("the database has no schema yet; run mekong migrate --config"))
                    let outcomes = try await inParallel([1, 2]) { _ in try await production.migrate() }
                    #expect(outcomes.map(\.ending) == [.exited(0), .exited(0)], "\(outcomes.map(\.text))")
                    try await production.serving { child in
                        let wire = Wire(base: "http://127.0.0.1:\(production.port)")
                        let (ready, hidden) = try await (wire.get("/readyz"), wire.get("/sandbox/credentials"))
                        #expect(ready.status == 200)
                        #expect(hidden.status == 404)
                        child.send(SIGTERM)
                        let ending = try await child.end()
                        #expect(ending == .exited(0))
                    }
                    let verified = try await production.verify()
                    #expect(verified.ending == .exited(0), "\(verified.text)")
                    try await expectRefusalOfNewerSchema(production, cluster)
                }
            }
        }

        private func expectRefusalOfNewerSchema(_ production: Production, _ cluster: PostgreSQLCluster) async throws {
            _ = try await cluster.shell("INSERT INTO schema_version (number) VALUES (999)", in: "production")
            for outcome in try await [production.refuse(), production.migrate()] {
                #expect(outcome.ending != .exited(0))
                #expect(outcome.errors.contains("the database has schema 999, which is newer than this program"))
            }
        }

        @Test("over TLS it speaks HTTP/2 and HTTP/1.1, and has no control API", .timeLimit(.minutes(20)))
        func protocols() async throws {
            try await withFolder { folder in
                let production = try Production(in: folder)
                _ = try await production.migrate()
                try await production.serving { child in
                    let new = try await production.curl("/readyz", ["--http2"])
                    #expect(new == "2 200")
                    let old = try await production.curl("/readyz", ["--http1.1"])
                    #expect(old == "1.1 200")
                    let hidden = try await production.curl("/sandbox/credentials", ["--http2"])
                    #expect(hidden == "2 404")
                    let reset = try await production.curl("/sandbox/reset", ["-X", "POST"])
                    #expect(reset.hasSuffix(" 404"))
                    let unknown = try await production.curl("/no/such/page", [])
                    #expect(unknown.hasSuffix(" 404"))
                    let weak = try await production.curl("/readyz", ["--tls-max", "1.1"])
                    #expect(!weak.contains("200"))
                    let printed = child.printed
                    #expect(printed.contains("https://127.0.0.1:\(production.port)"), "\(printed)")
                    child.send(SIGTERM)
                    let ending = try await child.end()
                    #expect(ending == .exited(0), "\(child.complained)")
                }
            }
        }

        @Test("without a certificate it speaks HTTP/1.1 in the clear", .timeLimit(.minutes(20)))
        func clear() async throws {
            try await withFolder { folder in
                let production = try Production(in: folder, tls: false)
                _ = try await production.migrate()
                try await production.serving { child in
                    let answer = try await Wire(base: "http://127.0.0.1:\(production.port)").get("/healthz")
                    #expect(answer.status == 200)
                    child.send(SIGTERM)
                    let ending = try await child.end()
                    #expect(ending == .exited(0))
                }
            }
        }

        @Test("a database that a sandbox has used is refused", .timeLimit(.minutes(20)))
        func demoCredentials() async throws {
            try await Sandbox.with { sandbox in
                let ended = try await sandbox.terminate()
                #expect(ended == .exited(0))
                let production = try Production(in: sandbox.folder)
                let refused = try await production.refuse([
                    "--database-url", "sqlite:\(sandbox.data)/gateway.sqlite",
                    "--master-key-file", "\(sandbox.data)/master.key",
                ])
                #expect(refused.ending == .exited(1))
                #expect(refused.errors.contains("which everyone knows"), "\(refused.errors)")
                #expect(refused.errors.split(separator: "\n").count == 1)
            }
        }

        @Test("every fault of the configuration is a line of its own", .timeLimit(.minutes(20)))
        func faults() async throws {
            try await withFolder { folder in
                let production = try Production(in: folder)
                let refused = try await production.refuse(["--listen-port", "0", "--rails-card", "sandbox"])
                #expect(refused.ending == .exited(2))
                let lines = refused.errors.split(separator: "\n")
                #expect(lines.count == 2, "\(refused.errors)")
                #expect(lines.first?.hasPrefix("listen.port (--listen-port): 0 is no port") ?? false)
                #expect(lines.last?.hasPrefix("rails.card (--rails-card): the sandbox's banks") ?? false)
                #expect(refused.output.isEmpty)
            }
        }

        @Test("a second process on one SQLite file is refused, and verify is not", .timeLimit(.minutes(20)))
        func twoOnOneFile() async throws {
            try await withFolder { folder in
                let production = try Production(in: folder)
                _ = try await production.migrate()
                try await production.serving { _ in
                    let second = try await production.refuse(["--listen-port", "\(Ports.free())"])
                    #expect(second.ending == .exited(1))
                    #expect(second.errors.contains("another process serves on \(production.database)"))
                    let verified = try await production.verify()
                    #expect(verified.ending == .exited(0), "\(verified.text)")
                }
            }
        }

        @Test("a second sandbox on one data folder is refused, and verify is not", .timeLimit(.minutes(20)))
        func twoSandboxes() async throws {
            try await Sandbox.with { sandbox in
                let second = try await run(
                    [Sandbox.binary, "sandbox", "--port", "\(Ports.free())", "--data", sandbox.data])
                #expect(second.ending == .exited(1))
                #expect(second.errors.contains("another process serves on"), "\(second.text)")
                #expect(second.errors.split(separator: "\n").count == 1)
                let verified = try await sandbox.verify()
                #expect(verified.ending == .exited(0), "\(verified.text)")
                #expect(try await sandbox.wire.get("/readyz").status == 200)
                // The lock goes with the process, however it ends.
                try await sandbox.kill9()
                try await sandbox.start()
            }
        }

        @Test("a sandbox keeps the gateway's data where --database says", .timeLimit(.minutes(20)))
        func otherDatabase() async throws {
            try await withFolder { folder in
                let (port, data) = (Ports.free(), folder + "/data")
                let child = try await Child(
                    [
                        Sandbox.binary, "sandbox", "--port", "\(port)", "--data", data, "--database",
                        "sqlite:\(folder)/elsewhere.sqlite",
                    ], in: folder, logs: "\(folder)/sandbox")
                let ready = try await eventually { child.hasEnded || Ports.answers(port) }
                #expect(ready)
                child.send(SIGTERM)
                let ending = try await child.end()
                #expect(ending == .exited(0), "\(child.complained)")
                let kept = try FileManager.default.contentsOfDirectory(atPath: data).filter { !$0.contains("-") }
                #expect(kept.sorted() == ["banks.sqlite", "master.key"])
                let verified = try await run(
                    [Sandbox.binary, "verify", "--database", "sqlite:\(folder)/elsewhere.sqlite"])
                #expect(verified.ending == .exited(0), "\(verified.text)")
                let both = try await run([Sandbox.binary, "verify", "--database", "sqlite:x", "--data", data])
                #expect(both.ending != .exited(0) && both.errors.contains("name one of"), "\(both.text)")
            }
        }
    }
}
