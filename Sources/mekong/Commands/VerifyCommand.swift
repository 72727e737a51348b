import ArgumentParser
import Gateway
import Logging
import Store

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recomputes the books; exits non-zero and names the first difference.")

    @OptionGroup var existing: ExistingData

    func run() async throws {
        try await existing.use("verify") { store in
            try await SchemaCheck.require(store, migrate: "mekong migrate \(existing.named)")
            do {
                let summary = try await Auditor().verify(store)
                Output.line(
                    "verified: \(summary.transfers) transfers, \(summary.accounts) accounts, "
                        + "\(summary.payments) payments, \(summary.refunds) refunds, \(summary.lines) statement lines, "
                        + "\(summary.payouts) payouts")
            } catch let difference as Auditor.Difference {
                Output.error("difference: \(difference)")
                throw ExitCode.failure
            }
        }
    }
}
