import Ledger
import Payments
import Store
import TestSupport
import Testing

/// Numbers, one-time values, notices that are sent once, and balances that guard: on each engine.
@Suite struct CounterTests {
    @Test(arguments: TestEngine.all)
    func `numbers are taken by whoever has seen the last one`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.expect(0) { try $0.counter(counter) }
            #expect(try await store.conflict(.takeNumbers(counter, after: 0, upTo: 20)) == nil)
            #expect(try await store.conflict(.takeNumbers(counter, after: 0, upTo: 20)) == .stale("counter deposit"))
            #expect(try await store.conflict(.takeNumbers(counter, after: 20, upTo: 21)) == nil)
            try await store.expect(21) { try $0.counter(counter) }
            let stall = CounterName(counter.kind, dialect: .fake, merchant: .stall)
            try await store.expect(0) { try $0.counter(stall) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `of many who take numbers at once each gets others`(engine: TestEngine) async throws {
        try await withStores(engine, engine == .sqlite ? 1 : 4) { stores in
            let taken = try await together(40) { index -> Int64? in
                let store = stores[index % stores.count]
                let last = try await store.read { try $0.counter(counter) }
                let conflict = try await store.conflict(.takeNumbers(counter, after: last, upTo: last + 5))
                return conflict == nil ? last : nil
            }.compactMap { $0 }
            #expect(!taken.isEmpty && Set(taken).count == taken.count)
            try await stores[0].expect(Int64(taken.count) * 5) { try $0.counter(counter) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a one-time value counts once, and is forgotten when its time is over`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            #expect(try await store.conflict(.spendNonce(nonce())) == nil)
            #expect(try await store.conflict(.spendNonce(nonce())) == .duplicate("nonce"))
            #expect(try await store.conflict(.spendNonce(nonce(of: .stall))) == nil)
            #expect(try await store.conflict(.spendNonce(nonce("2", expires: 500))) == nil)
            try await store.commit([.sweep(wallTime: .after(239))], at: .after(1_000_000))
            #expect(try await store.conflict(.spendNonce(nonce())) == .duplicate("nonce"))
            try await store.expect(true) { try $0.hasMoreToSweep(at: .start, wallTime: .after(240)) }
            try await store.commit([.sweep(wallTime: .after(240))], at: .start)
            try await store.expect(false) { try $0.hasMoreToSweep(at: .start, wallTime: .after(240)) }
            #expect(try await store.conflict(.spendNonce(nonce())) == nil)
            #expect(try await store.conflict(.spendNonce(nonce("2"))) == .duplicate("nonce"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a sweep forgets a bounded number of one-time values`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit((0..<2_100).map { .spendNonce(nonce("\($0)", expires: 1)) })
            try await store.commit([.sweep(wallTime: .after(2))], at: .start)
            try await store.expect(true) { try $0.hasMoreToSweep(at: .start, wallTime: .after(2)) }
            try await store.commit([.sweep(wallTime: .after(2))], at: .start)
            try await store.expect(false) { try $0.hasMoreToSweep(at: .start, wallTime: .after(2)) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a notice that is sent once is marked before it is sent, by one`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let notice = onceNotice(1)
            try await store.commit(.insertNotice(notice, by: .me))
            let stored = try await store.read { try $0.notice(notice.id) }
            #expect(stored?.notice == notice && stored?.state == .pending)
            let begin = Change.beginOnlyAttempt(notice, number: 1, at: .after(1))
            #expect(try await store.conflict(begin) == nil)
            #expect(try await store.conflict(begin) == .stale("notice \(notice.id)"))
            try await store.expect(0) { try $0.pendingNotices() }
            try await store.expect([DeliveryAttempt(at: .after(1), status: nil, error: nil)]) {
                try $0.attempts(of: notice.id)
            }
            let attempt = DeliveryAttempt(at: .after(1), status: 500, error: "status 500")
            try await store.commit(.endOnlyAttempt(notice, number: 1, attempt))
            try await store.expect([attempt]) { try $0.attempts(of: notice.id) }
            try await store.expect(.exhausted) { try $0.notice(notice.id)?.state }
        }
    }

    @Test(arguments: TestEngine.all)
    func `what comes of an earlier attempt does not end one that was asked for by hand`(engine: TestEngine)
        async throws
    {
        try await withStore(engine) { store in
            let notice = onceNotice(1)
            try await store.commit(.insertNotice(notice, by: .me), .beginOnlyAttempt(notice, number: 1, at: .start))
            try await store.commit(.replay(notice.id, by: .me))
            let failed = DeliveryAttempt(at: .start, status: nil, error: "refused")
            try await store.commit(.endOnlyAttempt(notice, number: 1, failed))
            try await store.expect(.pending) { try $0.notice(notice.id)?.state }
            #expect(try await store.conflict(.beginOnlyAttempt(notice, number: 2, at: .after(5))) == nil)
            try await store.expect(2) { try $0.notice(notice.id)?.attempts }
        }
    }

    @Test(arguments: TestEngine.all)
    func `an attempt that sent nothing is kept as failed, and the next is made at its time`(engine: TestEngine)
        async throws
    {
        try await withStore(engine) { store in
            let notice = onceNotice(1)
            try await store.commit(.insertNotice(notice, by: .me), .beginOnlyAttempt(notice, number: 1, at: .start))
            let failed = DeliveryAttempt(at: .start, status: nil, error: "no address")
            try await store.commit(.deferOnlyAttempt(notice, number: 1, failed, next: .after(5)))
            let stored = try await store.read { try $0.notice(notice.id) }
            #expect(stored?.state == .pending && stored?.attempts == 1)
            try await store.expect([failed]) { try $0.attempts(of: notice.id) }
            try await store.expect(.after(5)) { try $0.nextNotice(after: .start, patience: 600) }
            #expect(try await store.conflict(.beginOnlyAttempt(notice, number: 2, at: .after(5))) == nil)
            // What is heard of the first by then changes nothing.
            try await store.commit(.deferOnlyAttempt(notice, number: 1, failed, next: .after(9)))
            try await store.expect(.delivered) { try $0.notice(notice.id)?.state }
        }
    }

    @Test(arguments: TestEngine.all)
    func `an attempt that never left is taken back, unless something has come of it`(engine: TestEngine)
        async throws
    {
        try await withStore(engine) { store in
            let notice = onceNotice(1)
            try await store.commit(.insertNotice(notice, by: .me), .beginOnlyAttempt(notice, number: 1, at: .start))
            try await store.commit(.takeBackOnlyAttempt(notice, number: 1))
            let stored = try await store.read { try $0.notice(notice.id) }
            #expect(stored?.state == .pending && stored?.attempts == 0)
            try await store.expect([]) { try $0.attempts(of: notice.id) }
            try await store.expect(1) { try $0.pendingNotices() }
            try await store.commit(.beginOnlyAttempt(notice, number: 1, at: .after(1)))
            let failed = DeliveryAttempt(at: .after(1), status: 500, error: "status 500")
            try await store.commit(.endOnlyAttempt(notice, number: 1, failed))
            try await store.commit(.takeBackOnlyAttempt(notice, number: 1))
            try await store.expect([failed]) { try $0.attempts(of: notice.id) }
            try await store.expect(.exhausted) { try $0.notice(notice.id)?.state }
        }
    }

    private let owed = account(.receivable, "shop")
    private let own = account(.available, "shop")

    @Test(arguments: TestEngine.all)
    func `what is owed is kept, and commits can be guarded by it`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            #expect(try await store.conflict(.expectPosted(owed, 0)) == nil)
            #expect(try await store.conflict(.expectPosted(owed, -30)) == .balanceMoved(account: owed.key))
            try await store.commit(.transfer(transfer("h", .hold, 30, from: owed, to: bank)))
            #expect(try await store.balance(of: owed) == Balance(posted: 0, held: 30))
            try await store.commit(.transfer(transfer("p", .post(of: hold("h", 30)), 30, from: owed, to: bank)))
            #expect(try await store.balance(of: owed) == Balance(posted: -30, held: 0))
            #expect(try await store.conflict(.expectPosted(owed, 0)) == .balanceMoved(account: owed.key))
            #expect(try await store.conflict(.expectPosted(owed, -30)) == nil)
            try await store.fund(own, 30)
            try await store.commit(
                .expectPosted(owed, -30), .transfer(transfer("r", .single, 20, from: own, to: owed)))
            #expect(try await store.balance(of: owed) == Balance(posted: -10))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a commit can be guarded by what may be spent`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            #expect(try await store.conflict(.expectSpendable(own, atMost: 0)) == nil)
            try await store.fund(own, 50)
            try await store.commit(.transfer(transfer("h", .hold, 20, from: own, to: bank)))
            #expect(try await store.conflict(.expectSpendable(own, atMost: 29)) == .balanceMoved(account: own.key))
            #expect(try await store.conflict(.expectSpendable(own, atMost: 30)) == nil)
            let refused = try await store.conflict(
                .insert(payment(1)), .expectSpendable(own, atMost: 0))
            #expect(refused == .balanceMoved(account: own.key))
            try await store.expect(nil) { try $0.payment(id(1)) }
        }
    }
}
