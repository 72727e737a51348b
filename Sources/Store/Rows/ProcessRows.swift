/// One process among those that share a database, for as long as it lives.
public struct ProcessID: Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    /// A new one: 128 random bits.
    public static func random() -> ProcessID { ProcessID(rawValue: SQLValue.randomHex()) }

    public var description: String { rawValue }
}

/// The processes that live, as rows. What belongs to one that has no row is anyone's.
enum ProcessRows {
    private static let beating = SQL(
        "INSERT INTO processes (id, beat) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET beat = excluded.beat")
    private static let burying = SQL("DELETE FROM processes WHERE id = $1 AND beat = $2")
    private static let leaving = SQL("DELETE FROM processes WHERE id = $1")
    private static let buryingOthers = SQL("DELETE FROM processes WHERE id <> $1", key: 0)
    private static let forgettingWriters = SQL("DELETE FROM writers WHERE at < $1", key: 0)
    static let all = SQL("SELECT id, beat FROM processes ORDER BY id")
    /// Of a row with an owner: whether the process in parameter `n` may take it.
    static func mayTake(_ owner: String, parameter n: Int) -> String {
        "(\(owner) IS NULL OR \(owner) = $\(n) OR \(isAbandoned(owner)))"
    }
    /// Whether a row's owner lives no more.
    static func isAbandoned(_ owner: String) -> String {
        "NOT EXISTS (SELECT 1 FROM processes living WHERE living.id = \(owner))"
    }

    static func beat(_ id: ProcessID, _ beat: Int64) -> Statement {
        Statement(beating, [.text(id.rawValue), .integer(beat)])
    }

    static func bury(_ id: ProcessID, _ beat: Int64) -> Statement {
        Statement(burying, [.text(id.rawValue), .integer(beat)], otherwise: .stale("process \(id)"))
    }

    static func leave(_ id: ProcessID) -> Statement { Statement(leaving, [.text(id.rawValue)]) }

    static func buryOthers(than id: ProcessID) -> Statement { Statement(buryingOthers, [.text(id.rawValue)]) }

    static func forgetWriters(before instant: Int64) -> Statement { Statement(forgettingWriters, [.integer(instant)]) }
}

extension Reader {
    /// Every process that is thought to live, with the count of its heart's beats.
    public func processes() throws -> [ProcessID: Int64] {
        let rows = try rows(ProcessRows.all, []) { (ProcessID(rawValue: try $0.text(0)), try $0.integer(1)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }
}
