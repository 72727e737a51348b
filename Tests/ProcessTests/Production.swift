import Foundation
import TestSupport

/// A folder with what `mekong serve` needs, and the commands that run on it.
final class Production: Sendable {
    let port = Ports.free()
    let folder: String

    /// With TLS and on SQLite, unless the test says otherwise.
    init(in folder: String, tls: Bool = true, database: String? = nil) throws {
        self.folder = folder
        try put("master.key", "8f3a1c5b77e29d046b1e8a90c4d2f6537a1b0e9d8c6f42513e7d9a0b1c2d3e4f\n")
        try put("tls.pem", TestCertificate.certificate)
        try put("tls.key", TestCertificate.key)
        let files = "[tls]\ncertificate_file = \"\(folder)/tls.pem\"\nkey_file = \"\(folder)/tls.key\"\n"
        try put(
            "mekong.toml",
            """
            public_url = "https://127.0.0.1:\(port)"
            dialects = ["kpayment"]
            master_key_file = "\(folder)/master.key"
            database.url = "\(database ?? "sqlite:\(folder)/gateway.sqlite")"
            rails.card = "none"
            listen.port = \(port)
            \(tls ? files : "")
            """)
    }

    var database: String { folder + "/gateway.sqlite" }
    var configuration: String { folder + "/mekong.toml" }

    func put(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
    }

    func migrate() async throws -> Outcome {
        try await run([Sandbox.binary, "migrate", "--config", configuration])
    }

    func verify() async throws -> Outcome {
        try await run([Sandbox.binary, "verify", "--config", configuration])
    }

    /// Runs `mekong serve` to its end, where it is to refuse.
    func refuse(_ flags: [String] = []) async throws -> Outcome {
        try await run([Sandbox.binary, "serve", "--config", configuration] + flags)
    }

    /// Hands over the process once it takes connections, and ends it afterwards.
    func serving<Result>(_ flags: [String] = [], _ body: (Child) async throws -> Result) async throws -> Result {
        let child = try await Child(
            [Sandbox.binary, "serve", "--config", configuration] + flags, in: folder, logs: "\(folder)/serve")
        do {
            let ready = try await eventually(every: .milliseconds(10)) {
                if child.hasEnded { throw HarnessError("it ended: \(child.complained)") }
                return Ports.answers(port)
            }
            guard ready else { throw HarnessError("not ready: \(child.complained)") }
            let result = try await body(child)
            child.send(SIGKILL)
            _ = try await child.end()
            return result
        } catch {
            child.send(SIGKILL)
            _ = try? await child.end()
            throw error
        }
    }

    /// Asks with curl, which trusts the test's certificate. Answers the HTTP version and the status.
    func curl(_ path: String, _ options: [String]) async throws -> String {
        let outcome = try await run(
            [
                "curl", "-s", "-o", "/dev/null", "-w", "%{http_version} %{http_code}", "--cacert", folder + "/tls.pem",
            ] + options + ["https://127.0.0.1:\(port)\(path)"])
        return outcome.output + outcome.errors
    }
}
