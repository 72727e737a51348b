import APISupport
import HTTPTypes
import Testing

/// The control API as a whole, and what the contract lists that is not built yet.
@Suite struct ContractTests {
    @Test(arguments: [
        (HTTPRequest.Method.post, "/sandbox/nothing"), (.get, "/sandbox"), (.get, "/sandbox/"), (.get, "/nothing"),
    ])
    func `what is not built, or is nothing, does not exist`(method: HTTPRequest.Method, path: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.send(method, path, body: method == .post ? "{}" : nil)
            #expect(answer.status == 404)
        }
    }

    @Test(arguments: [
        "/oauth/token", "/api/mch/v2/gateway", "/login", "/do-action",
    ])
    func `an API that is not built does not exist`(path: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.post(path, "{}")
            #expect(answer.status == 404)
        }
    }

    @Test(arguments: [
        (HTTPRequest.Method.post, "/credentials"), (.get, "/merchant"), (.post, "/clock"), (.get, "/clock/advance"),
        (.get, "/faults"), (.get, "/reset"), (.delete, "/webhooks"), (.get, "/webhooks/x/replay"),
    ])
    func `a call by another method is refused`(method: HTTPRequest.Method, path: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.ask(method, path, method == .post ? "{}" : nil)
            #expect([404, 405].contains(answer.status))
        }
    }

    @Test func `the control API asks for no key`() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.send(.get, "/sandbox/clock", [("x-api-key", "wrong")])
            #expect(answer.status == 200)
        }
    }

    @Test func `the process is alive and ready`() async throws {
        try await withSandbox { sandbox in
            #expect(try await sandbox.send(.get, "/healthz").status == 200)
            #expect(try await sandbox.send(.get, "/readyz").status == 200)
            let metrics = try await sandbox.send(.get, "/metrics")
            #expect(metrics.status == 200 && metrics.header("content-type")?.hasPrefix("text/plain") == true)
        }
    }
}
