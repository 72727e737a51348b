import ArgumentParser
import Gateway
import Payments

struct StatementMatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Says that a line pays a deposit: one that waits, or one that has lapsed.",
        discussion: """
            The deposit is paid and its merchant is told. Who said so is kept with the line. There is no way back.
            Exits with 0 where it was done, with 1 where it was refused and nothing was changed, and with 2 where nothing \
            could be begun.
            """)

    @OptionGroup var place: StatementPlace

    @Option(help: "The line's number, as mekong statement unmatched shows it.")
    var line: Int64

    @Option(help: "The deposit: its id, or a name that it has in its API.")
    var deposit: String

    @Option(help: "Who says so: a name, and why, if you like; at most \(Assignment.longestPerson) characters.")
    var by: String

    func validate() throws {
        guard !deposit.isEmpty else { throw ValidationError("--deposit must not be empty") }
        guard Assignment(person: by, at: Instant(microseconds: 0)) != nil else {
            throw ValidationError(
                "--by must be a name of at most \(Assignment.longestPerson) characters, without control characters")
        }
    }

    func run() async throws {
        try await place.use(
            "match the line", alone: "tell that process with POST /statements/{merchant}/{account}/match"
        ) { gateway, merchant, account in
            guard let person = Assignment(person: by, at: gateway.clock.now()) else { return }
            do {
                let done = try await gateway.assign(
                    line: line, of: merchant, account: account.number, to: deposit, by: person)
                Output.line(
                    "line \(line) has paid deposit \(done.step.payment.id), \(done.step.payment.amount)"
                        + (done.isLate ? ", which had lapsed" : ""))
            } catch let refusal as AssignmentRefusal {
                Output.error("not matched: \(refusal)")
                throw ExitCode.failure
            } catch GatewayFault.unavailable {
                throw DataFolder.Fault(
                    description: "the database could not be reached; whether it was done is not known, look again")
            }
        }
    }
}
