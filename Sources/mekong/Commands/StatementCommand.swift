import ArgumentParser
import Foundation
import Gateway
import Payments
import Statements
import Store

struct StatementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement", abstract: "Statements of collection accounts.",
        subcommands: [StatementImportCommand.self])
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

    @OptionGroup var existing: ExistingData

    @Option(help: "A file that holds the master key; needed with --database.")
    var masterKeyFile: String?

    @Option(name: .customLong("public-url"), help: "The sandbox's address, as merchants are told it in webhooks.")
    var publicURL = "http://127.0.0.1:8080"

    @Option(help: "The merchant whose account it is; may be left out where there is one merchant.")
    var merchant: String?

    @Option(help: "The collection account's number among the merchant's, from 1.")
    var account: Int64

    @Option(help: "camt053, mt940 or csv.")
    var format: StatementFormat

    @Option(help: "For csv: a file, in TOML or JSON, that says which column is what.")
    var map: String?

    @Argument(help: "The files, in the order in which they are read.")
    var files: [String]

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("name at least one file") }
        guard (format == .csv) == (map != nil) else { throw ValidationError("--map belongs to --format csv, and it needs it") }
        guard existing.database == nil || masterKeyFile != nil else {
            throw ValidationError("--database needs --master-key-file")
        }
    }

    func run() async throws {
        try await existing.use("import", isAlone: true) { store in
            try await SchemaCheck.require(store, migrate: "mekong migrate \(existing.named)")
            let gateway = try await existing.gateway(
                on: store, masterKeyFile: masterKeyFile, publicURL: publicURL)
            let (merchant, account) = try wanted(gateway.directory)
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
                description: "the database could not be reached while \(file) was read; what was taken stands, run it again")
        }
    }

    private func wanted(_ directory: MerchantDirectory) throws -> (MerchantID, CollectionAccount) {
        let all = directory.merchants
        guard let found = merchant.map({ id in all.first { $0.id.rawValue == id } }) ?? (all.count == 1 ? all[0] : nil)
        else {
            throw DataFolder.Fault(
                description: merchant.map { "there is no merchant \($0)" }
                    ?? (all.isEmpty ? "there is no merchant" : "there are \(all.count) merchants; name one with --merchant"))
        }
        guard let account = found.collectionAccount(account) else {
            throw DataFolder.Fault(description: "merchant \(found.id) has no collection account \(account)")
        }
        return (found.id, account)
    }
}
