/// How long a test waits for what must come. It only keeps a test that hangs from doing so for ever, and says nothing of
/// how fast the machine is.
public let longEnough = Duration.seconds(300)

/// Asks until the answer is yes; false when the time is over first. Waits for a condition, never for a fixed time.
public func eventually(
    within limit: Duration = longEnough, every pause: Duration = .milliseconds(20), _ condition: () async throws -> Bool
) async throws -> Bool {
    let end = ContinuousClock.now + limit
    repeat {
        if try await condition() { return true }
        try await Task.sleep(for: pause)
    } while ContinuousClock.now < end
    return try await condition()
}

/// Waits until the answer is yes, and throws where that does not come.
/// - Parameter what: what is waited for, for whoever reads of it in vain.
public func eventually(
    _ what: String, within limit: Duration = longEnough, _ condition: () async throws -> Bool
) async throws {
    let came = try await eventually(within: limit, every: .milliseconds(1), condition)
    guard came else { throw HarnessError("\(what): took too long") }
}

/// Runs `body` for every item, `width` of them at a time. The results come in no particular order.
public func inParallel<Item: Sendable, Result: Sendable>(
    _ items: [Item], width: Int = 8, _ body: @escaping @Sendable (Item) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: [Result].self) { group in
        for lane in 0..<width {
            group.addTask {
                var results: [Result] = []
                for item in stride(from: lane, to: items.count, by: width) {
                    results.append(try await body(items[item]))
                }
                return results
            }
        }
        return try await group.reduce(into: []) { $0 += $1 }
    }
}

/// What went wrong in the harness itself, in words.
public struct HarnessError: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
