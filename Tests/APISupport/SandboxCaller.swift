import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Payments
import Testing
import Webhooks
import WireKit

@testable import mekong

/// Whoever sends requests to a sandbox of this process: a merchant's program, a payer's browser, a test by itself.
public protocol SandboxCaller: Sendable {
    var sandbox: Sandbox { get }
}

extension SandboxCaller {
    public var host: SandboxHost { sandbox.host }
    public var client: any TestClientProtocol { sandbox.client }

    public func send(
        _ method: HTTPRequest.Method, _ path: String, _ headers: [(String, String)] = [], body: String? = nil
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers {
            fields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
        }
        return try await sandbox.client.execute(
            uri: path, method: method, headers: fields, body: body.map(ByteBuffer.init(string:))
        ) { Answer($0) }
    }

    /// A call of the control API, whatever comes of it.
    public func ask(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Answer {
        try await send(method, "/sandbox" + path, [("content-type", "application/json")], body: body)
    }

    /// A call of the control API, which must go well.
    @discardableResult
    public func control(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Answer {
        let answer = try await ask(method, path, body)
        try #require(answer.status == 200, "\(method) /sandbox\(path): \(answer.status) \(answer.text)")
        return answer
    }

    /// Sets the demo merchant's settings; values are raw JSON.
    public func set(_ settings: String) async throws { try await control(.put, "/merchant", settings) }

    /// Moves the clock, and does everything that falls due.
    public func advance(seconds: Int) async throws {
        try await control(.post, "/clock/advance", "{\"seconds\":\(seconds)}")
    }

    /// Moves the clock and does nothing else.
    public func moveClock(seconds: Int64) { sandbox.host.clock.offsetSeconds += seconds }

    /// Delivers every webhook that is due.
    public func deliverDue() async { await sandbox.host.worker.deliverDue() }

    /// Every webhook so far, oldest first.
    public func notices() async throws -> [NoticeBody] {
        let deliveries = try #require(try await control(.get, "/webhooks?limit=10000").json.arrayValue)
        return deliveries.reversed().map { NoticeBody(text: $0.objectValue?["body"]?.stringValue ?? "") }
    }

    /// What the simulated end of a rail was asked about a payment, and what it said: `authorize 200.50 00` and the like.
    public func books(
        _ rail: String, of payment: String, showing names: [String] = ["kind", "amount", "result"]
    ) async throws -> [String] {
        let books = try await control(.get, "/rails/\(rail)?payment=\(payment)")
        return try #require(books["operations"]?.arrayValue).map { operation in
            names.map { operation.objectValue?[$0]?.stringValue ?? "-" }.joined(separator: " ")
        }
    }
}
