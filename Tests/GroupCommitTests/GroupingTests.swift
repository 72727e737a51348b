import Foundation
import GroupCommit
import Synchronization
import Testing

@Suite struct GroupingTests {
    @Test func `a unit alone is a group of one`() async throws {
        let bench = Workbench()
        bench.release(1)
        let committer = GroupCommitter<Int, Int>(name: "bench", process: bench.process)
        #expect(try await committer.submit(21) == 42)
        #expect(bench.groups == [[21]])
        committer.stop()
    }

    @Test func `what is submitted while a group is processed is the next group, in order`() async throws {
        let bench = Workbench()
        let (committer, first) = try await bench.holding()
        let rest = try await committer.queue(1...5)
        #expect(committer.depth == 5)
        bench.release(2)
        _ = try await first.value
        for task in rest { _ = try await task.value }
        #expect(bench.groups == [[0], [1, 2, 3, 4, 5]])
        #expect(committer.depth == 0)
        committer.stop()
    }

    @Test(arguments: [
        (4, [[0], [1, 2, 3, 4], [5, 6, 7, 8], [9]]), (1, [[0], [1], [2], [3], [4], [5], [6], [7], [8], [9]]),
        (9, [[0], [1, 2, 3, 4, 5, 6, 7, 8, 9]]), (10, [[0], [1, 2, 3, 4, 5, 6, 7, 8, 9]]),
    ])
    func `no group is larger than it may be`(maximum: Int, groups: [[Int]]) async throws {
        let bench = Workbench()
        let (committer, first) = try await bench.holding(maximumGroup: maximum)
        let rest = try await committer.queue(1...9)
        bench.release(groups.count)
        _ = try await first.value
        for task in rest { _ = try await task.value }
        #expect(bench.groups == groups)
        committer.stop()
    }

    @Test func `every caller gets the answer to their own unit`() async throws {
        let bench = Workbench()
        let (committer, first) = try await bench.holding(maximumGroup: 7)
        let rest = try await committer.queue(1...20)
        bench.release(20)
        #expect(try await first.value == 0)
        for (unit, task) in zip(1...20, rest) { #expect(try await task.value == unit * 2) }
        committer.stop()
    }

    @Test func `a unit that fails fails its own caller only`() async throws {
        let bench = Workbench(refusesOdd: true)
        let (committer, first) = try await bench.holding()
        let rest = try await committer.queue(1...6)
        bench.release(2)
        #expect(try await first.value == 0)
        for (unit, task) in zip(1...6, rest) {
            if unit % 2 == 0 {
                #expect(try await task.value == unit * 2)
            } else {
                await #expect(throws: Workbench.Odd(unit: unit)) { try await task.value }
            }
        }
        committer.stop()
    }

    @Test func `all work runs on one thread with the name it was given`() async throws {
        let committer = GroupCommitter<Int, String>(name: "mekong-bench") { units in
            units.map { _ in .success(Self.describe()) }
        }
        var seen: Set<String> = []
        for unit in 0..<50 { seen.insert(try await committer.submit(unit)) }
        #expect(seen.count == 1)
        #expect(seen.first?.hasPrefix("mekong-bench ") == true, "\(seen)")
        committer.stop()
    }

    /// Name and identity of the thread that asks.
    private static func describe() -> String {
        let text = (try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)) ?? ""
        return "\(text.filter { $0 != "\n" }) \(pthread_self())"
    }

    @Test func `a caller that is cancelled learns what became of its unit all the same`() async throws {
        let bench = Workbench()
        let (committer, first) = try await bench.holding()
        let rest = try await committer.queue([1])
        first.cancel()
        rest[0].cancel()
        bench.release(2)
        #expect(try await first.value == 0)
        #expect(try await rest[0].value == 2)
        committer.stop()
    }

    @Test func `many callers at once are each answered once and share groups`() async throws {
        let processed = Mutex<[Int: Int]>([:])
        let groups = Mutex(0)
        let committer = GroupCommitter<Int, Int>(name: "bench", maximumGroup: 64) { units in
            groups.withLock { $0 += 1 }
            processed.withLock { processed in for unit in units { processed[unit, default: 0] += 1 } }
            return units.map { .success($0 * 2) }
        }
        let wrong = await withTaskGroup(of: Bool.self) { group in
            for unit in 0..<5_000 { group.addTask { (try? await committer.submit(unit)) != unit * 2 } }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(wrong == 0)
        #expect(processed.withLock { $0.count } == 5_000)
        #expect(processed.withLock { $0.values.allSatisfy { $0 == 1 } })
        #expect(groups.withLock { $0 } >= 5_000 / 64)
        committer.stop()
    }
}
