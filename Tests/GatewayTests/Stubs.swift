import Gateway
import Payments
import Rails
import Store
import Synchronization
import TestSupport

/// A clock that the test moves. Each look at it is a microsecond later, so that no two things happen at once.
final class HandClock: GatewayClock {
    private let instant = Mutex(Instant.start)

    func now() -> Instant {
        instant.withLock { instant in
            defer { instant = Instant(microseconds: instant.microseconds + 1) }
            return instant
        }
    }

    func wallTime() -> Instant { now() }
    func set(_ later: Instant) { instant.withLock { $0 = later } }
    func advance(seconds: Int64) { instant.withLock { $0 = $0.adding(seconds: seconds) } }

    /// To the next midnight in Bangkok, and a little later.
    func passMidnight() { instant.withLock { $0 = $0.nextBangkokMidnight.adding(seconds: 1) } }
}

extension Instant {
    /// 2026-01-31 12:00:00 in Bangkok.
    static let start = Instant(microseconds: 1_769_835_600_000_000)
}

/// Randomness that is the same in every run.
final class SeededEntropy: Entropy {
    private let random: Mutex<SplitMix64>

    init(seed: UInt64) { random = Mutex(SplitMix64(seed: seed)) }

    func bytes(_ count: Int) -> [UInt8] {
        random.withLock { random in (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) } }
    }
}

/// An API that tells its merchants everything, in few words.
struct FakeDialect: Dialect {
    static let id = DialectID(rawValue: "fake")

    var id: DialectID { Self.id }

    func notice(of event: PaymentEvent, _ report: PaymentReport, to merchant: Merchant) -> NoticeContent? {
        let code = report.refusal ?? report.payment.failureCode
        return NoticeContent(
            url: "https://\(merchant.id).example/", body: Array("\(event.rawValue) \(code ?? "-")".utf8))
    }

    func notice(of event: PayoutEvent, _ payout: Payout, to merchant: Merchant) -> NoticeContent? {
        NoticeContent(
            url: "https://\(merchant.id).example/", body: Array("\(event.rawValue) \(payout.failure ?? "-")".utf8),
            isOnce: true)
    }

    func notice(of event: BankSessionEvent, _ report: BankSessionReport, to merchant: Merchant) -> NoticeContent? {
        let session = report.session
        let words = "\(event.rawValue) \(session.state.rawValue) \(session.problem?.rawValue ?? "-")"
        return NoticeContent(url: "https://\(merchant.id).example/", body: Array(words.utf8), isOnce: true)
    }

    var depositNames: [Alias.Kind] { ["reference", "one", "two"].map { Alias.Kind(rawValue: $0) } }

    func signingKey(of merchant: MerchantID) -> Secret<String>? { nil }
}

/// A database that fails, or keeps a reader waiting, when the test says so.
final class StubbornEngine: Engine {
    private struct State {
        var refusals = 0
        var passed = 0
        var last: Int?
        var heldRead: Door?
        var beforeHeldRead = 0
        var heldCommit: Door?
        var beforeHold = 0
        var isShared = false
        var reads = 0
        var commits = 0
        var watching: [(reads: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    let inner: any Engine
    private let state = Mutex(State())

    init(_ inner: any Engine) { self.inner = inner }

    /// The next so many commits are refused, after so many more have passed.
    func refuse(_ count: Int, after passing: Int = 0) {
        state.withLock { ($0.refusals, $0.passed) = (count, passing) }
    }

    /// How many reads have been answered, and how many commits asked for.
    var counts: (reads: Int, commits: Int) { state.withLock { ($0.reads, $0.commits) } }

    /// Returns when so many reads have been answered in all.
    func answered(reads: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.reads < reads { state.watching.append((reads, continuation)) }
                return state.reads >= reads
            }
            if isThere { continuation.resume() }
        }
    }

    private func countRead() {
        let told = state.withLock { state in
            state.reads += 1
            let told = state.watching.filter { $0.reads <= state.reads }
            state.watching.removeAll { $0.reads <= state.reads }
            return told
        }
        for watcher in told { watcher.continuation.resume() }
    }

    /// From now on several processes may have this database.
    func share() { state.withLock { $0.isShared = true } }

    /// Nothing is committed after so many more commits.
    func stop(after count: Int) { state.withLock { $0.last = count } }

    var hasStopped: Bool { state.withLock { $0.last == 0 } }

    /// The next read takes its snapshot and then waits before this door with what it saw; or one after so many more.
    func holdNextRead(after passing: Int = 0) -> Door {
        let door = Door()
        state.withLock { ($0.heldRead, $0.beforeHeldRead) = (door, passing) }
        return door
    }

    private var doorOfNextRead: Door? {
        state.withLock { state in
            guard state.heldRead != nil else { return nil }
            if state.beforeHeldRead > 0 {
                state.beforeHeldRead -= 1
                return nil
            }
            defer { state.heldRead = nil }
            return state.heldRead
        }
    }

    /// After so many commits have passed, one waits before this door.
    func holdCommit(after passing: Int) -> Door {
        let door = Door()
        state.withLock { ($0.heldCommit, $0.beforeHold) = (door, passing) }
        return door
    }

    private var doorOfNextCommit: Door? {
        state.withLock { state in
            guard state.heldCommit != nil else { return nil }
            if state.beforeHold > 0 {
                state.beforeHold -= 1
                return nil
            }
            defer { state.heldCommit = nil }
            return state.heldCommit
        }
    }

    private var refusesNext: Bool {
        state.withLock { state in
            if state.last == 0 { return true }
            state.last = state.last.map { $0 - 1 }
            guard state.refusals > 0 else { return false }
            if state.passed > 0 {
                state.passed -= 1
                return false
            }
            state.refusals -= 1
            return true
        }
    }

    func commit(_ statements: [Statement]) async throws {
        state.withLock { $0.commits += 1 }
        await doorOfNextCommit?.pass()
        if refusesNext { throw StoreError.unavailable("the test says so") }
        try await inner.commit(statements)
    }

    func scan<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        try await inner.scan(body)
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        let door = doorOfNextRead
        let value = try await inner.read(body)
        countRead()
        await door?.pass()
        return value
    }

    func migrate(_ migrations: [Migration]) async throws { try await inner.migrate(migrations) }
    var isShared: Bool { state.withLock { $0.isShared } }
    var depth: Int { inner.depth }
    func close() async throws { try await inner.close() }
}

/// A bank that never answers.
struct SilentPayouts: PayoutRail {
    func send(_ request: PayoutRequest) async -> PayoutStatus { .unknown(reason: "no answer") }
    func status(of payout: ID<Payout>) async -> PayoutStatus { .unknown(reason: "no answer") }
}
