import Gateway
import Testing

/// Does something so many times at once and gathers what came of each, in order of index.
func together<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value
) async rethrows -> [Value] {
    try await withThrowingTaskGroup(of: (Int, Value).self) { group in
        for index in 0..<count { group.addTask { (index, try await body(index)) } }
        var values: [Int: Value] = [:]
        for try await (index, value) in group { values[index] = value }
        return (0..<count).map { values[$0]! }
    }
}

/// What a use case threw: a fault of the gateway's, something else, or nothing.
enum Ending: Equatable, Sendable {
    case done
    case fault(GatewayFault)
    /// What no dialect has words for.
    case other(String)

    static func of(_ body: () async throws -> Void) async -> Ending {
        do {
            try await body()
            return .done
        } catch let fault as GatewayFault {
            return .fault(fault)
        } catch {
            return .other("\(error)")
        }
    }
}

/// Expects this to become of what `body` does.
///
/// Better than a closure given to `#expect` itself, in whose place Swift 6.3 may run another closure of the test.
func expect(
    _ expected: Ending, location: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async {
    let ending = await Ending.of(body)
    #expect(ending == expected, sourceLocation: location)
}

extension Sequence where Element: Equatable {
    /// How many elements are this one.
    func count(of element: Element) -> Int { reduce(0) { $0 + ($1 == element ? 1 : 0) } }
}
