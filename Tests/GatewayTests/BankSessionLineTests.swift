import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import Testing

/// Payers' sessions and the lines of statements: those that show a session's transfer, and those that pay a QR code.
@Suite struct BankSessionLineTests {
    @Test func `the statement that shows the transfer later has nothing new`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            _ = try await bench.signIn(token)
            let paid = try await bench.confirm(token).payment
            let reference = try #require(try await bench.sessionBook.entry(paid.id)?.reference)
            let summary = try await bench.read(bench.shown(reference))
            #expect(summary.known == 1 && summary.new == 0)
            #expect(try await bench.gateway.balance(of: .shop).posted == 99_500)
        }
    }

    @Test func `a statement that shows the transfer before the bank's answer pays the deposit`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            let id = try await bench.signIn(token).payment.id
            let reference = try #require(try await bench.sessionBook.entry(id)?.reference)
            let early = try await bench.read(bench.shown(reference))
            // The session alone pays this deposit, whatever the statement shows.
            #expect(early.new == 1 && early.matched == 0)
            #expect(try await bench.confirm(token).session.state == .succeeded)
            let lines = try await bench.lines()
            #expect(lines.map(\.use) == [.matched(id)])
        }
    }

    @Test(arguments: [true, false])
    func `a transfer whose answer is lost pays no other deposit of its amount, whichever comes first`(
        lineIsFirst: Bool
    ) async throws {
        try await Bench.with { bench in
            let mute = bench.another(sessions: MuteSessions(inner: try #require(bench.gateway.rails.bankSessions)))
            let token = try await bench.openedPage()
            let id = try await bench.signIn(token).payment.id
            #expect(try await bench.confirm(token, by: mute).session.state == .firstCodeGiven)
            let reference = try #require(try await bench.sessionBook.entry(id)?.reference)
            if lineIsFirst { try await bench.read(bench.shown(reference)) }
            let rival = try await bench.deposit(among: 1)
            let summary = try await bench.read(bench.shown(reference))
            #expect(summary.matched == 0)
            _ = try await bench.gateway.visitBankSession(token, dialect: FakeDialect.id)
            #expect(try await bench.session(token).payment.state == .settled)
            #expect(try await bench.lines().map(\.use) == [.matched(id)])
            let left = try await bench.gateway.report(on: rival.id, of: .shop, dialect: FakeDialect.id)
            #expect(left.payment.state == .presented)
        }
    }

    @Test func `a line that was redeemed meanwhile is not paid out again`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            let id = try await bench.signIn(token).payment.id
            let reference = try #require(try await bench.sessionBook.entry(id)?.reference)
            try await bench.read(bench.shown(reference))
            let line = try #require(try await bench.lines().first)
            _ = try await bench.gateway.redeem(line.number, of: .shop, dialect: FakeDialect.id)
            let ended = try await bench.confirm(token)
            #expect(ended.session.state == .failed && ended.session.problem == .lineUsed)
            #expect(ended.payment.state == .cancelled)
            #expect(try await bench.gateway.balance(of: .shop).posted == 99_500)
        }
    }

    @Test func `no line of a statement pays a deposit that waits for a session`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            let summary = try await bench.read(bench.credit("stranger"))
            #expect(summary.new == 1 && summary.matched == 0)
            #expect(try await bench.session(token).payment.state == .presented)
        }
    }

    @Test func `a payer who chooses the QR code is paid for by a line, and signs in no more`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            let chosen = try await bench.gateway.payByQR(token, dialect: FakeDialect.id)
            #expect(chosen.paysByQR && chosen.session.state == .awaitingSignIn)
            #expect(try await bench.signIn(token) == chosen)
            #expect(try await bench.gateway.payByQR(token, dialect: FakeDialect.id) == chosen)
            #expect(try await bench.read(bench.credit("qr")).matched == 1)
            let done = try await bench.session(token)
            #expect(done.session.state == .succeeded && done.payment.state == .settled)
            let told = try await bench.told(of: .payment(done.payment.id))
            #expect(told == ["presented -", "bankSessionStarted awaitingSignIn -", "received -"])
        }
    }

    @Test func `money that was there before the QR code was chosen is somebody else's`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            #expect(try await bench.read(bench.credit("early")).matched == 0)
            bench.clock.advance(seconds: 1)
            let chosen = try await bench.gateway.payByQR(token, dialect: FakeDialect.id)
            #expect(chosen.paysByQR && chosen.payment.state == .presented)
            try await bench.read(bench.credit("early"))
            #expect(try await bench.lines().map(\.use) == [.unmatched])
        }
    }

    @Test func `two sessions of one line: who is left does not have it for that`() async throws {
        try await Bench.with { bench in
            let tokens = [try await bench.openedPage(), try await bench.openedPage()]
            for token in tokens { _ = try await bench.gateway.payByQR(token, dialect: FakeDialect.id) }
            #expect(try await bench.read(bench.credit("qr")).matched == 0)
            _ = try await bench.gateway.cancelBankSession(tokens[0], dialect: FakeDialect.id)
            try await bench.read(bench.credit("qr"))
            let left = try await bench.session(tokens[1])
            #expect(left.payment.state == .presented && left.session.state == .awaitingSignIn)
            #expect(try await bench.lines().map(\.use) == [.unmatched])
        }
    }

    @Test func `a QR code that nobody pays ends with the token`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            _ = try await bench.gateway.payByQR(token, dialect: FakeDialect.id)
            bench.clock.advance(seconds: 901)
            try await bench.gateway.runDue()
            #expect(try await bench.session(token).session.problem == .expired)
            #expect(try await bench.read(bench.credit("late")).matched == 0)
        }
    }

    @Test func `whoever has begun to sign in pays by no QR code`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            let waiting = try await bench.signIn(token)
            #expect(try await bench.gateway.payByQR(token, dialect: FakeDialect.id) == waiting)
            #expect(try await bench.read(bench.credit("qr")).matched == 0)
        }
    }
}
