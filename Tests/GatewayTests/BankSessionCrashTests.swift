import Gateway
import Payments
import Rails
import Store
import TestSupport
import Testing

/// A process that ends while it talks to the payer's bank, and two tabs at once.
@Suite struct BankSessionCrashTests {
    @Test(arguments: [HookedSessions.Call.signIn, .order, .confirm], Moment.allCases)
    func `a session whose process ends is finished by another, and pays once`(
        call: HookedSessions.Call, moment: Moment
    ) async throws {
        for engine in EngineKind.allCases {
            try await Bench.with(engine) { bench in
                let token = try await bench.openedPage()
                let lost = Door()
                let end: HookedSessions.Hook = { current in
                    guard current == call else { return }
                    Task { await lost.pass() }
                    await never()
                }
                let inner = SandboxBankSessions(bank: bench.bank, now: { bench.clock.now() })
                let dying = bench.another(
                    sessions: moment == .before ? HookedSessions(inner, before: end) : HookedSessions(inner, after: end)
                )
                if call == .confirm { _ = try await bench.signIn(token) }
                Task {
                    _ =
                        call == .confirm
                        ? try await bench.confirm(token, by: dying) : try await bench.signIn(token, by: dying)
                }
                await lost.visited()
                #expect(try await bench.session(token).session.state.isUnresolved)
                let other = bench.another()
                try await other.takeOver()
                let found = try await bench.session(token)
                #expect(!found.session.state.isUnresolved, "\(engine): \(found.session.state)")
                try await bench.finish(token)
                try await bench.expectSessionsAgree()
            }
        }
    }

    @Test func `what nobody took over is asked for when the payer looks again`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            _ = try await bench.signIn(token)
            let mute = bench.another(sessions: MuteSessions(inner: try #require(bench.gateway.rails.bankSessions)))
            #expect(try await bench.confirm(token, by: mute).session.state == .firstCodeGiven)
            let seen = try await bench.gateway.visitBankSession(token, dialect: FakeDialect.id)
            #expect(seen.session.state == .succeeded)
            try await bench.expectSessionsAgree()
        }
    }

    @Test func `where the bank does not answer, the end of the token waits for it`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            _ = try await bench.signIn(token)
            let mute = bench.another(sessions: MuteSessions(inner: try #require(bench.gateway.rails.bankSessions)))
            _ = try await bench.confirm(token, by: mute)
            bench.clock.advance(seconds: 901)
            try await mute.runDue()
            #expect(try await bench.session(token).session.state == .firstCodeGiven)
            // The money has left, as the bank says at last.
            bench.clock.advance(seconds: 61)
            try await mute.takeOver()
            try await bench.another().runDue()
            bench.clock.advance(seconds: 61)
            try await bench.gateway.runDue()
            _ = try await bench.gateway.visitBankSession(token, dialect: FakeDialect.id)
            #expect(try await bench.session(token).session.state == .succeeded)
            try await bench.expectSessionsAgree()
        }
    }

    @Test func `a code that arrives after the session has ended moves no money`() async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            let payment = try await bench.signIn(token).payment.id
            let (reached, goOn) = (Door(), Door())
            let inner = SandboxBankSessions(bank: bench.bank, now: { bench.clock.now() })
            let slow = bench.another(
                sessions: HookedSessions(
                    inner,
                    before: { call in
                        guard call == .confirm else { return }
                        Task { await reached.pass() }
                        await goOn.pass()
                    }))
            let late = Task { try await bench.confirm(token, by: slow) }
            await reached.visited()
            bench.clock.advance(seconds: 901)
            try await bench.another().visitBankSession(token, dialect: FakeDialect.id).expectEnded()
            goOn.open()
            #expect(try await late.value.session.state == .failed)
            #expect(try await bench.sessionBook.entry(payment)?.hasLeft == false)
            try await bench.expectSessionsAgree()
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `the bank's answer and its statement may come at once, often`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            for round in 1...10 {
                let token = try await bench.openedPage()
                let payment = try await bench.signIn(token).payment.id
                let reference = try #require(try await bench.sessionBook.entry(payment)?.reference)
                let endings = await together(2) { index in
                    await Ending.of {
                        if index == 0 {
                            _ = try await bench.confirm(token)
                        } else {
                            _ = try await bench.another().importLines(
                                [bench.shown(reference)], of: .shop, account: 1)
                        }
                    }
                }
                #expect(endings == [.done, .done])
                #expect(try await bench.session(token).session.state == .succeeded)
                let lines = try await bench.lines()
                #expect(lines.count == round && lines.last?.use == .matched(payment))
            }
            try await bench.expectSessionsAgree()
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `of twenty tabs that send the code at once the money leaves once`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            let token = try await bench.openedPage()
            _ = try await bench.signIn(token)
            let processes = (0..<4).map { _ in bench.another() }
            _ = try await together(20) { index in
                await Ending.of { _ = try await bench.confirm(token, by: processes[index % 4]) }
            }
            _ = try await bench.gateway.visitBankSession(token, dialect: FakeDialect.id)
            #expect(try await bench.session(token).session.state == .succeeded)
            #expect(try await bench.lines().count == 1)
            try await bench.expectSessionsAgree()
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `of tabs that sign in, give up and come back every one ends as the others do`(
        engine: EngineKind
    ) async throws {
        try await Bench.with(engine) { bench in
            let token = try await bench.openSession().session.token
            let endings = try await together(24) { index in
                await Ending.of {
                    switch index % 3 {
                    case 0: _ = try await bench.gateway.visitBankSession(token, dialect: FakeDialect.id)
                    case 1: _ = try await bench.signIn(token)
                    default: _ = try await bench.gateway.cancelBankSession(token, dialect: FakeDialect.id)
                    }
                }
            }
            let strange = endings.filter { $0 != .done && $0 != .fault(.pending) }
            #expect(strange.isEmpty)
            try await bench.finish(token)
        }
    }

    @Test(arguments: [0, 1, 2, 3, 4, 5])
    func `whatever commit fails, the session ends and the books agree`(passing: Int) async throws {
        try await Bench.with { bench in
            let token = try await bench.openedPage()
            bench.engine.refuse(1, after: passing)
            _ = await Ending.of {
                _ = try await bench.signIn(token)
                _ = try await bench.confirm(token)
            }
            bench.engine.refuse(0)
            bench.clock.advance(seconds: 61)
            try await bench.gateway.runDue()
            try await bench.finish(token)
            try await bench.expectSessionsAgree()
        }
    }
}

extension BankSessionReport {
    fileprivate func expectEnded() {
        #expect(session.state == .failed && session.problem == .expired)
    }
}

extension Bench {
    /// Goes the rest of the way, as a payer who reads the page and does what it asks for.
    fileprivate func finish(_ token: String) async throws {
        for _ in 0..<8 {
            let report = try await gateway.visitBankSession(token, dialect: FakeDialect.id)
            switch report.session.state {
            case .awaitingSignIn: _ = try await signIn(token)
            case .awaitingFirstCode: _ = try await confirm(token)
            case .awaitingSecondCode: _ = try await confirm(token, .second)
            case .succeeded, .failed: return
            default: Issue.record("\(report.session.state) lets nobody go on")
            }
        }
        Issue.record("the session does not end")
    }
}
