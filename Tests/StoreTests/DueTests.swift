import Payments
import Store
import Testing

@Suite struct DueTests {
    func due(_ store: Store, by now: Instant = .after(1_000), limit: Int = 100) async throws -> [DueItem] {
        try await store.read { try $0.due(by: now, for: .me, limit: limit) }
    }

    @Test(arguments: TestEngine.all)
    func `what has fallen due comes in order of its instant, whatever it is`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(
                .due(.payment(id(1)), .after(30)), .due(.refund(id(2)), .after(10)), .due(.token(id(3)), .after(20)),
                .due(.payment(id(4)), .after(10)))
            #expect(
                try await due(store).map(\.subject) == [
                    .payment(id(4)), .refund(id(2)), .token(id(3)), .payment(id(1)),
                ])
            #expect(try await due(store, by: .after(20)).map(\.at) == [.after(10), .after(10), .after(20)])
            #expect(try await due(store, by: .after(9)).isEmpty)
            #expect(try await due(store, limit: 2).count == 2)
            try await store.expect(.after(10)) { try $0.nextDue() }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a subject falls due once, when it was last said`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.due(.payment(id(1)), .after(30)))
            try await store.commit(.due(.payment(id(1)), .after(40)))
            #expect(try await due(store) == [DueItem(subject: .payment(id(1)), at: .after(40))])
            try await store.commit(.due(.payment(id(1)), nil))
            #expect(try await due(store).isEmpty)
            try await store.expect(nil) { try $0.nextDue() }
        }
    }

    @Test(arguments: TestEngine.all)
    func `an item moves, or goes, only from where it was seen`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let item = DueItem(subject: .payment(id(1)), at: .after(30))
            try await store.commit(.due(item.subject, item.at))
            let old = DueItem(subject: item.subject, at: .after(29))
            try await store.commit(.moveDue(old, .after(50)), .moveDue(old, nil))
            #expect(try await due(store) == [item])
            try await store.commit(.moveDue(item, .after(50)))
            #expect(try await due(store).map(\.at) == [.after(50)])
            try await store.commit(.moveDue(item, nil))
            #expect(try await due(store).count == 1)
            try await store.commit(.moveDue(DueItem(subject: item.subject, at: .after(50)), nil))
            #expect(try await due(store).isEmpty)
        }
    }
}
