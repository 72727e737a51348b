import Gateway
import Payments
import Store
import Testing

/// Customers and their cards, as use cases.
@Suite struct CustomerUseCaseTests {
    @Test func `a charged token's card is kept once, and pays without a security code`() async throws {
        try await Bench.with { bench in
            let token = try await bench.charged()
            let view = try await bench.customer(keeping: token)
            #expect(view.cards.map(\.face.masked) == ["441770*****5830"])
            #expect(view.cards.first?.holder == "SOMCHAI J")
            let again = await bench.fault { _ = try await bench.customer(keeping: token) }
            #expect(again == .tokenUsed)
            let payment = try await bench.gateway.charge(bench.command(.saved(view.customer.id))).payment
            #expect(payment.state == .authorized)
            let face = try #require(view.cards.first).face
            #expect(payment.method == .card(face))
        }
    }

    @Test func `a token that was not charged, or without success, gives no card`() async throws {
        try await Bench.with { bench in
            let fresh = try await bench.token()
            let failed = try await bench.charged("5149504001969007")
            let others = try await bench.token(of: .rival)
            for (token, expected) in [
                (fresh, GatewayFault.cardNotVerified), (failed, .cardNotVerified), (others, .tokenInvalid),
                (Secret("nothing"), .tokenInvalid),
            ] {
                let fault = await bench.fault { _ = try await bench.customer(keeping: token) }
                #expect(fault == expected)
            }
            bench.clock.advance(seconds: 601)
            let late = await bench.fault { _ = try await bench.customer(keeping: fresh) }
            #expect(late == .tokenInvalid)
        }
    }

    @Test func `a token is kept by one of two who ask at once`() async throws {
        try await Bench.with { bench in
            let token = try await bench.charged()
            async let first = bench.fault { _ = try await bench.customer(keeping: token) }
            async let second = bench.fault { _ = try await bench.customer(keeping: token) }
            let faults = await [first, second]
            #expect(faults.filter { $0 == nil }.count == 1)
            #expect(faults.contains(.tokenUsed))
        }
    }

    @Test func `of two updates at once none is lost`() async throws {
        try await Bench.with { bench in
            let id = try await bench.customer(keeping: nil).customer.id
            async let name = bench.update(id, name: "New")
            async let email = bench.update(id, email: "new@shop.example")
            _ = try await (name, email)
            let customer = try await bench.customer(id).customer
            #expect((customer.name, customer.email, customer.version) == ("New", "new@shop.example", 3))
        }
    }

    @Test func `a deletion and a new card at once leave no card behind`() async throws {
        try await Bench.with { bench in
            let id = try await bench.customer(keeping: nil).customer.id
            let token = try await bench.charged()
            async let adding = bench.fault {
                _ = try await bench.gateway.addCard(token, to: id, of: .shop, dialect: FakeDialect.id)
            }
            async let deleting = bench.fault {
                try await bench.gateway.deleteCustomer(id, of: .shop, dialect: FakeDialect.id)
            }
            let (added, deleted) = await (adding, deleting)
            #expect(deleted == nil)
            #expect(added == nil || added == .customerUnknown)
            let left = try await bench.store.read { (try $0.customer(id), try $0.savedCards(of: id)) }
            #expect(left.0 == nil && left.1.isEmpty)
        }
    }

    @Test func `a saved card that is charged while it is deleted is charged whole or not at all`() async throws {
        try await Bench.with { bench in
            let view = try await bench.customer(keeping: try await bench.charged())
            let id = view.customer.id
            let command = try bench.command(.saved(id))
            async let charging = bench.fault { _ = try await bench.gateway.charge(command) }
            async let deleting = bench.fault {
                try await bench.gateway.deleteCustomer(id, of: .shop, dialect: FakeDialect.id)
            }
            let (charged, deleted) = await (charging, deleting)
            #expect(deleted == nil)
            #expect(charged == nil || charged == .customerUnknown || charged == .cardUnknown)
        }
    }

    @Test func `deleting leaves the sealed card nowhere`() async throws {
        try await Bench.with { bench in
            let token = try await bench.charged()
            let view = try await bench.customer(keeping: token)
            let card = try #require(view.cards.first)
            #expect(try await bench.stored(token)?.sealedCard == [])
            try await bench.gateway.deleteCard(
                card.face.id, of: view.customer.id, merchant: .shop, dialect: FakeDialect.id)
            let left = try await bench.store.read { try $0.savedCard(card.face.id) }
            #expect(left == nil)
            #expect(try await bench.customer(view.customer.id).customer.defaultCard == nil)
        }
    }

    @Test func `a card whose payer did not agree is kept for nobody`() async throws {
        try await Bench.with { bench in
            let token = try await bench.token(terms: .init(remembers: false))
            _ = try await bench.gateway.charge(bench.command(token))
            let fault = await bench.fault { _ = try await bench.customer(keeping: token) }
            #expect(fault == .consent(.notGiven))
            #expect(try await bench.stored(token)?.sealedCard.isEmpty == false)
        }
    }

    @Test func `a token for a saved card charges it, and nothing once the card is deleted`() async throws {
        try await Bench.with { bench in
            let view = try await bench.customer(keeping: try await bench.charged())
            let id = view.customer.id
            let first = try await bench.saved(id)
            #expect(try await bench.gateway.charge(bench.command(first)).payment.state == .authorized)
            let kept = await bench.fault { _ = try await bench.customer(keeping: first) }
            #expect(kept == .tokenUsed)
            let second = try await bench.saved(id)
            try await bench.gateway.deleteCustomer(id, of: .shop, dialect: FakeDialect.id)
            let gone = await bench.fault { _ = try await bench.gateway.charge(bench.command(second)) }
            #expect(gone == .tokenInvalid)
        }
    }

    @Test func `a token for one customer's card is no other's`() async throws {
        try await Bench.with { bench in
            let one = try await bench.customer(keeping: try await bench.charged()).customer.id
            let other = try await bench.customer(keeping: nil).customer.id
            let token = try await bench.saved(one)
            let fault = await bench.fault {
                _ = try await bench.gateway.charge(bench.command(.token(token, of: other)))
            }
            #expect(fault == .tokenConflict)
        }
    }

    @Test func `another merchant's customer does not exist`() async throws {
        try await Bench.with { bench in
            let view = try await bench.customer(keeping: try await bench.charged())
            let fault = await bench.fault {
                _ = try await bench.gateway.customer(view.customer.id, of: .rival, dialect: FakeDialect.id)
            }
            #expect(fault == .customerUnknown)
        }
    }

    @Test func `an expired saved card is refused by its issuer`() async throws {
        try await Bench.with { bench in
            let id = try await bench.customer(keeping: try await bench.charged()).customer.id
            bench.clock.advance(seconds: 10 * 366 * 86_400)
            let payment = try await bench.gateway.charge(bench.command(.saved(id))).payment
            #expect(payment.state == .declined && payment.failureCode == "54")
            let cards = try await bench.gateway.maskedCards(of: id, merchant: .shop, dialect: FakeDialect.id)
            #expect(cards.map(\.isExpired) == [true])
        }
    }
}

extension Bench {
    /// A token that has been charged, whatever came of it.
    func charged(_ card: String = TestCard.visa) async throws -> Secret<String> {
        let token = try await token(card)
        _ = try await gateway.charge(command(token))
        return token
    }

    func customer(keeping token: Secret<String>?) async throws -> CustomerView {
        try await gateway.createCustomer(
            email: "a@shop.example", name: "A", token: token, of: .shop, dialect: FakeDialect.id)
    }

    func customer(_ id: ID<Customer>) async throws -> CustomerView {
        try await gateway.customer(id, of: .shop, dialect: FakeDialect.id)
    }

    func update(_ id: ID<Customer>, email: String? = nil, name: String? = nil) async throws -> CustomerView {
        try await gateway.updateCustomer(
            id, of: .shop, dialect: FakeDialect.id, email: email, name: name, defaultCard: nil)
    }

    /// A token for a customer's default card.
    func saved(_ id: ID<Customer>) async throws -> Secret<String> {
        try await gateway.issueToken(
            forSaved: nil, of: id, merchant: .shop, dialect: FakeDialect.id, terms: CardToken.Terms()
        ).text
    }

    func stored(_ token: Secret<String>) async throws -> CardToken? {
        let hex = token.expose()
        let prefix = (0..<6).compactMap { UInt8(hex.dropFirst(2 * $0).prefix(2), radix: 16) }
        let key = prefix + vault.lookup(hex, for: "token").prefix(16)
        return try await store.read { try $0.token(key) }
    }

    func command(
        _ source: CardSource, _ satang: Int64 = 1100, mid: String = Mid.direct,
        terms: RequestedTerms = RequestedTerms()
    ) throws -> ChargeCommand {
        let merchant = try #require(directory.merchant(.shop))
        return ChargeCommand(
            merchant: merchant, dialect: FakeDialect.id, acceptor: try #require(merchant.acceptor(mid)),
            amount: baht(satang), source: source, terms: terms, reference: newReference(), echo: [7],
            returnValue: [])
    }

    /// The fault that `body` ends in, if any.
    func fault(_ body: () async throws -> Void) async -> GatewayFault? {
        do {
            try await body()
            return nil
        } catch {
            return error as? GatewayFault ?? .unavailable
        }
    }
}
