import Foundation
import NIOCore

/// The addresses that the system's resolver has for a name, with no port; none where it has none. Blocks.
@Sendable func systemAddresses(_ name: String) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next = list
    while let info = next?.pointee {
        if let raw = info.ai_addr {
            if info.ai_family == AF_INET {
                addresses.append(
                    SocketAddress(raw.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { $0.pointee }))
            } else if info.ai_family == AF_INET6 {
                addresses.append(
                    SocketAddress(raw.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { $0.pointee }))
            }
        }
        next = info.ai_next
    }
    return addresses
}
