import Foundation
import Logging
import WireKit

/// Structured logs: one JSON object a line, on standard error. Values are escaped; secrets are never passed here.
struct Log: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    private let label: String
    /// Names that are taken in every line.
    private static let own: Set<String> = ["at", "level", "logger", "message", "request_id"]

    init(label: String, level: Logger.Level) {
        self.label = label
        logLevel = level
    }

    /// A logger of this program's, at a level, or the one that `LOG_LEVEL` names, or notices and worse.
    static func make(_ label: String, level: Logger.Level? = nil) -> Logger {
        let level =
            level
            ?? ProcessInfo.processInfo.environment["LOG_LEVEL"].flatMap { Logger.Level(rawValue: $0.lowercased()) }
        return Logger(label: label) { Log(label: $0, level: level ?? .notice) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("at", CivilTime(microseconds: now, offsetSeconds: 0).iso8601Microseconds())
            json.member("level", event.level.rawValue)
            json.member("logger", label)
            json.member("message", "\(event.message)")
            if let id = RequestID.current { json.member("request_id", id) }
            var all = metadata.merging(event.metadata ?? [:]) { $1 }
            if let error = event.error { all["error"] = all["error"] ?? "\(error)" }
            for (name, value) in all.sorted(by: { $0.key < $1.key }) {
                json.member(named: Self.own.contains(name) ? name + "_" : name, json: .string("\(value)"))
            }
        }
        FileHandle.standardError.write(Data(json.bytes + [UInt8(ascii: "\n")]))
    }
}
