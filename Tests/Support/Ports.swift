import Glibc
import Synchronization

/// Loopback ports for the processes under test.
///
/// They lie below the range from which the kernel takes the ports of outgoing connections. A port of that
/// range could be taken while its process is being restarted, even by a test's own attempt to reach it. Each belongs to
/// this process until it ends, by a lock on a file that other processes' tests look at too.
public enum Ports {
    private static let next = Mutex(20_000 + Int(getpid()) % 1_000 * 12)

    /// A port that nothing is bound to.
    public static func free() -> Int {
        next.withLock { port in
            repeat { port = port >= 32_000 ? 20_000 : port + 1 } while !(lock(port) && call(bind, port))
            return port
        }
    }

    /// The lock is kept, by a handle that nobody closes.
    private static func lock(_ port: Int) -> Bool {
        let handle = open("/tmp/mekong-test-port-\(port)", O_CREAT | O_RDWR | O_CLOEXEC, 0o666)
        guard handle >= 0 else { return true }
        if flock(handle, LOCK_EX | LOCK_NB) == 0 { return true }
        close(handle)
        return false
    }

    /// Whether something accepts connections on the port.
    public static func answers(_ port: Int) -> Bool { call(connect, port) }

    private static func call(
        _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32, _ port: Int
    ) -> Bool {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

/// A loopback port where nobody listens, and nobody else will while this lives: it is bound, and no more.
public final class ClosedPort: Sendable {
    public let number: Int
    private let handle: Int32

    public init() throws {
        handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { [handle] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, size) == 0 && getsockname(handle, $0, &size) == 0
            }
        }
        number = Int(UInt16(bigEndian: address.sin_port))
        guard isBound else { throw HarnessError("no port can be bound") }
    }

    deinit { close(handle) }
}
