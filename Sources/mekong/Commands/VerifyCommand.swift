import ArgumentParser
import Gateway
import Logging
import Store

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recomputes the books; exits non-zero and names the first difference.")

    @Option(help: "The data folder.")
    var data = "./mekong-data"

    func run() async throws {
        let folder = try DataFolder(existing: data)
        let store = Store(engine: try SQLiteEngine(path: folder.gatewayDatabase, logger: Log.make("verify")))
        do {
            let summary = try await Auditor().verify(store)
            Output.line(
                "verified: \(summary.transfers) transfers, \(summary.accounts) accounts, "
                    + "\(summary.payments) payments, \(summary.refunds) refunds")
            try await store.close()
        } catch let difference as Auditor.Difference {
            Output.error("difference: \(difference)")
            throw ExitCode.failure
        } catch {
            Output.error("cannot verify: \(error)")
            throw ExitCode(2)
        }
    }
}

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Brings the database's schema up to date.")

    @Option(help: "The data folder.")
    var data = "./mekong-data"

    func run() async throws {
        let folder = try DataFolder(existing: data)
        let store = Store(engine: try SQLiteEngine(path: folder.gatewayDatabase, logger: Log.make("migrate")))
        do {
            try await store.migrate()
            try await store.close()
            Output.line("the schema is up to date")
        } catch {
            Output.error("cannot migrate: \(error)")
            throw ExitCode.failure
        }
    }
}
