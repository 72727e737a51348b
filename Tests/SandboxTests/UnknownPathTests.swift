import APISupport
import HTTPTypes
import Testing

/// What no route serves is answered in the words of the API whose path it is.
@Suite struct UnknownPathTests {
    @Test(
        arguments: [
            (.get, "/card/v2/charge"), (.put, "/card/v2/customer/x"), (.get, "/card/v2/charge/x/void"),
            (.post, "/card/v2/nothing"), (.post, "/qr/v2"), (.delete, "/qr/v2/order/x"), (.get, "/ui/v2/token"),
            (.post, "/ui/v2/nothing/at/all"), (.post, "/card/v2/charge/x/VOID"),
        ] as [(HTTPRequest.Method, String)])
    func `under K-Payment's paths`(method: HTTPRequest.Method, path: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.send(method, path)
            #expect(answer.status == 404)
            #expect(answer.header("content-type")?.hasPrefix("application/json") == true)
            #expect(answer.show("object", "code", "message") == "error not_found There is no such operation")
        }
    }

    @Test(
        arguments: [
            (.get, "/api/v1/deposit"), (.post, "/api/v1/banks"), (.post, "/api/v1/nothing"),
            (.put, "/api/v1/order/query"),
        ] as [(HTTPRequest.Method, String)])
    func `under JWT payment's`(method: HTTPRequest.Method, path: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.send(method, path)
            #expect(answer.status == 404)
            #expect(answer.text == #"{"code":404,"message":"There is no such operation"}"#)
        }
    }

    @Test(
        arguments: [
            (.get, "/api/create_transfer"), (.post, "/api/nothing"), (.put, "/api"), (.post, "/api/v10"),
        ] as [(HTTPRequest.Method, String)])
    func `under KissVips'`(method: HTTPRequest.Method, path: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.send(method, path)
            #expect(answer.status == 404)
            #expect(answer.show("response.status", "response.error_code") == "ERROR OPERATION_NOT_FOUND")
        }
    }

    @Test(
        arguments: [
            (.get, "/sandbox/nothing"), (.delete, "/sandbox/clock"), (.get, "/sandbox"), (.get, "/sandbox/faults"),
        ] as [(HTTPRequest.Method, String)])
    func `under the control API's`(method: HTTPRequest.Method, path: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.send(method, path)
            #expect(answer.status == 404)
            #expect(answer.text == #"{"error":"there is no such call"}"#)
        }
    }

    @Test func `nobody's path is answered in nobody's words`() async throws {
        try await withSandbox { sandbox in
            for path in ["/", "/nothing", "/sandboxes", "/card/v20", "/card"] {
                let answer = try await sandbox.send(.get, path)
                #expect(answer.status == 404 && answer["error"] == nil && answer["object"] == nil, "\(path)")
            }
        }
    }
}
