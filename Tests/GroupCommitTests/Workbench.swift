import Dispatch
import GroupCommit
import Synchronization
import TestSupport

/// Work in groups that the test holds up and lets go. A unit's answer is its double.
final class Workbench: Sendable {
    /// What becomes of odd units, where a test wants some to fail.
    struct Odd: Error, Equatable { let unit: Int }

    private let gate = DispatchSemaphore(value: 0)
    private let seen = Mutex<[[Int]]>([])
    private let refusesOdd: Bool

    init(refusesOdd: Bool = false) {
        self.refusesOdd = refusesOdd
    }

    /// Every group so far, in order, the one that is held included.
    var groups: [[Int]] { seen.withLock { $0 } }

    func process(_ units: [Int]) -> [Result<Int, any Error>] {
        seen.withLock { $0.append(units) }
        gate.wait()
        return units.map { refusesOdd && $0 % 2 == 1 ? .failure(Odd(unit: $0)) : .success($0 * 2) }
    }

    /// Lets this many groups go: the one that is held, and later ones.
    func release(_ groups: Int) {
        for _ in 0..<groups { gate.signal() }
    }

    /// A committer whose first group, the unit 0 alone, is held.
    func holding(
        maximumGroup: Int = 512, maximumWaiting: Int = 20_000
    ) async throws -> (committer: GroupCommitter<Int, Int>, first: Task<Int, any Error>) {
        let committer = GroupCommitter<Int, Int>(
            name: "bench", maximumGroup: maximumGroup, maximumWaiting: maximumWaiting, process: process)
        let first = Task { try await committer.submit(0) }
        try await eventually("the first group") { groups == [[0]] }
        return (committer, first)
    }
}

extension GroupCommitter where Unit == Int, Answer == Int {
    /// Submits units one after another, each once the one before waits in its place.
    func queue(_ units: some Sequence<Int>) async throws -> [Task<Int, any Error>] {
        var tasks: [Task<Int, any Error>] = []
        for unit in units {
            let before = depth
            tasks.append(Task { try await submit(unit) })
            try await eventually("the unit in its place") { depth == before + 1 }
        }
        return tasks
    }
}
