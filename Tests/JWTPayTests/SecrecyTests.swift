import APISupport
import HTTPTypes
import Logging
import Synchronization
import TestSupport
import Testing

@testable import mekong

/// `POST /signature` and every refusal are told to the caller, and to nobody else.
@Suite struct SecrecyTests {
    @Test func `no key is in the log or in a refusal`() async throws {
        let log = Log()
        let logger = Logger(label: "test") { _ in Capture(log: log) }
        logger.info("the test begins")
        let folder = try DataFolder(preparing: ":memory:")
        defer { folder.removeIfTemporary() }
        try await Gate.stores.pass {
            try await withShop(in: folder, logger: logger) { shop in
                let helped = try await shop.post("/signature", "{\"params\":{},\"api_key\":\"\(shop.key)\"}")
                #expect(helped.status == 200)
                _ = try await shop.deposit()
                let type = ("content-type", "application/json")
                let refusals = [
                    try await shop.deposit(), try await shop.deposit(.deposit("B"), "x"),
                    try await shop.post("/signature", "{\"api_key\":\"\(shop.key)\"}"),
                    try await shop.post("/deposit", "{\"api_key\":\"\(shop.key)\""),
                    try await shop.send(.post, "/api/v1/deposit", [type, ("x-api-key", shop.key + "x")], body: "{}"),
                ]
                for answer in refusals { #expect(answer.status >= 400 && !answer.text.contains(shop.key)) }
            }
        }
        let lines = log.lines
        #expect(lines.count >= 1, "what is logged is taken")
        let telling = lines.filter { $0.contains(DemoMerchant.jwtpayKey) }
        #expect(telling.isEmpty)
    }
}

private final class Log: Sendable {
    private let taken = Mutex<[String]>([])
    var lines: [String] { taken.withLock { $0 } }
    func add(_ line: String) { taken.withLock { $0.append(line) } }
}

private struct Capture: LogHandler {
    let log: Log
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        log.add("\(event.message) \(event.metadata ?? [:]) \(metadata)")
    }
}
