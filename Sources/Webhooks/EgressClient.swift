import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Payments
import Synchronization

/// An HTTP client that connects only where the policy allows.
///
/// A name is resolved here, its addresses judged, and the connection made to the very address that was judged, so
/// that a name which resolves differently a moment later gains nothing. Redirects are not followed.
public final class EgressClient: Sendable {
    /// Why nothing was sent.
    public enum Refusal: Error, CustomStringConvertible {
        case badURL
        case unresolvable(String)
        case slowToResolve(String)
        case notAllowed(String)

        public var description: String {
            switch self {
            case .badURL: "the URL is neither http nor https"
            case .unresolvable(let host): "\(host) cannot be resolved"
            case .slowToResolve(let host): "\(host) was not resolved in time"
            case .notAllowed(let host): "\(host) is at an address that may not be called"
            }
        }
    }

    /// How long it waits for a connection, and for an answer's head from the beginning on.
    struct Limits {
        var connecting = TimeAmount.seconds(5)
        var answering = TimeAmount.seconds(15)
    }

    private let policy: EgressPolicy
    private let names: NameLookups
    private let limits: Limits
    private struct Shared {
        let client: HTTPClient
        /// How many posts use it now.
        var uses = 0
    }

    private let clients = Mutex<[String: Shared]>([:])
    private static let answerTimeout = Duration.seconds(2)
    private static let maximumAnswer = 65_536
    private static let maximumClients = 128

    public convenience init(policy: EgressPolicy) {
        self.init(policy: policy, names: NameLookups())
    }

    init(policy: EgressPolicy, names: NameLookups, limits: Limits = Limits()) {
        self.policy = policy
        self.names = names
        self.limits = limits
    }

    /// What came back.
    public struct Answer: Sendable, Equatable {
        public let status: Int
        /// The whole body; nil where it was too long, or too late.
        public let body: [UInt8]?
    }

    /// Posts a body on a merchant's behalf and returns what came back. Throws `Refusal`, and what the connection throws.
    public func exchange(
        _ url: String, for merchant: MerchantID, headers: [(String, String)], body: [UInt8]
    ) async throws -> Answer {
        try await exchange(url, for: merchant, headers: headers, body: .bytes(body))
    }

    /// The same, with a mark that says afterwards whether the other end may have heard of it.
    func exchange(
        _ url: String, for merchant: MerchantID, headers: [(String, String)], body: [UInt8], mark: SendMark
    ) async throws -> Answer {
        let marked = MarkedBody(bytes: body, mark: mark)
        let length = HTTPClientRequest.Body.Length.known(Int64(body.count))
        return try await exchange(url, for: merchant, headers: headers, body: .stream(marked, length: length))
    }

    private func exchange(
        _ url: String, for merchant: MerchantID, headers: [(String, String)], body: HTTPClientRequest.Body
    ) async throws -> Answer {
        // Taken apart as the HTTP client does it: `URL` gives a name in its ASCII form, `URLComponents` does not.
        guard let parts = URL(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty
        else { throw Refusal.badURL }
        let port = parts.port ?? (scheme == "https" ? 443 : 80)
        guard (1...65_535).contains(port) else { throw Refusal.badURL }
        let name = host.trimmingCharacters(in: ["[", "]"])
        let address = try await judgedAddress(name, port: port, for: merchant)
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.body = body
        let (key, client) = borrow(name, address)
        defer { giveBack(key) }
        let response = try await client.execute(request, timeout: limits.answering)
        return Answer(status: Int(response.status.code), body: await read(response.body))
    }

    /// A little of what is said back is read, also so that the connection can be used again. The client's timeout ends
    /// with the head, so this has its own.
    private func read(_ body: HTTPClientResponse.Body) async -> [UInt8]? {
        await withTaskGroup(of: [UInt8]?.self) { group in
            group.addTask { (try? await body.collect(upTo: Self.maximumAnswer)).map { Array($0.readableBytesView) } }
            group.addTask {
                try? await Task.sleep(for: Self.answerTimeout)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }

    /// Ends all connections.
    public func shutdown() async {
        let all = clients.withLock { clients in
            defer { clients = [:] }
            return clients.values.map(\.client)
        }
        for client in all { try? await client.shutdown() }
    }

    /// The first address that a name resolves to, IPv4 before IPv6. All of them must be allowed.
    private func judgedAddress(_ host: String, port: Int, for merchant: MerchantID) async throws -> SocketAddress {
        if let literal = try? SocketAddress(ipAddress: host, port: port) {
            guard policy.allows(literal) else { throw Refusal.notAllowed(host) }
            return literal
        }
        let addresses = try await names.addresses(of: host, for: merchant)
        guard let first = addresses.first(where: { $0.protocol == .inet }) ?? addresses.first else {
            throw Refusal.unresolvable(host)
        }
        guard addresses.allSatisfy(policy.allows) else { throw Refusal.notAllowed(host) }
        return first
    }

    /// The client that connects a host's name to the address judged for it, until it is given back. Where there are
    /// too many, one that nobody uses is dropped.
    private func borrow(_ host: String, _ address: SocketAddress) -> (key: String, client: HTTPClient) {
        let ip = address.ipAddress ?? host
        let key = "\(host) \(ip)"
        let (client, dropped) = clients.withLock { clients -> (HTTPClient, HTTPClient?) in
            if let known = clients[key]?.client {
                clients[key]?.uses += 1
                return (known, nil)
            }
            let fresh = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration(host, ip))
            let idle = clients.count >= Self.maximumClients ? clients.first { $0.value.uses == 0 } : nil
            if let idle { clients[idle.key] = nil }
            clients[key] = Shared(client: fresh, uses: 1)
            return (fresh, idle?.value.client)
        }
        if let dropped { Task { try? await dropped.shutdown() } }
        return (key, client)
    }

    private func giveBack(_ key: String) { clients.withLock { $0[key]?.uses -= 1 } }

    private func configuration(_ host: String, _ ip: String) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = limits.connecting
        configuration.decompression = .disabled
        // A refused connection is an answer; the schedule tries again.
        configuration.connectionPool.retryConnectionEstablishment = false
        // The lanes limit what is on its way. Here nobody waits for a connection: many merchants may share a host.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Lanes.inAll
        if host != ip { configuration.dnsOverride = [host: ip] }
        return configuration
    }
}
