import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import TestSupport
import WireKit

/// An HTTP answer, read to its end.
struct Answer: Sendable {
    let status: Int
    let body: String
    let location: String?
    /// The body as JSON; nil when it is something else.
    let json: JSON?

    /// A member of the answered object that is a string.
    func text(_ name: String) -> String? { json?[name]?.stringValue }
}

extension JSON {
    /// The member of an object; nil for every other kind of value.
    subscript(name: String) -> JSON? { objectValue?[name] }
}

/// Speaks HTTP to one address. Redirects are answers like any other.
struct Wire: Sendable {
    let base: String
    /// Whether it asks again where the answer is 503: a busy machine's database may not answer in time.
    var isPatient = false

    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: {
            var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
            configuration.timeout.connect = .seconds(300)
            configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 32
            return configuration
        }())

    /// Asks; once more when the connection breaks, because asking changes nothing.
    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Answer {
        do {
            return try await send(.GET, path, headers)
        } catch {
            return try await send(.GET, path, headers)
        }
    }

    func post(_ path: String, _ json: String, _ headers: [String: String] = [:]) async throws -> Answer {
        try await send(.POST, path, headers, body: json, type: "application/json")
    }

    func put(_ path: String, _ json: String) async throws -> Answer {
        try await send(.PUT, path, [:], body: json, type: "application/json")
    }

    /// The same, which asks again while the answer is 503.
    var patient: Wire { Wire(base: base, isPatient: true) }

    func send(
        _ method: HTTPMethod, _ path: String, _ headers: [String: String], body: String? = nil, type: String? = nil
    ) async throws -> Answer {
        var answer = try await once(method, path, headers, body: body, type: type)
        while isPatient, answer.status == 503 {
            answer = try await once(method, path, headers, body: body, type: type)
        }
        return answer
    }

    private func once(
        _ method: HTTPMethod, _ path: String, _ headers: [String: String], body: String? = nil, type: String? = nil
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: path.hasPrefix("http") ? path : base + path)
        request.method = method
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let type { request.headers.add(name: "content-type", value: type) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await Self.client.execute(request, timeout: .seconds(300))
        let text = String(buffer: try await response.body.collect(upTo: 16 << 20))
        return Answer(
            status: Int(response.status.code), body: text, location: response.headers.first(name: "location"),
            json: try? JSON.parse(text))
    }
}
