/// Does something so many times at once and gathers what came of each, in order of index.
public func together<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value
) async rethrows -> [Value] {
    try await withThrowingTaskGroup(of: (Int, Value).self) { group in
        for index in 0..<count { group.addTask { (index, try await body(index)) } }
        var values: [(index: Int, value: Value)] = []
        for try await (index, value) in group { values.append((index, value)) }
        return values.sorted { $0.index < $1.index }.map(\.value)
    }
}

extension Sequence where Element: Equatable {
    /// How many elements are this one.
    public func count(of element: Element) -> Int { reduce(0) { $0 + ($1 == element ? 1 : 0) } }
}
