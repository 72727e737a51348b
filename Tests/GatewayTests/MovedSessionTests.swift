import Gateway
import Ledger
import Money
import Payments
import Store
import TestSupport
import Testing

/// Deposits that a line pays by QR code, while somebody else has that line pay them; and deposits that cannot be paid.
@Suite struct MovedSessionTests {
    /// A deposit for whose payer a QR code was chosen, and its line, which nobody has held against each other yet.
    private func unpaired(_ bench: Bench) async throws -> String {
        let token = try await bench.openedPage()
        // The bank's clock is a little ahead: the line is read first, and credited after the choice.
        #expect(try await bench.read(bench.credit("qr", at: bench.clock.now().adding(seconds: 10))).matched == 0)
        // The choice is stored; what would have looked for the money is not.
        bench.engine.refuse(1, after: 1)
        await expect(.fault(.unavailable)) {
            _ = try await bench.gateway.payByQR(token, dialect: FakeDialect.id)
        }
        #expect(try await bench.session(token).payment.state == .presented)
        return token
    }

    private func expectPaidOnce(_ bench: Bench, _ token: String) async throws {
        let done = try await bench.session(token)
        #expect(done.session.state == .succeeded && done.payment.state == .settled)
        #expect(try await bench.lines().map(\.use) == [.matched(done.payment.id)])
        #expect(try await bench.gateway.balance(of: .shop).posted == 99_500)
    }

    @Test(arguments: EngineKind.allCases)
    func `a payer's page that looks for money while another one finds it shows that it is paid`(
        kind: EngineKind
    ) async throws {
        try await Bench.with(kind) { bench in
            let token = try await unpaired(bench)
            // The page reads the session, then the deposit and its lines, then the session to end.
            let door = bench.engine.holdNextRead(after: 1)
            let slow = Task { try await bench.gateway.payByQR(token, dialect: FakeDialect.id) }
            await door.visited()
            _ = try await bench.another().payByQR(token, dialect: FakeDialect.id)
            door.open()
            let shown = try await slow.value
            #expect(shown.session.state == .succeeded && shown.payment.state == .settled)
            try await expectPaidOnce(bench, token)
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `a statement that is read again while a payer's page finds its line is read to its end`(
        kind: EngineKind
    ) async throws {
        try await Bench.with(kind) { bench in
            let token = try await unpaired(bench)
            // Nothing is new: what is known is read, and then what waits for it.
            let door = bench.engine.holdNextRead(after: 1)
            let reading = Task { try await bench.read(bench.credit("qr")) }
            await door.visited()
            _ = try await bench.another().payByQR(token, dialect: FakeDialect.id)
            door.open()
            #expect(try await reading.value.known == 1)
            try await expectPaidOnce(bench, token)
        }
    }

    @Test func `a deposit whose fees are more than its money lapses, and its line stays for a person`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit(until: nil)
            try await bench.read(bench.credit("a"))
            var shop = try bench.shop()
            shop.dialects[FakeDialect.id.rawValue]?.depositFees = FeePlan(
                discount: Rate(partsPerMillion: 2_000_000), vat: Rate(partsPerMillion: 0))
            try await bench.put(shop)
            _ = try await bench.gateway.scanned(
                deposit.id, of: .shop, dialect: FakeDialect.id, until: bench.clock.now().adding(seconds: 300))
            let summary = try await bench.read(bench.credit("a"))
            #expect(summary.known == 1 && summary.matched == 0)
            bench.clock.advance(seconds: 10_000)
            try await bench.gateway.runDue()
            #expect(try await bench.state(deposit) == .cancelled)
            #expect(try await bench.lines().map(\.use) == [.unmatched])
        }
    }
}
