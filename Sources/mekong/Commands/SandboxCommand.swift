import ArgumentParser
import Store

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Runs the whole gateway on this machine: SQLite, simulated banks, test cards, a clock to move.")

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on.")
    var port = 8080

    @Option(help: "The data folder, made if missing; :memory: keeps nothing.")
    var data = "./mekong-data"

    @Option(help: "Where the gateway's own data is, such as postgresql://…; the data folder, if not given.")
    var database: String?

    func run() async throws {
        let location: DatabaseLocation?
        do {
            location = try database.map { try DatabaseLocation(parsing: $0) }
        } catch {
            Output.error("cannot use --database: \(error)")
            throw ExitCode(2)
        }
        let folder: DataFolder
        do {
            folder = try DataFolder(preparing: data)
        } catch {
            Output.error("cannot use the data folder \(data): \(error)")
            throw ExitCode.failure
        }
        defer { folder.removeIfTemporary() }
        do {
            try await SandboxHost.run(host: host, port: port, folder: folder, database: location)
        } catch {
            Output.error("cannot run: \(StartFault.explain(error, host: host, port: port))")
            folder.removeIfTemporary()
            throw ExitCode.failure
        }
    }
}
