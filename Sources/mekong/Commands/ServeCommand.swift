import ArgumentParser
import Foundation

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the gateway in production.",
        discussion: """
            Settings come from flags, from variables of the environment that begin with MEKONG_, and from the file, \
            the first that has one deciding.
            """)

    @OptionGroup var flags: ServeFlags

    func run() async throws {
        let configuration: ServeConfiguration
        do {
            configuration = try ServeConfiguration.read(
                flags: flags.values, environment: ProcessInfo.processInfo.environment, file: flags.config)
        } catch {
            for fault in error.faults { Output.error(fault.description) }
            throw ExitCode(2)
        }
        do {
            try await ProductionHost.run(
                configuration, migrate: "mekong migrate \(flags.config.map { "--config \($0)" } ?? "--database URL")")
        } catch {
            let reason = StartFault.explain(
                error, host: configuration.host, port: configuration.port, setting: configuration.portSetting)
            Output.error("cannot run: \(reason)")
            throw ExitCode.failure
        }
    }
}
