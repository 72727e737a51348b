import ArgumentParser
import Store

/// A data folder that must be there already, for commands that look after it.
struct ExistingData: ParsableArguments {
    @Option(help: "The data folder.")
    var data = "./mekong-data"

    /// Opens the gateway's database, runs `body` and closes it. What goes wrong is said in one line, with exit code 2.
    func use(_ command: String, _ body: (Store) async throws -> Void) async throws {
        do {
            let folder = try DataFolder(existing: data)
            let store = Store(engine: try SQLiteEngine(path: folder.gatewayDatabase, logger: Log.make(command)))
            try await body(store)
            try await store.close()
        } catch let code as ExitCode {
            throw code
        } catch {
            Output.error("cannot \(command): \(error)")
            throw ExitCode(2)
        }
    }
}
