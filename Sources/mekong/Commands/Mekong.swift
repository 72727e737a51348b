import ArgumentParser

@main
struct Mekong: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mekong", abstract: "A self-hosted payment gateway for Thailand and Cambodia.",
        version: mekongVersion,
        subcommands: [
            SandboxCommand.self, ServeCommand.self, VerifyCommand.self, MigrateCommand.self, StatementCommand.self,
            VersionCommand.self,
        ])
}

/// The version of this program.
let mekongVersion = "0.1.0"

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Prints the version.")

    func run() {
        Output.line("mekong \(mekongVersion)")
    }
}
