import ArgumentParser
import Gateway
import Payments

/// Where a command on statements works: which data, which merchant, which collection account.
struct StatementPlace: ParsableArguments {
    @OptionGroup var existing: ExistingData

    @Option(help: "A file that holds the master key; needed with --database.")
    var masterKeyFile: String?

    @Option(name: .customLong("public-url"), help: "The sandbox's address, as merchants are told it in webhooks.")
    var publicURL = "http://127.0.0.1:8080"

    @Option(help: "The merchant whose account it is; may be left out where there is one merchant.")
    var merchant: String?

    @Option(help: "The collection account's number among the merchant's, from 1.")
    var account: Int64

    func validate() throws {
        guard existing.database == nil || masterKeyFile != nil else {
            throw ValidationError("--database needs --master-key-file")
        }
    }

    /// Opens the data and hands over a gateway on it.
    /// - Parameter alone: where the command changes something: what to do instead where a gateway serves on SQLite.
    func use(
        _ command: String, alone: String? = nil,
        _ body: (Gateway, MerchantID, CollectionAccount) async throws -> Void
    ) async throws {
        try await existing.use(command, alone: alone) { store in
            try await SchemaCheck.require(store, migrate: "mekong migrate \(existing.named)")
            let gateway = try await existing.gateway(
                on: store, for: command, masterKeyFile: masterKeyFile, publicURL: publicURL)
            let (merchant, account) = try wanted(gateway.directory)
            try await body(gateway, merchant, account)
        }
    }

    private func wanted(_ directory: MerchantDirectory) throws -> (MerchantID, CollectionAccount) {
        let all = directory.merchants
        guard let found = merchant.map({ id in all.first { $0.id.rawValue == id } }) ?? (all.count == 1 ? all[0] : nil)
        else {
            throw DataFolder.Fault(
                description: merchant.map { "there is no merchant \($0)" }
                    ?? (all.isEmpty
                        ? "there is no merchant" : "there are \(all.count) merchants; name one with --merchant"))
        }
        guard let account = found.collectionAccount(account) else {
            throw DataFolder.Fault(description: "merchant \(found.id) has no collection account \(account)")
        }
        return (found.id, account)
    }
}
