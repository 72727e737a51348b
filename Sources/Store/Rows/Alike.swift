import Money

/// What was found of each of many amounts, but for those of which there is more than was asked for.
public struct Alike<Value: Sendable>: Sendable {
    public var values: [Value] = []
    /// In minor units: none of the values is of these.
    public var crowded: Set<Int64> = []
}

/// A question about several amounts at once: for the rows, and for how many they are, which is cheaper than reading them.
struct AlikeQuery<Value: Sendable>: Sendable {
    let rows: SQL
    let count: SQL
    let value: @Sendable (SQLRow) throws -> Value

    /// - Parameter found: from `FROM` to `LIMIT`; the amounts fill its last slots.
    init(_ columns: String, _ found: String, _ value: @escaping @Sendable (SQLRow) throws -> Value) {
        rows = SQL("SELECT \(columns) \(found)")
        count = SQL("SELECT COUNT(*) FROM (SELECT 1 \(found)) AS found")
        self.value = value
    }
}

extension Reader {
    /// Asks for several amounts at once, and for each by itself where together they are more than `limit`; in the same
    /// order every time, as a read that is run again must. One by itself is counted before it is read.
    /// - Parameter bounds: the query's arguments before the amounts; it is bounded to one row more than `limit`.
    func alike<Value>(
        _ amounts: [Money], limit: Int, _ query: AlikeQuery<Value>, _ bounds: [SQLValue]
    ) throws -> Alike<Value> {
        func found(_ amounts: ArraySlice<Int64>) throws -> [Value] {
            try Slots.groups(amounts.map { .integer($0) }).flatMap { try rows(query.rows, bounds + $0, query.value) }
        }
        var alike = Alike<Value>()
        func takeAlone(_ amount: Int64) throws {
            let slots = Slots.groups([.integer(amount)])[0]
            let count = try first(query.count, bounds + slots) { try $0.integer(0) } ?? 0
            if count > limit { alike.crowded.insert(amount) } else if count > 0 { alike.values += try found([amount]) }
        }
        let amounts = Set(amounts.map(\.minorUnits)).sorted()
        for start in stride(from: 0, to: amounts.count, by: Slots.count) {
            let group = amounts[start..<min(start + Slots.count, amounts.count)]
            let together = group.count == 1 ? nil : try found(group)
            if let together, together.count <= limit { alike.values += together } else { try group.forEach(takeAlone) }
        }
        return alike
    }
}
