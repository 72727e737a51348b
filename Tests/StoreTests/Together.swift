import Store
import TestSupport
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

/// What became of a commit.
enum Outcome: Hashable {
    case stored
    case conflict(Conflict)
    case unavailable
    case damaged
    case other

    static func of(_ body: () async throws -> Void) async -> Outcome {
        do {
            try await body()
            return .stored
        } catch StoreError.conflict(let conflict) {
            return .conflict(conflict)
        } catch StoreError.unavailable, StoreError.inDoubt {
            return .unavailable
        } catch StoreError.damaged {
            return .damaged
        } catch {
            return .other
        }
    }
}

/// Expects this to become of what `body` does.
///
/// No test here gives a closure to `#expect` itself: Swift 6.3 may run another closure of the test in its place.
func expect(
    _ expected: Outcome, location: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async {
    let outcome = await Outcome.of(body)
    #expect(outcome == expected, sourceLocation: location)
}

extension Sequence where Element: Equatable {
    /// How many elements are this one.
    func count(of element: Element) -> Int { reduce(0) { $0 + ($1 == element ? 1 : 0) } }
}

/// Asks until the answer is yes. Waits for a condition, never for a fixed time.
func eventually(_ what: String, _ condition: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + longEnough
    while try await !condition() {
        guard ContinuousClock.now < end else { throw TookTooLong(what: what) }
        try await Task.sleep(for: .milliseconds(1))
    }
}

struct TookTooLong: Error, CustomStringConvertible {
    let what: String
    var description: String { "\(what): took too long" }
}
