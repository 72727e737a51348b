import Ledger
import Money
import Payments
import Store
import Testing

@Suite struct RoundTripTests {
    @Test(arguments: TestEngine.all)
    func `a payment with nothing yet, and one with everything, read back as they went in`(engine: TestEngine)
        async throws
    {
        try await withStore(engine) { store in
            let payments = [payment(1), try fullPayment(2)]
            try await store.commit(payments.map { .insert($0) })
            for payment in payments {
                try await store.expect(payment) { try $0.payment(payment.id) }
            }
            try await store.expect(nil) { try $0.payment(id(3)) }
            let all = try await store.read { reader in
                var all: [Payment] = []
                try reader.forEachPayment { all.append($0) }
                return all
            }
            #expect(all == payments)
        }
    }

    @Test(arguments: TestEngine.all, PaymentState.allCases)
    func `a payment keeps its state`(engine: TestEngine, state: PaymentState) async throws {
        try await withStore(engine) { store in
            let payment = payment(1, state: state)
            try await store.commit(.insert(payment))
            try await store.expect(payment) { try $0.payment(payment.id) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `an update replaces what may change and nothing else`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let first = Payment(
                id: id(2), version: 1, merchant: .shop, dialect: .fake, acceptor: "401",
                amount: Money(minorUnits: 12_345, .USD), state: .authorizing, method: .card(face),
                created: .after(-86_400),
                usage: DailyUsage(day: CivilDay(number: 20_484), baht: baht(414_298)), echo: [0, 1, 255])
            try await store.commit(.insert(first))
            let full = try fullPayment(2, version: 2)
            try await store.commit(.update(full))
            try await store.expect(full) { try $0.payment(id(2)) }
        }
    }

    @Test(arguments: TestEngine.all, Currency.allCases)
    func `amounts keep their currency to the last unit`(engine: TestEngine, currency: Currency) async throws {
        try await withStore(engine) { store in
            let payment = payment(1, amount: Money(minorUnits: .max, currency))
            try await store.commit(.insert(payment))
            try await store.expect(payment.amount) { try $0.payment(payment.id)?.amount }
        }
    }

    @Test(arguments: TestEngine.all, RefundState.allCases)
    func `a refund reads back as it went in`(engine: TestEngine, state: RefundState) async throws {
        try await withStore(engine) { store in
            let refund = refund(1, state: state)
            try await store.commit(.insertRefund(refund))
            try await store.expect(refund) { try $0.refund(refund.id) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a refund's update replaces state, code and end`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertRefund(refund(1)))
            try await store.commit(.updateRefund(refund(1, version: 2, state: .refused)))
            try await store.expect(refund(1, version: 2, state: .refused)) { try $0.refund(id(1)) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a payment's refunds come oldest first, and nobody else's among them`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let refunds = [refund(3), refund(1), refund(2)]
            try await store.commit(refunds.map { .insertRefund($0) })
            try await store.expect([id(1), id(2), id(3)]) { try $0.refunds(of: id(1)).map(\.id) }
            try await store.expect([]) { try $0.refunds(of: id(2)) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a transfer of each kind reads back as it went in`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let transfers = [
                transfer("t1", .single, 500, from: bank, to: wallet), transfer("t2", .hold, 100),
                transfer("t3", .hold, 50), transfer("t4", .post(of: hold("t2", 100)), 60),
                transfer("t5", .release(of: hold("t3", 50)), 50),
                Transfer(
                    id: "t6", debit: account(.clearing, "card", .KWD), credit: account(.unsettled, "shop", .KWD),
                    amount: Money(minorUnits: .max, .KWD), kind: .hold),
            ]
            for (second, transfer) in transfers.enumerated() {
                try await store.commit(.transfer(transfer), at: .after(Int64(second)))
            }
            #expect(try await store.transfers() == transfers)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a token with terms and one without read back as they went in`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let tokens = [
                token(1), token(2, terms: .init(mid: "401", amount: baht(1))), token(3, terms: .init(mid: "401")),
                token(4, terms: .init(amount: Money(minorUnits: 5, .JPY)), code: nil),
            ]
            try await store.commit(tokens.map { .insertToken($0) })
            for token in tokens { try await store.expect(token) { try $0.token(token.key) } }
            try await store.expect(nil) { try $0.token([1]) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a challenge reads back as it went in`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertChallenge(challenge()))
            try await store.expect(challenge()) { try $0.challenge(challenge().key) }
            try await store.expect(nil) { try $0.challenge([1]) }
        }
    }

    @Test(
        arguments: TestEngine.all,
        [Subject.payment(id(1)), .refund(id(2)), .token(id(3)), .order(id(4)), .customer(id(5))])
    func `a name stands for its subject`(engine: TestEngine, subject: Subject) async throws {
        try await withStore(engine) { store in
            try await store.commit(.name(alias("R1"), subject))
            try await store.expect(subject) { try $0.subject(of: alias("R1")) }
            #expect(Subject(key: subject.key) == subject)
        }
    }

    @Test(arguments: ["", "payment", "payment:", "payment:1", "orders:00000000000000000000000000000001", ":"])
    func `what is no subject is none`(key: String) {
        #expect(Subject(key: key) == nil)
    }

    @Test(arguments: TestEngine.all)
    func `a setting is what was last put`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.expect(nil) { try $0.setting("clock") }
            try await store.commit(.putSetting(name: "clock", value: "1"))
            try await store.commit(.putSetting(name: "clock", value: "2"))
            try await store.expect("2") { try $0.setting("clock") }
        }
    }

    @Test(arguments: TestEngine.all, ["", " ", "'; DROP TABLE payments; --", "กำ", "e\u{301}", "👩‍👩‍👧", "$1 ?1", "a\nb"])
    func `any text reads back as it went in`(engine: TestEngine, text: String) async throws {
        try await withStore(engine) { store in
            try await store.commit(.name(alias(text), .payment(id(1))), .putSetting(name: "text", value: text))
            try await store.expect(.payment(id(1))) { try $0.subject(of: alias(text)) }
            // Compared by their bytes: two spellings of one letter are equal as strings.
            try await store.expect(Array(text.utf8)) { try Array(($0.setting("text") ?? "none").utf8) }
        }
    }

    /// A name that is cut short would be another's.
    @Test(arguments: TestEngine.all)
    func `text with a NUL is stored whole or refused`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            do {
                try await store.commit(.name(alias("a\u{0}b"), .payment(id(1))))
            } catch {
                return
            }
            let cut = try await store.read { try $0.subject(of: alias("a")) }
            #expect(cut == nil)
        }
    }
}
