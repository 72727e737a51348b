import Money

/// What was found of each of many amounts, but for those of which there is more than was asked for.
public struct Alike<Value: Sendable>: Sendable {
    public var values: [Value] = []
    /// In minor units: none of the values is of these.
    public var crowded: Set<Int64> = []
}

extension Reader {
    /// Asks for several amounts at once, and for each by itself where together they are more than `limit`; in the same
    /// order every time, as a read that is run again must.
    /// - Parameter ask: the rows of amounts that fill every slot, at most one more than `limit`.
    func alike<Value>(
        _ amounts: [Money], limit: Int, _ ask: ([SQLValue]) throws -> [Value]
    ) throws -> Alike<Value> {
        func found(_ amounts: ArraySlice<Int64>) throws -> [Value] {
            try Slots.groups(amounts.map { .integer($0) }).flatMap(ask)
        }
        var alike = Alike<Value>()
        let amounts = Set(amounts.map(\.minorUnits)).sorted()
        for start in stride(from: 0, to: amounts.count, by: Slots.count) {
            let group = amounts[start..<min(start + Slots.count, amounts.count)]
            let together = try found(group)
            guard together.count > limit else {
                alike.values += together
                continue
            }
            for amount in group {
                let alone = try found([amount])
                if alone.count <= limit { alike.values += alone } else { alike.crowded.insert(amount) }
            }
        }
        return alike
    }
}
