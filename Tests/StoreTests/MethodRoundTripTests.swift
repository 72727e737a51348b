import Money
import Payments
import Store
import Testing

/// Customers, orders and payments by other means than a plain card charge, on both engines.
@Suite struct MethodRoundTripTests {
    private func customer(version: Int64 = 1, defaultCard: UInt64? = nil) -> Customer {
        Customer(
            id: id(1), version: version, merchant: .shop, dialect: .fake, email: "ก@shop.example",
            name: version == 1 ? "สมชาย" : "Somchai", defaultCard: defaultCard.map { id($0) }, created: .start)
    }

    private func card(_ number: UInt64, of customer: UInt64 = 1, issuer: String? = nil) -> SavedCard {
        SavedCard(
            face: CardFace(id: id(number), brand: .jcb, masked: "356458*****0476", issuer: issuer),
            customer: id(customer), holder: "SOMCHAI J", expiry: expiry, sealedCard: [1, 0, 255],
            created: .after(Int64(number)))
    }

    private func conversion() throws -> Conversion {
        Conversion(
            converted: Money(minorUnits: 2_980, .USD), rate: try ExchangeRate(parsing: "33.5612"),
            expires: .after(600))
    }

    @Test(arguments: TestEngine.all)
    func `a customer and their cards read back as they went in, oldest card first`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let cards = [card(3, issuer: "ธนาคารกสิกรไทย"), card(2), card(9, of: 7)]
            try await store.commit([.insertCustomer(customer())] + cards.map { .insertSavedCard($0) })
            try await store.expect(customer()) { try $0.customer(id(1)) }
            try await store.expect([card(2), cards[0]]) { try $0.savedCards(of: id(1)) }
            try await store.expect(cards[2]) { try $0.savedCard(id(9)) }
            try await store.expect(nil) { try $0.customer(id(2)) }
            try await store.commit(.updateCustomer(customer(version: 2, defaultCard: 3)))
            try await store.expect(customer(version: 2, defaultCard: 3)) { try $0.customer(id(1)) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `deleting a customer takes their cards, and nobody else's`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(
                .insertCustomer(customer()), .insertSavedCard(card(2)), .insertSavedCard(card(9, of: 7)))
            await expect(.conflict(.stale("customer \(ID<Customer>.first.hex)"))) {
                try await store.commit(.deleteCustomer(customer(version: 2)))
            }
            try await store.commit(.deleteCustomer(customer()))
            try await store.expect(nil) { try $0.customer(id(1)) }
            try await store.expect([]) { try $0.savedCards(of: id(1)) }
            try await store.expect(card(9, of: 7)) { try $0.savedCard(id(9)) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a card is taken out of a used token once`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertToken(token(1)))
            await expect(.conflict(.tokenSpent)) { try await store.commit(.emptyToken(key: tokenKey(1))) }
            try await store.commit(.spendToken(key: tokenKey(1), by: id(1)))
            try await store.commit(.emptyToken(key: tokenKey(1)))
            try await store.expect([]) { try $0.token(tokenKey(1))?.sealedCard }
            await expect(.conflict(.tokenSpent)) { try await store.commit(.emptyToken(key: tokenKey(1))) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a token for a saved card keeps whose it is and what was quoted`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let token = token(
                1, terms: .init(mid: "401", amount: baht(100_000), customer: id(5), conversion: try conversion()))
            try await store.commit(.insertToken(token))
            try await store.expect(token) { try $0.token(token.key) }
        }
    }

    @Test(arguments: TestEngine.all, [nil, false, true])
    func `a token keeps what its payer said of remembering the card`(engine: TestEngine, word: Bool?) async throws {
        try await withStore(engine) { store in
            let token = token(1, terms: .init(remembers: word))
            try await store.commit(.insertToken(token))
            try await store.expect(token) { try $0.token(token.key) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a payment keeps its terms and its order`(engine: TestEngine) async throws {
        let terms = [
            PaymentTerms(isVerification: true), PaymentTerms(conversion: try conversion(), campaign: "00000001"),
            PaymentTerms(
                instalment: Instalment(
                    offer: "0001", months: 10, interest: .merchant, merchantRate: Rate(partsPerMillion: 30_000))),
            PaymentTerms(surcharge: try Surcharge(on: baht(1000), fee: baht(250), vat: baht(18))),
        ]
        try await withStore(engine) { store in
            for (number, terms) in terms.enumerated() {
                let payment = Payment(
                    id: id(UInt64(number)), version: 1, merchant: .shop, dialect: .fake, acceptor: "401",
                    amount: baht(1000), state: .authorized, method: .card(face), terms: terms, order: id(4),
                    created: .start, echo: [])
                try await store.commit(.insert(payment))
                try await store.expect(payment) { try $0.payment(payment.id) }
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a refund keeps what the card got back in its own currency`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let refund = Refund(
                id: id(1), version: 1, payment: id(1), amount: baht(1100), converted: Money(minorUnits: 32, .USD),
                fee: baht(28), vat: baht(2), fromAvailable: baht(1000), fromReceivable: baht(70),
                state: .requested, reason: "r", errorCode: nil, created: .start, completed: nil)
            try await store.commit(.insertRefund(refund))
            try await store.expect(refund) { try $0.refund(refund.id) }
        }
    }

    static let forms: [(scheme: PushScheme, form: Invitation.Form)] = [
        (.promptPay, .qr), (.weChatPay, .qr), (.alipay, .redirect), (.unionPay, .redirect), (.payPlus, .notification),
        (.payPlus, .appLink),
    ]

    @Test(arguments: TestEngine.all, forms)
    func `a payment that its payer makes keeps what they are shown`(
        engine: TestEngine, shown: (scheme: PushScheme, form: Invitation.Form)
    ) async throws {
        try await withStore(engine) { store in
            func payment(_ version: Int64, _ state: PaymentState, channel: String?, payload: String?) -> Payment {
                Payment(
                    id: id(1), version: version, merchant: .shop, dialect: .fake, acceptor: "401", amount: baht(1000),
                    state: state,
                    method: .push(
                        Invitation(id: id(1), scheme: shown.scheme, form: shown.form, expires: .after(3_600))),
                    order: id(4), created: .start, channel: channel, payload: payload, echo: [1])
            }
            let asked = payment(1, .presenting, channel: nil, payload: nil)
            try await store.commit(.insert(asked))
            try await store.expect(asked) { try $0.payment(id(1)) }
            let paid = payment(2, .authorized, channel: "kplus", payload: "0002010102ร้าน")
            try await store.commit(.update(paid))
            try await store.expect(paid) { try $0.payment(id(1)) }
        }
    }

    private func order(version: Int64 = 1, payment: ID<Payment>? = nil, isPaid: Bool = false) -> Order {
        Order(
            id: id(4), version: version, merchant: .shop, dialect: .fake, amount: baht(20_050), means: "qr",
            acceptor: "401", created: .start, expires: .after(3_600), payment: payment,
            isPaid: isPaid, echo: [0, 255])
    }

    @Test(arguments: TestEngine.all)
    func `an order reads back as it went in, and moves on by its version`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertOrder(order()))
            try await store.expect(order()) { try $0.order(id(4)) }
            try await store.expect(nil) { try $0.order(id(5)) }
            let attempted = order(version: 2, payment: id(1))
            try await store.commit(.updateOrder(attempted))
            try await store.expect(attempted) { try $0.order(id(4)) }
            await expect(.conflict(.stale("order \(attempted.id.hex)"))) {
                try await store.commit(.updateOrder(attempted))
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `an order is paid once, and by its own attempt`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertOrder(order()))
            try await store.commit(.updateOrder(order(version: 2, payment: id(1))))
            let stale = Outcome.conflict(.stale("order \(order().id.hex)"))
            await expect(stale) { try await store.commit(.payOrder(id(4), by: id(2))) }
            try await store.commit(.payOrder(id(4), by: id(1)))
            try await store.expect(order(version: 3, payment: id(1), isPaid: true)) { try $0.order(id(4)) }
            await expect(stale) { try await store.commit(.payOrder(id(4), by: id(1))) }
        }
    }
}

extension ID<Customer> {
    fileprivate static var first: Self { id(1) }
}
