import Foundation
import Synchronization
import TestSupport
import WireKit

/// A `mekong sandbox` process on a port of its own, with a folder that outlives it, so that it can be killed and
/// started again on the same data.
final class Sandbox: Sendable {
    /// The program under test: the one that was built beside the tests, or what MEKONG_BINARY names.
    static let binary: String = {
        if let named = ProcessInfo.processInfo.environment["MEKONG_BINARY"] { return named }
        let tests = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        let beside = tests.deletingLastPathComponent().appendingPathComponent("mekong").path
        if FileManager.default.isExecutableFile(atPath: beside) { return beside }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        return root.appendingPathComponent(".build/debug/mekong").standardized.path
    }()

    let port = Ports.free()
    /// Everything this sandbox leaves on the disk lies here.
    let folder: String
    /// What is given to `--data`.
    let data: String
    /// What is given to `--database`; nil where the gateway's data is in the folder too.
    let database: String?
    private let children = Mutex<[Child]>([])

    init(folder: String, data: String? = nil, database: String? = nil) {
        self.folder = folder
        self.database = database
        self.data = data ?? folder + "/data"
    }

    /// Hands over a sandbox that is ready, and ends it and its folder afterwards, whatever happens.
    static func with<Result>(
        under wrapper: [String] = [], database: String? = nil, _ body: (Sandbox) async throws -> Result
    ) async throws -> Result {
        try await withFolder { folder in
            let sandbox = Sandbox(folder: folder, database: database)
            return try await sandbox.endingAfterwards {
                try await sandbox.start(under: wrapper)
                return try await body(sandbox)
            }
        }
    }

    /// Hands over two sandboxes on one database, which share a data folder, and ends them afterwards.
    static func withTwo<Result>(
        on database: String, _ body: (Sandbox, Sandbox) async throws -> Result
    ) async throws -> Result {
        try await withFolder { folder in
            let (first, second) = (
                Sandbox(folder: folder, database: database), Sandbox(folder: folder, database: database)
            )
            return try await first.endingAfterwards {
                try await second.endingAfterwards {
                    try await first.start()
                    try await second.start()
                    return try await body(first, second)
                }
            }
        }
    }

    /// Ends the process after `body`, whatever happens.
    func endingAfterwards<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            let result = try await body()
            try await kill9()
            return result
        } catch {
            try? await kill9()
            throw error
        }
    }

    var base: String { "http://127.0.0.1:\(port)" }
    var wire: Wire { Wire(base: base) }
    /// Every process that this sandbox has been, oldest first.
    var runs: [Child] { children.withLock { $0 } }
    var process: Child { runs[runs.count - 1] }

    /// Starts the process, as an argument of `wrapper` if there is one, and waits until it is ready.
    func start(under wrapper: [String] = [], variables: [String: String] = [:]) async throws {
        let elsewhere = database.map { ["--database", $0] } ?? []
        let command = wrapper + [Self.binary, "sandbox", "--port", "\(port)", "--data", data] + elsewhere
        let child = try await Child(
            command, in: folder, logs: "\(folder)/run-\(port)-\(runs.count + 1)", variables: variables)
        children.withLock { $0.append(child) }
        let ready = try await eventually(every: .milliseconds(10)) {
            if child.hasEnded { throw HarnessError("\(command) ended: \(child.printed)\(child.complained)") }
            guard Ports.answers(port) else { return false }
            return (try? await wire.get("/readyz"))?.status == 200
        }
        guard ready else { throw HarnessError("not ready: \(child.complained)") }
    }

    /// Ends the process as a power cut would, and waits until it is gone.
    func kill9() async throws {
        guard let child = runs.last else { return }
        child.send(SIGKILL)
        _ = try await child.end()
    }

    /// Asks the process to stop.
    func terminate() async throws -> Child.Ending {
        process.send(SIGTERM)
        return try await process.end()
    }

    /// Runs `mekong verify` on this sandbox's data.
    func verify() async throws -> Outcome {
        try await run([Self.binary, "verify"] + (database.map { ["--database", $0] } ?? ["--data", data]))
    }

    /// Moves the clock, which also runs whatever falls due until then.
    func advance(seconds: Int) async throws {
        let answer = try await wire.patient.post("/sandbox/clock/advance", #"{"seconds": \#(seconds)}"#)
        guard answer.status == 200 else { throw HarnessError("clock/advance answered \(answer)") }
    }

    /// Changes settings of the demo merchant.
    func configure(_ json: String) async throws {
        let answer = try await wire.patient.put("/sandbox/merchant", json)
        guard answer.status / 100 == 2 else { throw HarnessError("PUT /sandbox/merchant answered \(answer)") }
    }
}
