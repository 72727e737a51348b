import Store
import Testing

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
