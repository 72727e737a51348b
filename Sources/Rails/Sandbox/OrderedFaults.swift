import GRDB
import Payments

/// The orders as one transaction of the bank sees them. No other process can use one up until it ends.
struct OrderedFaults {
    static let schema = """
        CREATE TABLE IF NOT EXISTS faults (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, operation TEXT, code TEXT NOT NULL,
            count INTEGER NOT NULL, rail TEXT NOT NULL DEFAULT 'card')
        """

    private var orders: [(sequence: Int64, fault: SandboxFaults.Fault)]

    var faults: [SandboxFaults.Fault] { orders.map(\.fault) }

    /// Reads them, oldest first.
    init(_ db: Database) throws {
        let statement = try db.cachedStatement(sql: "SELECT * FROM faults ORDER BY sequence")
        orders = try Row.fetchAll(statement).compactMap { row in
            guard let kind = SandboxFaults.Kind(rawValue: row["kind"]),
                let rail = SandboxFaults.Rail(rawValue: row["rail"])
            else { return nil }
            let operation = (row["operation"] as String?).flatMap(SandboxFaults.Operation.init(rawValue:))
            return (
                row["sequence"],
                SandboxFaults.Fault(
                    rail: rail, kind: kind, operation: operation, code: row["code"], count: row["count"])
            )
        }
    }

    /// The oldest fault that this call meets, if there is one; it is used up by one.
    /// - Parameter kinds: which faults may come at this moment.
    mutating func next(
        for operation: SandboxFaults.Operation, of rail: SandboxFaults.Rail,
        among kinds: Set<SandboxFaults.Kind> = Set(SandboxFaults.Kind.allCases), in db: Database
    ) throws -> SandboxFaults.Fault? {
        let index = orders.firstIndex { kinds.contains($0.fault.kind) && $0.fault.meets(operation, of: rail) }
        guard let index else { return nil }
        let (sequence, fault) = orders[index]
        orders[index].fault.count -= 1
        if orders[index].fault.count <= 0 {
            orders.remove(at: index)
            try db.cachedStatement(sql: "DELETE FROM faults WHERE sequence = ?").execute(arguments: [sequence])
        } else {
            try db.cachedStatement(sql: "UPDATE faults SET count = count - 1 WHERE sequence = ?")
                .execute(arguments: [sequence])
        }
        return fault
    }

    /// The same for one call by itself.
    static func take(
        for operation: SandboxFaults.Operation, of rail: SandboxFaults.Rail,
        among kinds: Set<SandboxFaults.Kind> = Set(SandboxFaults.Kind.allCases), in db: Database
    ) throws -> SandboxFaults.Fault? {
        var orders = try OrderedFaults(db)
        return try orders.next(for: operation, of: rail, among: kinds, in: db)
    }

    static func insert(_ fault: SandboxFaults.Fault, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO faults (kind, operation, code, count, rail) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                fault.kind.rawValue, fault.operation?.rawValue, fault.code, fault.count, fault.rail.rawValue,
            ])
    }

    static func clear(_ db: Database) throws { try db.execute(sql: "DELETE FROM faults") }
}
