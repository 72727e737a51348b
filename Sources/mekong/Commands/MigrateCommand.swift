import ArgumentParser
import Store

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Brings the database's schema up to date.")

    @OptionGroup var existing: ExistingData

    func run() async throws {
        try await existing.use("migrate", isMade: true) { store in
            try await store.migrate()
            Output.line("the schema is up to date")
        }
    }
}
