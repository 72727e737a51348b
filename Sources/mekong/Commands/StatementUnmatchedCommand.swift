import ArgumentParser
import Gateway
import Payments
import WireKit

struct StatementUnmatchedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmatched",
        abstract: "Shows the lines that nothing has used, oldest first, and the deposits that they could be for.",
        discussion: "It changes nothing, and works beside a gateway that serves. Account numbers are masked.")

    /// How many lines are shown at most.
    static let mostLines = 1_000

    @OptionGroup var place: StatementPlace

    @Option(
        help: "Lines that were credited from this day on, in Bangkok, as 2026-03-02.",
        transform: { text in
            guard let day = Instant(bangkokDay: text) else { throw ValidationError("\(text) is no day") }
            return day
        })
    var since: Instant?

    @Option(help: "How many lines are shown, at most \(mostLines).")
    var limit = 100

    @Flag(help: "Prints JSON.")
    var json = false

    func validate() throws {
        guard (1...Self.mostLines).contains(limit) else {
            throw ValidationError("--limit must be from 1 to \(Self.mostLines)")
        }
    }

    func run() async throws {
        try await place.use("show the unmatched lines") { gateway, merchant, account in
            let found = try await gateway.unmatchedLines(
                of: merchant, account: account.number, since: since ?? Instant(microseconds: 0), limit: limit)
            let report = UnmatchedReport(found: found, merchant: merchant, account: account.number)
            Output.line(json ? String(decoding: report.json, as: UTF8.self) : report.text)
        }
    }
}

extension Instant {
    /// The midnight in Bangkok with which a day such as `2026-03-02` begins; nil where the text is no day.
    init?(bangkokDay text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            let midnight = CivilTime(year: year, month: month, day: day)
        else { return nil }
        self.init(microseconds: midnight.microseconds(offsetSeconds: CivilTime.bangkok))
    }
}
