import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
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
        case notAllowed(String)

        public var description: String {
            switch self {
            case .badURL: "the URL is neither http nor https"
            case .unresolvable(let host): "\(host) cannot be resolved"
            case .notAllowed(let host): "\(host) is at an address that may not be called"
            }
        }
    }

    private let policy: EgressPolicy
    private let clients = Mutex<[String: HTTPClient]>([:])
    private static let timeoutSeconds: Int64 = 15
    private static let maximumClients = 128

    public init(policy: EgressPolicy) {
        self.policy = policy
    }

    /// Posts a body and returns the status that came back. Throws `Refusal`, and what the connection throws.
    public func post(_ url: String, headers: [(String, String)], body: [UInt8]) async throws -> Int {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty
        else { throw Refusal.badURL }
        let name = host.trimmingCharacters(in: ["[", "]"])
        let address = try await judgedAddress(name, port: parts.port ?? (scheme == "https" ? 443 : 80))
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(body)
        let response = try await client(name, address).execute(request, timeout: .seconds(Self.timeoutSeconds))
        // What is said back does not matter; a little is read so that the connection can be used again.
        _ = try? await response.body.collect(upTo: 65_536)
        return Int(response.status.code)
    }

    /// Ends all connections.
    public func shutdown() async {
        let all = clients.withLock { clients in
            defer { clients = [:] }
            return Array(clients.values)
        }
        for client in all { try? await client.shutdown() }
    }

    /// The first address that a name resolves to, IPv4 before IPv6. All of them must be allowed.
    private func judgedAddress(_ host: String, port: Int) async throws -> SocketAddress {
        if let literal = try? SocketAddress(ipAddress: host, port: port) {
            guard policy.allows(literal) else { throw Refusal.notAllowed(host) }
            return literal
        }
        // The system's resolver blocks, so it runs on threads that may.
        let addresses = try await NIOThreadPool.singleton.runIfActive { Self.resolve(host, port: port) }
        guard let first = addresses.first(where: { $0.protocol == .inet }) ?? addresses.first else {
            throw Refusal.unresolvable(host)
        }
        guard addresses.allSatisfy(policy.allows) else { throw Refusal.notAllowed(host) }
        return first
    }

    private static func resolve(_ host: String, port: Int) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = list
        while let info = next?.pointee {
            if let raw = info.ai_addr {
                if info.ai_family == AF_INET {
                    var address = raw.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { $0.pointee }
                    address.sin_port = in_port_t(port).bigEndian
                    addresses.append(SocketAddress(address))
                } else if info.ai_family == AF_INET6 {
                    var address = raw.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { $0.pointee }
                    address.sin6_port = in_port_t(port).bigEndian
                    addresses.append(SocketAddress(address))
                }
            }
            next = info.ai_next
        }
        return addresses
    }

    /// The client that connects a host's name to the address judged for it.
    private func client(_ host: String, _ address: SocketAddress) -> HTTPClient {
        let ip = address.ipAddress ?? host
        let key = "\(host) \(ip)"
        let (client, dropped) = clients.withLock { clients -> (HTTPClient, HTTPClient?) in
            if let known = clients[key] { return (known, nil) }
            var configuration = HTTPClient.Configuration()
            configuration.redirectConfiguration = .disallow
            configuration.timeout.connect = .seconds(5)
            configuration.decompression = .disabled
            // The lanes bound what is on its way. Merchants who share a server must not wait for each other.
            configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Lanes.inAll
            if host != ip { configuration.dnsOverride = [host: ip] }
            let fresh = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            let dropped = clients.count >= Self.maximumClients ? clients.randomElement() : nil
            if let dropped { clients[dropped.key] = nil }
            clients[key] = fresh
            return (fresh, dropped?.value)
        }
        if let dropped { Task { try? await dropped.shutdown() } }
        return client
    }
}
