import Foundation
import Logging
import Payments
import Testing
import WireKit

@testable import mekong

/// Lines are written by a process of their own, whose standard error is read.
@Suite struct LogTests {
    static let hostile = [
        "plain", "", "\"quoted\"", "back\\slash", "two\nlines", "carriage\r\nreturn", "\u{0}\u{1}\u{1F}\u{7F}",
        "\u{2028}\u{2029}", "{\"level\":\"critical\"}\n{\"at\":\"never\"}", "กสิกรไทย ខ្មែរ 🇹🇭", "\u{1B}[31mred",
        "\"\u{301}\n\u{301}",
    ]

    private func objects(_ bytes: [UInt8]?) throws -> [JSONObject] {
        let bytes = try #require(bytes)
        #expect(bytes.last == UInt8(ascii: "\n"))
        return try bytes.split(separator: UInt8(ascii: "\n")).map { line in
            try #require(try JSON.parse(Array(line)).objectValue, "\(String(decoding: line, as: UTF8.self))")
        }
    }

    @Test func `a line is one JSON object that says when, how bad, who and what`() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let logger = Logger(label: "bench") { Log(label: $0, level: .info) }
            logger.warning("put off", metadata: ["subject": "payment:1", "error": "\(GatewayWords.busy)"])
        }
        let lines = try objects(result?.standardErrorContent)
        let line = try #require(lines.first)
        #expect(lines.count == 1)
        #expect(line["level"]?.stringValue == "warning")
        #expect(line["logger"]?.stringValue == "bench")
        #expect(line["message"]?.stringValue == "put off")
        #expect(line["subject"]?.stringValue == "payment:1")
        #expect(line["error"]?.stringValue == "busy")
        let at = try #require(line["at"]?.stringValue)
        #expect(at.contains(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/))
    }

    @Test func `hostile text stays inside its string`() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            for text in LogTests.hostile {
                var logger = Logger(label: text) { Log(label: $0, level: .info) }
                logger[metadataKey: "kept"] = "\(text)"
                logger.notice("\(text)", metadata: ["given": "\(text)", "list": [.string(text)], "by \(text)": "x"])
            }
        }
        let lines = try objects(result?.standardErrorContent)
        #expect(lines.count == Self.hostile.count)
        for (line, text) in zip(lines, Self.hostile) {
            for name in ["logger", "message", "kept", "given"] { #expect(line[name]?.stringValue == text) }
            #expect(line["by " + text]?.stringValue == "x")
        }
    }

    @Test func `metadata that is named like a part of the line does not make it twice`() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let logger = Logger(label: "bench") { Log(label: $0, level: .info) }
            logger.notice("hello", metadata: ["message": "bye", "level": "trace", "at": "never", "logger": "none"])
        }
        let lines = try objects(result?.standardErrorContent)
        #expect(lines.first?["message"]?.stringValue == "hello")
        #expect(lines.first?["level"]?.stringValue == "notice")
    }

    @Test func `an error given with an event is told`() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let logger = Logger(label: "bench") { Log(label: $0, level: .info) }
            logger.error("it failed", error: GatewayWords.busy)
        }
        #expect(try objects(result?.standardErrorContent).first?["error"]?.stringValue == "busy")
    }

    @Test func `metadata of the call wins over the logger's own, and names come in order`() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            var logger = Logger(label: "bench") { Log(label: $0, level: .info) }
            logger[metadataKey: "b"] = "kept"
            logger[metadataKey: "c"] = "kept"
            logger.notice("hello", metadata: ["a": "given", "c": "given"])
        }
        let line = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(line.hasSuffix("\"message\":\"hello\",\"a\":\"given\",\"b\":\"kept\",\"c\":\"given\"}\n"), "\(line)")
    }

    @Test func `a secret is not told`() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            let logger = Logger(label: "bench") { Log(label: $0, level: .info) }
            let secret = Secret("4417706600005830")
            logger.notice("\(secret)", metadata: ["card": "\(secret)", "other": .stringConvertible(secret)])
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(!text.contains("4417706600005830"))
        #expect(try objects(result?.standardErrorContent).first?["card"]?.stringValue == "***")
    }

    @Test func `notices and worse are told unless LOG_LEVEL says otherwise`() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            for level in ["", "DEBUG", "error", "nonsense"] {
                if level.isEmpty { unsetenv("LOG_LEVEL") } else { setenv("LOG_LEVEL", level, 1) }
                let logger = Log.make("bench")
                logger.debug("debug")
                logger.info("info")
                logger.notice("notice")
                logger.error("error")
            }
        }
        let told = try objects(result?.standardErrorContent).map { $0["message"]?.stringValue }
        #expect(told == ["notice", "error", "debug", "info", "notice", "error", "error", "notice", "error"])
    }

    @Test func `lines of many threads are not torn`() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            await withTaskGroup(of: Void.self) { group in
                for task in 0..<8 {
                    group.addTask {
                        let logger = Logger(label: "bench") { Log(label: $0, level: .info) }
                        for _ in 0..<50 {
                            logger.notice("\(String(repeating: "\(task)", count: 2_000))")
                        }
                    }
                }
            }
        }
        #expect(try objects(result?.standardErrorContent).count == 400)
    }
}

private enum GatewayWords: Error { case busy }
