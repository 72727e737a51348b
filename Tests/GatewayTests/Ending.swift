import Gateway
import Testing

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
