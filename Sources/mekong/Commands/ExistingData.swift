import ArgumentParser
import Foundation
import Store

/// A gateway's data, for commands that look after it: a sandbox's folder, a database, or what a configuration names.
struct ExistingData: ParsableArguments {
    @Option(help: "The data folder of a sandbox; ./mekong-data, if nothing is named.")
    var data: String?

    @Option(help: "A database: sqlite:PATH or postgresql://…")
    var database: String?

    @Option(help: "The configuration file of mekong serve, whose database is meant.")
    var config: String?

    func validate() throws {
        guard [data, database, config].count(where: { $0 != nil }) < 2 else {
            throw ValidationError("name one of --data, --database and --config")
        }
    }

    /// Opens the gateway's database, runs `body` and closes it. What goes wrong is said in one line, with exit code 2.
    /// - Parameters:
    ///   - isMade: whether a SQLite file that is not there is made.
    ///   - alone: where no gateway may serve on a SQLite file meanwhile: what to do instead where one does.
    func use(
        _ command: String, isMade: Bool = false, alone: String? = nil, _ body: (Store) async throws -> Void
    ) async throws {
        do {
            let location = try location()
            if case .sqlite(let path) = location, !isMade, !FileManager.default.fileExists(atPath: path) {
                throw DataFolder.Fault(description: "there is no database \(path)")
            }
            let lock = try alone.map { try locked(location, otherwise: $0) }
            defer { withExtendedLifetime(lock) {} }
            let store = try Store.open(location, logger: Log.make(command))
            try await body(store)
            try await store.close()
        } catch let code as ExitCode {
            throw code
        } catch let error as ConfigurationFaults {
            for fault in error.faults { Output.error(fault.description) }
            throw ExitCode(2)
        } catch {
            Output.error("cannot \(command): \(error)")
            throw ExitCode(2)
        }
    }

    /// As the command line would name it again.
    var named: String {
        config.map { "--config \($0)" } ?? data.map { "--data \($0)" } ?? database.map { _ in "--database …" } ?? ""
    }

    private func locked(_ location: DatabaseLocation, otherwise advice: String) throws -> DatabaseLock? {
        do {
            return try DatabaseLock.taking(location)
        } catch let fault as DatabaseLock.Fault {
            throw DataFolder.Fault(description: "\(fault); or \(advice)")
        }
    }

    private func location() throws -> DatabaseLocation {
        if let config {
            return try ServeConfiguration.database(environment: ProcessInfo.processInfo.environment, file: config)
        }
        if let database { return try DatabaseLocation(parsing: database) }
        return .sqlite(path: try DataFolder(existing: data ?? "./mekong-data").gatewayDatabase)
    }
}
