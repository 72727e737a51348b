import Foundation
import Synchronization

/// A PostgreSQL server of the test's own, in a folder of its own, on a port of its own. Never one that was there.
///
/// It ends with the process that started it, however that ends.
public final class PostgreSQLCluster: Sendable {
    /// How much the server cares for its data.
    public enum Care: Sendable {
        /// As an operator would run it: what was committed survives a power cut.
        case durable
        /// In memory where the machine has such a place, and without syncing: for tests that do not cut the power.
        case fast
    }

    public let port: Int
    private let folder: String
    private let care: Care
    private let keeper = Mutex<Child?>(nil)

    /// Makes an empty cluster and starts it.
    public static func start(_ care: Care) async throws -> PostgreSQLCluster {
        let cluster = try PostgreSQLCluster(care)
        try await cluster.asServer([
            "\(Self.binaries)/initdb", "-D", cluster.data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        ])
        try await cluster.configure()
        try await cluster.start()
        return cluster
    }

    private init(_ care: Care) throws {
        port = Ports.free()
        self.care = care
        let memory = "/dev/shm"
        let root = care == .fast && FileManager.default.isWritableFile(atPath: memory) ? memory : "/tmp"
        folder = "\(root)/mekong-pg-\(getpid())-\(port)"
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        if let user = Self.user {
            guard chown(folder, user.id, user.group) == 0 else { throw HarnessError("cannot hand over \(folder)") }
        }
    }

    private var data: String { folder + "/data" }

    /// Where libpq finds a database of this server.
    public func url(_ database: String) -> String { "postgresql://postgres@127.0.0.1:\(port)/\(database)" }

    /// Where libpq finds a database of whichever of several servers takes writes.
    public static func url(_ database: String, of clusters: [PostgreSQLCluster]) -> String {
        let hosts = clusters.map { "127.0.0.1:\($0.port)" }.joined(separator: ",")
        return "postgresql://postgres@\(hosts)/\(database)?target_session_attrs=read-write"
    }

    // MARK: Its life

    private func configure() async throws {
        var settings = [
            "port = \(port)", "listen_addresses = '127.0.0.1'", "unix_socket_directories = ''",
            "max_connections = 300", "logging_collector = off", "max_wal_size = '2GB'",
        ]
        if care == .fast { settings += ["fsync = off", "full_page_writes = off", "autovacuum = off"] }
        let file = data + "/postgresql.auto.conf"
        let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        let handle = try Self.opened(file)
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data((text + settings.joined(separator: "\n") + "\n").utf8))
        try handle.close()
    }

    /// Starts the server, for the first time or again.
    public func start() async throws {
        // The keeper looks after the server, and ends it when this process is gone.
        let script = """
            "$@" & server=$!
            trap 'kill -INT $server 2>/dev/null' TERM
            while kill -0 \(getpid()) 2>/dev/null && kill -0 $server 2>/dev/null; do sleep 0.2; done
            if kill -0 $server 2>/dev/null; then kill -QUIT $server; wait $server; rm -rf '\(folder)'; fi
            """
        let command = Self.asServer + ["\(Self.binaries)/postgres", "-D", data]
        let child = try await Child(["bash", "-c", script, "keeper"] + command, in: "/", logs: folder + "/server")
        keeper.withLock { $0 = child }
        let isReady = try await eventually(every: .milliseconds(20)) {
            if child.hasEnded { throw HarnessError("PostgreSQL ended: \(child.complained)") }
            guard Ports.answers(port) else { return false }
            return try await psql("SELECT 1", in: "postgres").ending == .exited(0)
        }
        guard isReady else { throw HarnessError("PostgreSQL was not ready: \(child.complained)") }
    }

    /// Ends every process of the server at once, as a power cut would.
    public func kill9() async throws {
        for process in processes { kill(process, SIGKILL) }
        try await waitForEnd()
    }

    /// Stops every process of the server where it is.
    public func pause() { for process in processes { kill(process, SIGSTOP) } }

    /// Lets them go on.
    public func resume() { for process in processes { kill(process, SIGCONT) } }

    /// Ends the server in order.
    public func stop() async throws {
        if let server = processes.first { kill(server, SIGINT) }
        try await waitForEnd()
    }

    /// Ends the server and removes all of it.
    public func remove() async throws {
        try? await kill9()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func waitForEnd() async throws {
        guard let child = keeper.withLock({ $0 }) else { return }
        _ = try await child.end()
    }

    /// The server's processes, the one that the others come from first.
    private var processes: [Int32] {
        guard let text = try? String(contentsOfFile: data + "/postmaster.pid", encoding: .utf8),
            let first = text.split(separator: "\n").first, let server = Int32(first), Self.parent(of: server) != nil
        else { return [] }
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int32($0) } ?? []
        return [server] + all.filter { Self.parent(of: $0) == server }
    }

    private static func parent(of process: Int32) -> Int32? {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let afterName = status.lastIndex(of: ")")
        else { return nil }
        let fields = status[status.index(after: afterName)...].split(separator: " ")
        return fields.count > 1 ? Int32(fields[1]) : nil
    }

    // MARK: Standby

    /// A second server that follows this one. From then on a commit here waits until it is on the standby's disk.
    public func makeStandby() async throws -> PostgreSQLCluster {
        let standby = try PostgreSQLCluster(care)
        try await standby.asServer([
            "\(Self.binaries)/pg_basebackup", "-D", standby.data, "-R", "-X", "stream", "--checkpoint=fast",
            "-d", "host=127.0.0.1 port=\(port) user=postgres application_name=standby",
        ])
        try await standby.configure()
        try await standby.start()
        try await shell("ALTER SYSTEM SET synchronous_standby_names = 'standby'", in: "postgres")
        try await shell("SELECT pg_reload_conf()", in: "postgres")
        let follows = try await eventually {
            try await shell("SELECT sync_state FROM pg_stat_replication", in: "postgres") == "sync"
        }
        guard follows else { throw HarnessError("the standby does not follow") }
        return standby
    }

    /// Makes a standby take writes.
    public func promote() async throws {
        try await shell("SELECT pg_promote()", in: "postgres")
    }

    // MARK: Its databases

    /// Makes a database, as a copy of `template` where one is named. Nobody may be connected to that.
    public func makeDatabase(_ name: String, from template: String = "template1") async throws {
        try await shell("CREATE DATABASE \(name) TEMPLATE \(template)", in: "postgres")
    }

    public func dropDatabase(_ name: String) async throws {
        try await shell("DROP DATABASE IF EXISTS \(name) WITH (FORCE)", in: "postgres")
    }

    /// Runs SQL as an operator would and returns the rows it prints, columns apart by `|`. Throws what it complains of.
    @discardableResult
    public func shell(_ sql: String, in database: String) async throws -> String {
        let outcome = try await psql(sql, in: database)
        guard outcome.ending == .exited(0) else { throw HarnessError("psql: \(outcome.errors)") }
        return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func psql(_ sql: String, in database: String) async throws -> Outcome {
        try await run([
            "\(Self.binaries)/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql, url(database),
        ])
    }

    // MARK: Whose it is

    /// The folder with the newest server's programs.
    private static let binaries: String = {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root))?.compactMap { Int($0) } ?? []
        if let newest = versions.max() { return "\(root)/\(newest)/bin" }
        let path = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map(String.init) ?? []
        return path.first { FileManager.default.isExecutableFile(atPath: $0 + "/postgres") } ?? "/usr/bin"
    }()

    /// PostgreSQL does not run as root: then this user runs it.
    private static let user: (id: uid_t, group: gid_t)? = {
        guard geteuid() == 0, let entry = getpwnam("postgres") ?? getpwnam("nobody") else { return nil }
        return (entry.pointee.pw_uid, entry.pointee.pw_gid)
    }()

    private static var asServer: [String] {
        guard let user else { return [] }
        return ["setpriv", "--reuid", "\(user.id)", "--regid", "\(user.group)", "--clear-groups"]
    }

    private func asServer(_ command: [String]) async throws {
        let outcome = try await run(Self.asServer + command)
        guard outcome.ending == .exited(0) else { throw HarnessError("\(command[0]): \(outcome.text)") }
    }

    private static func opened(_ path: String) throws -> FileHandle {
        guard let handle = FileHandle(forUpdatingAtPath: path) else { throw HarnessError("cannot open \(path)") }
        return handle
    }
}

/// One fast server for all tests of this process, started when the first one asks.
public actor SharedCluster {
    public static let shared = SharedCluster()

    private var starting: Task<PostgreSQLCluster, any Error>?

    public func cluster() async throws -> PostgreSQLCluster {
        let task = starting ?? Task { try await PostgreSQLCluster.start(.fast) }
        starting = task
        return try await task.value
    }
}

/// Hands over a server, and removes it afterwards, whatever happens.
public func withCluster<Result>(
    _ care: PostgreSQLCluster.Care = .durable, _ body: (PostgreSQLCluster) async throws -> Result
) async throws -> Result {
    let cluster = try await PostgreSQLCluster.start(care)
    do {
        let result = try await body(cluster)
        try await cluster.remove()
        return result
    } catch {
        try? await cluster.remove()
        throw error
    }
}
