import Foundation
import TestSupport

/// One system call of a traced process. Its beginning and its end are line numbers of the trace: strace writes
/// what it sees in order, and a thread goes on only after its line is written, so that a later line never
/// belongs to a cause of an earlier one.
struct SystemCall {
    let name: String
    /// The path or the connection behind the call's file descriptor.
    let target: String
    let begin: Int
    var end: Int
    var text: String

    /// Whether it has returned, and with more than zero where bytes were asked for.
    var moved: Bool {
        guard let result = text.range(of: ") = ", options: .backwards) else { return false }
        return (Int(text[result.upperBound...].prefix { $0.isNumber }) ?? 0) > 0
    }

    /// strace pads what it says of a call that another interrupted.
    var succeeded: Bool { text.hasSuffix(" = 0") }
}

/// What `strace -f -yy` wrote about a process.
struct SystemCallTrace {
    private(set) var calls: [SystemCall] = []

    /// The options that make strace write what this type reads. `-D` keeps the traced program the child of whoever
    /// started it, so that its exit code and its signals are its own.
    static func command(into file: String) -> [String] {
        let names = [
            "read", "readv", "recvfrom", "recvmsg", "write", "writev", "sendto", "sendmsg", "pwrite64", "pwritev",
            "fsync", "fdatasync",
        ]
        return ["strace", "-D", "-f", "-yy", "-s", "100", "-e", "trace=" + names.joined(separator: ","), "-o", file]
    }

    init(_ text: String) {
        var unfinished: [Substring: Int] = [:]
        for (number, line) in text.split(separator: "\n").enumerated() {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let (thread, rest) = (parts[0], parts[1].drop { $0 == " " })
            if rest.hasPrefix("<... "), let index = unfinished.removeValue(forKey: thread) {
                calls[index].end = number
                calls[index].text += rest
            } else if let call = Self.parse(rest, at: number) {
                if rest.hasSuffix("<unfinished ...>") { unfinished[thread] = calls.count }
                calls.append(call)
            }
        }
        // A call that never returned happened after everything else, as far as anyone can tell.
        for index in unfinished.values { calls[index].end = .max }
    }

    private static func parse(_ rest: Substring, at number: Int) -> SystemCall? {
        guard let open = rest.firstIndex(of: "("), let label = rest[open...].firstIndex(of: "<") else { return nil }
        let target = rest[rest.index(after: label)...]
        // A connection's label has an arrow in it, so the label ends at a ">" before punctuation.
        guard let end = [">, ", ">,", ">)", "> <unfinished"].compactMap({ target.range(of: $0)?.lowerBound }).min()
        else { return nil }
        return SystemCall(
            name: String(rest[..<open]), target: String(target[..<end]), begin: number, end: number, text: String(rest))
    }
}

/// A request and its answer on one connection.
struct Exchange {
    let connection: String
    /// The line at which the last bytes of the request had been read.
    var arrived: Int
    /// The line at which the first bytes of the answer began to leave.
    var left = Int.max
    var answer = ""
    /// How many times in between something was written to the log file and then synced, from begin to end.
    var commits = 0
}

extension SystemCallTrace {
    /// The requests that begin with `line`, in the order of their answers. `isLog` tells the file of the commits.
    func exchanges(beginningWith line: String, where isLog: (String) -> Bool) -> [Exchange] {
        var open: [String: Exchange] = [:]
        var answered: [Exchange] = []
        // A read counts when it has ended, a write when it has begun.
        let reads = calls.filter { $0.name.hasPrefix("re") && $0.moved }.map { (line: $0.end, call: $0, isRead: true) }
        let writes = calls.filter { $0.name.hasPrefix("write") || $0.name.hasPrefix("send") }
            .map { (line: $0.begin, call: $0, isRead: false) }
        for event in (reads + writes).sorted(by: { $0.line < $1.line }) {
            let connection = event.call.target
            if event.isRead {
                if event.call.text.contains("\"\(line)") {
                    open[connection] = Exchange(connection: connection, arrived: event.line)
                } else {
                    open[connection]?.arrived = event.line
                }
            } else if var exchange = open[connection], event.call.text.contains("\"HTTP/1.1 ") {
                open[connection] = nil
                exchange.left = event.line
                exchange.answer = event.call.text
                exchange.commits = commits(after: exchange.arrived, before: exchange.left, where: isLog)
                answered.append(exchange)
            }
        }
        return answered
    }

    private func commits(after first: Int, before last: Int, where isLog: (String) -> Bool) -> Int {
        var count = 0
        var written = false
        for call in calls where call.begin > first && call.end < last && isLog(call.target) {
            switch call.name {
            case "pwrite64", "pwritev", "write", "writev":
                written = true
            case "fsync", "fdatasync":
                if written && call.succeeded { count += 1 }
                written = false
            default:
                break
            }
        }
        return count
    }
}
