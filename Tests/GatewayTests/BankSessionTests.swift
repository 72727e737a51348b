import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import Testing

/// Deposits that payers pay from their own bank.
@Suite struct BankSessionTests {
    @Test func `a personal account pays with one code, and the money is the merchant's`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            #expect(try await bench.signIn(token).session.state == .awaitingFirstCode)
            let done = try await bench.confirm(token)
            #expect(done.session.state == .succeeded && done.payment.state == .settled)
            #expect(try await bench.gateway.balance(of: .shop).posted == 99_500)
            let line = try #require(try await bench.lines().first)
            #expect(line.use == .matched(done.payment.id) && line.credit.payerBank == "014")
            let told = try await bench.told(of: .payment(done.payment.id))
            #expect(told == ["presented -", "bankSessionStarted awaitingSignIn -", "received -"])
            try await bench.expectSessionsAgree()
        }
    }

    @Test func `a business account pays with two codes`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage(kind: .business)
            _ = try await bench.signIn(token)
            #expect(try await bench.confirm(token).session.state == .awaitingSecondCode)
            #expect(try await bench.confirm(token, .second).session.state == .succeeded)
            try await bench.expectSessionsAgree()
        }
    }

    @Test(arguments: [("wrong", BankSessionProblem.wrongCredentials)])
    func `a wrong password can be tried three times`(user: String, problem: BankSessionProblem) async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            for _ in 0..<2 {
                let again = try await bench.signIn(token, user)
                #expect(again.session.state == .awaitingSignIn && again.session.problem == problem)
            }
            let locked = try await bench.signIn(token, user)
            #expect(locked.session.state == .failed && locked.session.problem == .locked)
            #expect(locked.payment.state == .cancelled)
        }
    }

    @Test func `after a wrong password the right one signs in`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            _ = try await bench.signIn(token, "wrong")
            #expect(try await bench.signIn(token).session.state == .awaitingFirstCode)
        }
    }

    @Test(arguments: BankCode.allCases)
    func `a wrong code can be tried three times`(which: BankCode) async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage(kind: which == .first ? .personal : .business)
            _ = try await bench.signIn(token)
            if which == .second { _ = try await bench.confirm(token) }
            for _ in 0..<2 {
                let again = try await bench.confirm(token, which, "000000")
                #expect(again.session.state == (which == .first ? .awaitingFirstCode : .awaitingSecondCode))
                #expect(again.session.problem == .wrongCode)
            }
            let locked = try await bench.confirm(token, which, "000000")
            #expect(locked.session.state == .failed && locked.session.problem == .locked)
            #expect(try await bench.lines().isEmpty)
        }
    }

    @Test(arguments: [("poor", BankSessionProblem.insufficientFunds), ("locked", .locked)])
    func `a payer whom the bank does not let pay learns why`(user: String, problem: BankSessionProblem) async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            let ended = try await bench.signIn(token, user)
            #expect(ended.session.state == .failed && ended.session.problem == problem)
            let told = try await bench.told(of: .payment(ended.payment.id))
            #expect(told.contains("bankSessionFailed failed \(problem.rawValue)"))
        }
    }

    @Test func `an answer that was lost is asked for at once`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            _ = try await bench.signIn(token, "lost")
            #expect(try await bench.confirm(token).session.state == .succeeded)
            try await bench.expectSessionsAgree()
        }
    }

    @Test func `a step out of turn changes nothing`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            let before = try await bench.session(token)
            #expect(try await bench.confirm(token) == before)
            #expect(try await bench.confirm(token, .second) == before)
            _ = try await bench.signIn(token)
            let waiting = try await bench.session(token)
            #expect(try await bench.signIn(token, "poor") == waiting)
            #expect(try await bench.confirm(token, .second) == waiting)
            let done = try await bench.confirm(token)
            #expect(try await bench.confirm(token, .first, "000000") == done)
            #expect(try await bench.gateway.cancelBankSession(token, dialect: FakeDialect.id) == done)
        }
    }

    @Test func `a token of nobody's, or of another API, opens nothing`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openSession().session.token
            await expect(.fault(.notFound)) {
                _ = try await bench.gateway.visitBankSession("00", dialect: FakeDialect.id)
            }
            await expect(.fault(.notFound)) {
                _ = try await bench.gateway.visitBankSession(token, dialect: DialectID(rawValue: "other"))
            }
            await expect(.fault(.notFound)) {
                _ = try await bench.gateway.visitBankSession("\u{0}", dialect: FakeDialect.id)
            }
            #expect(try await bench.session(token).session.state == .created)
        }
    }

    @Test func `a bank that nobody serves, or no bank at all, opens nothing`() async throws {
        try await Bench.with { bench in
            await expect(.fault(.noRoute)) { _ = try await bench.openSession(bank: "999") }
            let without = Gateway(
                store: bench.store, vault: bench.vault, directory: bench.directory, rails: .none, clock: bench.clock,
                entropy: bench.entropy, dialects: [FakeDialect()], logger: bench.gateway.logger)
            await expect(.fault(.noRoute)) { _ = try await bench.openSession(by: without) }
        }
    }

    @Test(arguments: [0, 1, 2, 3])
    func `a session that was left ends with its token`(steps: Int) async throws {
        try await Bench.with { bench in
            let token = try await bench.openSession(kind: .business).session.token
            if steps > 0 { _ = try await bench.gateway.visitBankSession(token, dialect: FakeDialect.id) }
            if steps > 1 { _ = try await bench.signIn(token) }
            if steps > 2 { _ = try await bench.confirm(token) }
            bench.clock.advance(seconds: 901)
            try await bench.gateway.runDue()
            let ended = try await bench.session(token)
            #expect(ended.session.state == .failed && ended.session.problem == .expired)
            #expect(ended.payment.state == .cancelled && ended.payment.failureCode == invitationExpiredCode)
            // What comes too late moves nothing.
            #expect(try await bench.signIn(token) == ended)
            #expect(try await bench.confirm(token, .second) == ended)
            try await bench.expectSessionsAgree()
        }
    }

    @Test func `the payer gives up`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            _ = try await bench.signIn(token)
            let ended = try await bench.gateway.cancelBankSession(token, dialect: FakeDialect.id)
            #expect(ended.session.state == .failed && ended.session.problem == .cancelled)
            let entry = try #require(try await bench.sessionBook.entry(ended.payment.id))
            #expect(!entry.hasLeft)
        }
    }
}
