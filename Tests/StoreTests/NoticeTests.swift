import Payments
import Store
import Testing

@Suite struct NoticeTests {
    /// Ten minutes, the longest that a notice waits for an earlier one.
    func waiting(_ store: Store, _ merchant: MerchantID = .shop, at second: Int64 = 100) async throws -> [ID<Notice>] {
        try await store.read { reader in
            try reader.waitingNotices(
                of: merchant, by: .after(second), patience: .after(second - 600), for: .me, limit: 100
            ).map(\.notice.id)
        }
    }

    func recorded(
        _ notice: Notice, _ number: Int, _ state: DeliveryState, next: Instant? = nil, status: Int? = 500
    ) -> Change {
        .recordAttempt(
            notice, number: number,
            DeliveryAttempt(at: .after(Int64(number)), status: status, error: status == nil ? "refused" : nil), state,
            next: next)
    }

    @Test(arguments: TestEngine.all)
    func `a notice reads back as it went in, and waits from its first moment`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let notice = notice(1)
            try await store.commit(.insertNotice(notice))
            let delivery = try await store.read { try $0.notice(notice.id) }
            #expect(delivery?.notice == notice && delivery?.state == .pending && delivery?.attempts == 0)
            #expect(try await waiting(store, at: 0) == [notice.id])
            #expect(try await waiting(store, at: -1).isEmpty)
            #expect(try await waiting(store, .stall).isEmpty)
            try await store.expect(1) { try $0.pendingNotices() }
        }
    }

    @Test(arguments: TestEngine.all)
    func `the answer that a notice asks for is kept with it`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let plain = notice(1)
            let asking = Notice(
                id: id(2), merchant: .shop, dialect: .fake, subject: "payment:2", event: "received",
                url: "https://shop.example/notify", body: [0x7B, 0x7D],
                acknowledgement: Acknowledgement(body: #"{"code":200}"#), created: .start)
            try await store.commit(.insertNotice(plain), .insertNotice(asking))
            let (first, second) = try await store.read { (try $0.notice(plain.id), try $0.notice(asking.id)) }
            #expect(first?.notice.acknowledgement == nil && second?.notice == asking)
        }
    }

    @Test(arguments: TestEngine.all)
    func `attempts are kept in order, with what came of each`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let notice = notice(1)
            try await store.commit(.insertNotice(notice))
            try await store.commit(recorded(notice, 1, .pending, next: .after(50), status: nil))
            #expect(try await waiting(store, at: 49).isEmpty)
            #expect(try await waiting(store, at: 50) == [notice.id])
            try await store.expect(.after(50)) { try $0.nextNotice(of: .shop, after: .after(10), for: .me) }
            try await store.commit(recorded(notice, 2, .delivered, status: 200))
            let (delivery, attempts) = try await store.read { reader in
                (try reader.notice(notice.id), try reader.attempts(of: notice.id))
            }
            #expect(delivery?.state == .delivered && delivery?.attempts == 2)
            #expect(attempts.map(\.status) == [nil, 200] && attempts.map(\.error) == ["refused", nil])
            #expect(attempts.map(\.succeeded) == [false, true])
            #expect(try await waiting(store).isEmpty)
            try await store.expect(0) { try $0.pendingNotices() }
            try await store.expect(true) { try $0.dueNotices(by: .after(1_000_000), for: .me).isEmpty }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a notice waits for an earlier one about the same subject`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let (first, second) = (notice(1, at: .after(1)), notice(2, at: .after(2)))
            let other = notice(3, about: "payment:2", at: .after(3))
            try await store.commit(.insertNotice(first), .insertNotice(second), .insertNotice(other))
            #expect(try await waiting(store) == [first.id, other.id])
            try await store.commit(recorded(first, 1, .pending, next: .after(90)))
            #expect(try await waiting(store, at: 80) == [other.id])
            try await store.commit(recorded(first, 2, .delivered, status: 204))
            #expect(try await waiting(store, at: 80) == [second.id, other.id])
        }
    }

    @Test(arguments: TestEngine.all)
    func `it waits ten minutes at most, and not for one that is given up`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let (first, second) = (notice(1, at: .after(0)), notice(2, at: .after(5)))
            try await store.commit(.insertNotice(first), .insertNotice(second))
            try await store.commit(recorded(first, 1, .pending, next: .after(9_000)))
            #expect(try await waiting(store, at: 599).isEmpty)
            #expect(try await waiting(store, at: 600) == [second.id])
            try await store.commit(recorded(first, 2, .exhausted))
            #expect(try await waiting(store, at: 10) == [second.id])
        }
    }

    @Test(arguments: TestEngine.all)
    func `one that is sent again is due at once`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let notice = notice(1)
            try await store.commit(.insertNotice(notice), recorded(notice, 1, .exhausted))
            #expect(try await waiting(store).isEmpty)
            try await store.commit([.replay(notice.id)], at: .after(70))
            #expect(try await waiting(store, at: 70) == [notice.id])
            try await store.expect(1) { try $0.notice(notice.id)?.attempts }
        }
    }

    @Test(arguments: TestEngine.all)
    func `each merchant has a next attempt of its own, and the newest come first`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let notices = [
                notice(1, at: .after(9)), notice(2, at: .after(4)), notice(3, at: .after(7), of: .stall),
            ]
            try await store.commit(notices.map { .insertNotice($0) })
            func due(_ second: Int64) async throws -> [MerchantID: Instant] {
                let due = try await store.read { try $0.dueNotices(by: .after(second), for: .me) }
                return Dictionary(uniqueKeysWithValues: due.map { ($0.merchant, $0.at) })
            }
            let (none, first, both) = (try await due(3), try await due(6), try await due(9))
            #expect(none.isEmpty)
            #expect(first == [.shop: .after(4)])
            #expect(both == [.shop: .after(4), .stall: .after(7)])
            let newest = try await store.read { try $0.notices(limit: 2).map(\.notice.created) }
            #expect(newest == [.after(9), .after(7)])
        }
    }
}
