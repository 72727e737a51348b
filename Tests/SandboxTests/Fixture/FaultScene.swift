import APISupport
import Testing

/// Something that a simulated rail is asked, and what faults make of it.
struct FaultScene: Sendable, CustomTestStringConvertible {
    typealias Act = @Sendable (Sandbox, String) async throws -> String

    let rail: String
    let operation: String
    let name: String
    /// What comes of it where nothing misbehaves.
    let fine: String
    /// What comes of it with each fault that it meets.
    let outcomes: [String: String]
    /// How many calls it makes, where they are several: a lost answer is asked for, what did not arrive is sent again.
    var calls: [String: Int] = [:]
    /// Makes what the act is about, the so-manieth of its kind.
    var prepare: @Sendable (Sandbox, Int) async throws -> String = { _, number in "\(number)" }
    let act: Act
    /// What has become of it.
    var look: Act = { _, _ in "" }

    var testDescription: String { "\(rail) \(operation): \(name)" }

    /// Acts, and says what came of it.
    func outcome(of subject: String, in sandbox: Sandbox) async throws -> String {
        let answer = try await act(sandbox, subject)
        let state = try await look(sandbox, subject)
        return state.isEmpty ? answer : answer + " " + state
    }
}
