import GroupCommit
import Synchronization
import TestSupport
import Testing

@Suite struct RefusalTests {
    typealias Refusal = GroupCommitter<Int, Int>.Refusal

    @Test func `callers beyond the most that may wait are refused at once, and harm nobody`() async throws {
        let bench = Workbench()
        let (committer, first) = try await bench.holding(maximumWaiting: 3)
        let rest = try await committer.queue(1...3)
        await #expect(throws: Refusal.tooManyWaiting) { try await committer.submit(4) }
        #expect(committer.depth == 3)
        bench.release(3)
        #expect(try await first.value == 0)
        for (unit, task) in zip(1...3, rest) { #expect(try await task.value == unit * 2) }
        #expect(try await committer.submit(5) == 10, "there is room again")
        #expect(bench.groups == [[0], [1, 2, 3], [5]])
        committer.stop()
    }

    @Test func `a group under way does not count as waiting`() async throws {
        let bench = Workbench()
        let (committer, first) = try await bench.holding(maximumWaiting: 1)
        let rest = try await committer.queue([1])
        await #expect(throws: Refusal.tooManyWaiting) { try await committer.submit(2) }
        bench.release(2)
        #expect(try await first.value == 0)
        #expect(try await rest[0].value == 2)
        committer.stop()
    }

    @Test(arguments: [1, 2, 512]) func `stopping finishes what waits and refuses what comes later`(
        maximumGroup: Int
    ) async throws {
        let bench = Workbench()
        let (committer, first) = try await bench.holding(maximumGroup: maximumGroup)
        let rest = try await committer.queue(1...5)
        committer.stop()
        await #expect(throws: Refusal.stopped) { try await committer.submit(6) }
        bench.release(6)
        #expect(try await first.value == 0)
        for (unit, task) in zip(1...5, rest) { #expect(try await task.value == unit * 2) }
        await #expect(throws: Refusal.stopped) { try await committer.submit(7) }
        #expect(bench.groups.flatMap { $0 } == [0, 1, 2, 3, 4, 5])
    }

    @Test func `stopping an idle committer, or one that has stopped, does no harm`() async throws {
        let bench = Workbench()
        let committer = GroupCommitter<Int, Int>(name: "bench", process: bench.process)
        committer.stop()
        committer.stop()
        await #expect(throws: Refusal.stopped) { try await committer.submit(1) }
        committer.stop()
        #expect(bench.groups.isEmpty)
    }

    @Test func `a stopped committer ends its thread and goes`() async throws {
        weak var gone: GroupCommitter<Int, Int>?
        do {
            let committer = GroupCommitter<Int, Int>(name: "bench") { units in units.map { .success($0) } }
            gone = committer
            #expect(try await committer.submit(1) == 1)
            committer.stop()
        }
        try await eventually("the end of the committer") { gone == nil }
    }

    @Test(arguments: 0..<20) func `a stop among many callers leaves none without an answer`(round: Int) async {
        let processed = Mutex(0)
        let committer = GroupCommitter<Int, Int>(name: "bench", maximumGroup: 8) { units in
            processed.withLock { $0 += units.count }
            return units.map { .success($0) }
        }
        let answered = await withTaskGroup(of: Bool.self) { group in
            for unit in 0..<400 {
                group.addTask {
                    if unit == round * 20 { committer.stop() }
                    do {
                        return try await committer.submit(unit) == unit
                    } catch {
                        #expect(error as? Refusal == .stopped)
                        return false
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(answered == processed.withLock { $0 }, "a unit that was processed is a caller that was answered")
    }
}
