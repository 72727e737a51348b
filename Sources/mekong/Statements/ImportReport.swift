import Gateway
import Statements
import WireKit

/// What came of importing one file.
struct ImportReport: Sendable {
    /// How many refused lines are told one by one; those after them are counted.
    static let mostRefusals = 1_000

    var summary = ImportSummary()
    var debits = 0
    /// The first of the refused lines.
    var refused: [RefusedLine] = []
    var refusedCount = 0
    /// Why the file was not read, or not to its end.
    var fault: StatementFault?

    /// Everything that was read so far.
    var lines: Int { summary.new + summary.known + debits + refusedCount }
    /// Whether there is nothing for a person to look at.
    var isClean: Bool { refusedCount == 0 && fault == nil }

    mutating func refuse(_ line: RefusedLine) {
        refusedCount += 1
        if refused.count < Self.mostRefusals { refused.append(line) }
    }

    /// In words, for one file.
    func text(_ file: String) -> String {
        var text =
            "\(file): \(summary.new) new, \(summary.known) known, \(summary.matched) matched, "
            + "\(debits) debits left out, \(refusedCount) refused"
        for line in refused { text += "\n  line \(line.line): \(line.reason)" }
        if refusedCount > refused.count { text += "\n  and \(refusedCount - refused.count) more" }
        if let fault { text += "\n  not read\(lines > 0 ? " on" : ""): \(fault)" }
        return text
    }

    /// The same as JSON.
    var json: [UInt8] {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("status", isClean ? "ok" : fault == nil ? "refused_lines" : "unreadable")
            json.member("new", summary.new)
            json.member("known", summary.known)
            json.member("matched", summary.matched)
            json.member("debits", debits)
            json.member("refused", refusedCount)
            json.memberArray("refused_lines") { json in
                for line in refused {
                    json.elementObject { json in
                        json.member("line", line.line)
                        json.member("reason", line.reason)
                    }
                }
            }
            if let fault { json.member("error", fault.description) }
        }
        return json.bytes
    }
}
