import Foundation
import Synchronization

/// Runs units of work in groups on a thread of its own: everything that is waiting is handed over at once, so that
/// many callers share one expensive step, such as an fsync.
///
/// Units are processed in the order in which they were submitted. The closure blocks its own thread only, never the
/// cooperative pool. Callers beyond `maximumWaiting` are refused at once, so that memory stays bounded while the
/// resource behind it is away.
public final class GroupCommitter<Unit: Sendable, Answer: Sendable>: Sendable {
    /// Why a unit was not processed.
    public enum Refusal: Error, Equatable { case tooManyWaiting, waitedTooLong, stopped }

    private typealias Waiting = (
        unit: Unit, since: ContinuousClock.Instant, continuation: CheckedContinuation<Answer, any Error>
    )

    private struct State {
        var waiting: [Waiting] = []
        var isStopped = false
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let maximumGroup: Int
    private let maximumWaiting: Int
    private let maximumWait: Duration?

    /// - Parameters:
    ///   - name: the thread's name, as debuggers and `top -H` show it.
    ///   - maximumGroup: the most units handed over at once.
    ///   - maximumWaiting: the most units that may wait.
    ///   - maximumWait: how long a unit may wait for its group to begin; nil for as long as it takes.
    ///   - process: answers each unit, in order. It must return as many answers as there were units.
    public init(
        name: String, maximumGroup: Int = 512, maximumWaiting: Int = 20_000, maximumWait: Duration? = nil,
        process: @escaping @Sendable ([Unit]) -> [Result<Answer, any Error>]
    ) {
        self.maximumGroup = maximumGroup
        self.maximumWaiting = maximumWaiting
        self.maximumWait = maximumWait
        let thread = Thread { [self] in
            nameThisThread(name)
            run(process)
            ended.signal()
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Waits for the unit's group to be processed and returns the unit's own answer.
    ///
    /// Not cancellable: what was submitted may already be done, and the caller must learn of it.
    public func submit(_ unit: Unit) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let (refusal, isFirst): (Refusal?, Bool) = state.withLock { state in
                if state.isStopped { return (.stopped, false) }
                if state.waiting.count >= maximumWaiting { return (.tooManyWaiting, false) }
                state.waiting.append((unit, .now, continuation))
                return (nil, state.waiting.count == 1)
            }
            if let refusal { continuation.resume(throwing: refusal) }
            // Whoever comes later finds the thread awake, or woken by the first.
            if isFirst { wake.signal() }
        }
    }

    /// How many units wait for their group now.
    public var depth: Int { state.withLock { $0.waiting.count } }

    /// Finishes what waits and ends the thread. Later units are refused.
    public func stop() {
        state.withLock { $0.isStopped = true }
        wake.signal()
    }

    /// Waits until what waited is finished and the thread has ended. Blocks the thread that calls it.
    public func join() {
        ended.wait()
        ended.signal()
    }

    private func run(_ process: @Sendable ([Unit]) -> [Result<Answer, any Error>]) {
        while true {
            wake.wait()
            while let taken = take() {
                let group = refusingLate(taken)
                guard !group.isEmpty else { continue }
                let answers = process(group.map { $0.unit })
                precondition(answers.count == group.count, "every unit of a group is answered")
                for (waiting, answer) in zip(group, answers) { waiting.continuation.resume(with: answer) }
            }
            if state.withLock({ $0.isStopped && $0.waiting.isEmpty }) { return }
        }
    }

    /// The group without those who have waited too long, who are told so.
    private func refusingLate(_ group: [Waiting]) -> [Waiting] {
        guard let maximumWait else { return group }
        let earliest = ContinuousClock.now - maximumWait
        // They stand in the order in which they came.
        let late = group.prefix { $0.since < earliest }
        for waiting in late { waiting.continuation.resume(throwing: Refusal.waitedTooLong) }
        return Array(group.dropFirst(late.count))
    }

    /// The next group, or nil where nothing waits.
    private func take() -> [Waiting]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else { return nil }
            guard state.waiting.count > maximumGroup else {
                defer { state.waiting = [] }
                return state.waiting
            }
            defer { state.waiting.removeFirst(maximumGroup) }
            return Array(state.waiting.prefix(maximumGroup))
        }
    }
}
