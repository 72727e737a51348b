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

    /// Reads them, oldest first.
    init(_ db: Database) throws {
        let statement = try db.cachedStatement(sql: "SELECT * FROM faults ORDER BY sequence")
        orders = try Row.fetchAll(statement).compactMap { row in
            guard let kind = SandboxFaults.Kind(rawValue: row["kind"]),
                let rail = SandboxFaults.Rail(rawValue: row["rail"])
            else { return nil }
            let operation = (row["operation"] as String?).flatMap(RailReference.Kind.init(rawValue:))
            return (
                row["sequence"],
                SandboxFaults.Fault(
                    rail: rail, kind: kind, operation: operation, code: row["code"], count: row["count"])
            )
        }
    }

    /// The fault for this call, if one was ordered; it is used up by one.
    mutating func next(
        for operation: RailReference.Kind, of rail: SandboxFaults.Rail = .card, in db: Database
    ) throws -> SandboxFaults.Fault? {
        // A reversal is the gateway's own doing: it misbehaves only where a fault names it.
        let index = orders.firstIndex {
            $0.fault.rail == rail
                && ($0.fault.operation == operation || ($0.fault.operation == nil && operation != .reverse))
        }
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

    static func insert(_ fault: SandboxFaults.Fault, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO faults (kind, operation, code, count, rail) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                fault.kind.rawValue, fault.operation?.rawValue, fault.code, fault.count, fault.rail.rawValue,
            ])
    }

    static func clear(_ db: Database) throws { try db.execute(sql: "DELETE FROM faults") }
}
