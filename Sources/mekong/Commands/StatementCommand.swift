import ArgumentParser
import Foundation
import Gateway
import Statements

struct StatementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement", abstract: "Statements of collection accounts.",
        subcommands: [
            StatementImportCommand.self, StatementUnmatchedCommand.self, StatementMatchCommand.self,
        ])
}

extension StatementFormat: ExpressibleByArgument {}

struct StatementImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Reads files of a bank: each line once; deposits that wait for the money are paid.",
        discussion: """
            Exits with 0 where every line was taken or was known, with 1 where a line was refused or a file could not be \
            read, and with 2 where nothing could be begun.
            """)

    @OptionGroup var place: StatementPlace

    @Option(help: "camt053, mt940 or csv.")
    var format: StatementFormat

    @Option(help: "For csv: a file, in TOML or JSON, that says which column is what.")
    var map: String?

    @Argument(help: "The files, in the order in which they are read.")
    var files: [String]

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("name at least one file") }
        guard (format == .csv) == (map != nil) else {
            throw ValidationError("--map belongs to --format csv, and it needs it")
        }
    }

    func run() async throws {
        try await place.use("import", alone: "hand the file to that process with POST /statements/{merchant}/{account}")
        {
            gateway, merchant, account in
            let columns = try map.map(MapFile.read)
            let importer = StatementImporter(gateway: gateway, merchant: merchant, account: account)
            var isClean = true
            for file in files { isClean = try await read(file, columns, importer) && isClean }
            if !isClean { throw ExitCode.failure }
        }
    }

    private func read(_ file: String, _ columns: ColumnMap?, _ importer: StatementImporter) async throws -> Bool {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue,
            FileManager.default.isReadableFile(atPath: file)
        else {
            Output.line("\(file): there is no such file that can be read")
            return false
        }
        let progress = ProgressLine(file)
        do {
            let report = try await importer.run(StatementSource(path: file), format: format, map: columns) {
                progress.show($0.lines)
            }
            progress.clear()
            Output.line(report.text(file))
            return report.isClean
        } catch GatewayFault.unavailable {
            progress.clear()
            throw DataFolder.Fault(
                description:
                    "the database could not be reached while \(file) was read; what was taken stands, run it again")
        }
    }
}
