import CPQ
import Foundation

/// One statement on its way, and what is done with its answer.
struct PostgreSQLRequest {
    let sql: SQL
    let arguments: [SQLValue]

    init(_ sql: SQL, _ arguments: [SQLValue] = []) {
        self.sql = sql
        self.arguments = arguments
    }
}

/// A connection of libpq's in pipeline mode: many statements are sent at once and their answers read afterwards.
///
/// Blocks the thread that uses it, and is used by one thread at a time. After a `lost` it is of no use any more.
final class PostgreSQLConnection: @unchecked Sendable {
    let raw: OpaquePointer
    var prepared: [Int: String] = [:]
    private var arguments = PostgreSQLArguments()
    /// Pipelines that were sent and whose answers nobody has read.
    var unread: [Pipeline] = []

    /// Answers to come: which of them belong to preparations, by position, and of which text.
    struct Pipeline {
        var count: Int
        /// How many were read before the server fell silent.
        var answered = 0
        var preparations: [(position: Int, sql: Int)] = []
    }

    /// How long one host may take to let this program in, in seconds.
    static let connectSeconds = 2

    /// Connects and makes the session this program's. Blocks for up to two seconds for each host of the URL.
    /// Throws `PostgreSQLFault.lost`, whose text holds no password.
    init(url: String) throws {
        // What stands before `dbname` may be overridden by the URL, what stands behind it may not.
        let settings = [
            ("connect_timeout", "\(Self.connectSeconds)"), ("application_name", "mekong"), ("keepalives_idle", "5"),
            ("keepalives_interval", "2"), ("keepalives_count", "3"), ("tcp_user_timeout", "4000"),
            ("target_session_attrs", "read-write"), ("dbname", url), ("client_encoding", "UTF8"),
        ]
        let opened = Self.withCStrings(settings.map(\.0)) { names in
            Self.withCStrings(settings.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
        guard let opened else { throw PostgreSQLFault.lost("out of memory") }
        raw = opened
        guard PQstatus(raw) == CONNECTION_OK else { throw PostgreSQLFault.lost(Self.words(PQerrorMessage(raw))) }
        // What the server merely remarks is nothing for standard error.
        PQsetNoticeProcessor(raw, { _, _ in }, nil)
        guard PQsetnonblocking(raw, 1) == 0, PQenterPipelineMode(raw) == 1 else {
            throw PostgreSQLFault.lost("libpq does not enter pipeline mode")
        }
        try begin()
    }

    deinit { PQfinish(raw) }

    private static let sessionSettings = [
        // A process that is frozen in the middle of a transaction must not hold up the others.
        SQL("SET idle_in_transaction_session_timeout = '5s'"),
        SQL("SET lock_timeout = '1s'"),
        // A returned commit is durable, whatever the server's default.
        SQL(
            """
            SELECT set_config('synchronous_commit', 'on', false) \
            WHERE current_setting('synchronous_commit') = 'off'
            """),
    ]
    private static let encoding = SQL("SELECT CAST(current_setting('server_encoding') AS TEXT)")

    private func begin() throws {
        let requests = (Self.sessionSettings + [Self.encoding]).map { PostgreSQLRequest($0) }
        var encoding = ""
        try run(requests, within: .seconds(2)) { index, result in
            if index == requests.count - 1, PQntuples(result) == 1 {
                encoding = try PostgreSQLArguments.row(0, of: result).text(0)
            }
        }
        guard encoding == "UTF8" else {
            throw StoreError.damaged("the database's encoding is \(encoding); it must be UTF8")
        }
    }

    /// Sends all `requests` at once and hands over each answer in turn. Throws the first `refused`, after the answers
    /// before it were handed over, or `lost`.
    func run(
        _ requests: [PostgreSQLRequest], within limit: Duration,
        _ body: (_ index: Int, _ result: OpaquePointer) throws -> Void = { _, _ in }
    ) throws {
        let deadline = Deadline(after: limit)
        try send(requests)
        try flush(until: deadline)
        try readUnread(but: 1, until: deadline)
        try readNext(until: deadline, body)
    }

    /// Waits for what the server was asked before it fell silent. Throws `silent` or `lost`; what it refused is no
    /// matter.
    func finish(within limit: Duration) throws {
        let deadline = Deadline(after: limit)
        try flush(until: deadline)
        try readUnread(until: deadline)
    }

    /// Reads what nobody is interested in, but for the last few pipelines.
    private func readUnread(but kept: Int = 0, until deadline: Deadline) throws {
        while unread.count > kept {
            do {
                try readNext(until: deadline) { _, _ in }
            } catch PostgreSQLFault.refused {
                continue
            }
        }
    }

    /// Sends a statement whose answer is of no interest; it is read and dropped with the next `run`.
    func runLater(_ request: PostgreSQLRequest) throws {
        try send([request])
        if PQflush(raw) < 0 { throw lost() }
    }

    /// Whether the server has hung up, as far as this side knows.
    var isBroken: Bool { PQstatus(raw) != CONNECTION_OK }

    // MARK: Sending

    /// Queues everything and a sync.
    private func send(_ requests: [PostgreSQLRequest]) throws {
        var pipeline = Pipeline(count: 0)
        for request in requests {
            let name = try prepare(request, in: &pipeline)
            let sent = arguments.lend(request.arguments) { count, values, lengths, formats in
                PQsendQueryPrepared(raw, name, count, values, lengths, formats, 1)
            }
            guard sent == 1 else { throw lost() }
            pipeline.count += 1
        }
        guard PQpipelineSync(raw) == 1 else { throw lost() }
        unread.append(pipeline)
    }

    private func prepare(_ request: PostgreSQLRequest, in pipeline: inout Pipeline) throws -> String {
        if let name = prepared[request.sql.number] { return name }
        let name = "s\(request.sql.number)"
        let types = PostgreSQLArguments.types(of: request.arguments)
        guard PQsendPrepare(raw, name, request.sql.text, Int32(types.count), types) == 1 else { throw lost() }
        pipeline.preparations.append((pipeline.count, request.sql.number))
        pipeline.count += 1
        prepared[request.sql.number] = name
        return name
    }

    private func flush(until deadline: Deadline) throws {
        while true {
            switch PQflush(raw) {
            case 0: return
            case 1:
                try poll(Int16(POLLIN) | Int16(POLLOUT), until: deadline)
                // The server may wait for us to read before it reads on.
                if PQconsumeInput(raw) == 0 { throw lost() }
            default: throw lost()
            }
        }
    }

    func lost() -> PostgreSQLFault {
        let words = Self.words(PQerrorMessage(raw))
        return .lost(words.isEmpty ? "the connection to the database is gone" : words)
    }

    static func words(_ text: UnsafePointer<CChar>?) -> String {
        guard let text else { return "" }
        return String(cString: text).split(whereSeparator: \.isNewline).joined(separator: "; ")
    }

    private static func withCStrings<Value>(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value
    ) -> Value {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies.map { UnsafePointer($0) } + [nil])
    }
}
