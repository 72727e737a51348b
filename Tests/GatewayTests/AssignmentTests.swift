import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import TestSupport
import Testing

/// A person says which deposit a line pays.
@Suite struct AssignmentTests {
    @Test(arguments: EngineKind.allCases)
    func `a line that two deposits fit pays the one that a person names`(kind: EngineKind) async throws {
        try await Bench.with(kind) { bench in
            let first = try await bench.deposit()
            let second = try await bench.deposit()
            #expect(try await bench.read(bench.credit("a")).matched == 0)
            let done = try await bench.assign(1, to: second.id.hex)
            #expect(try await bench.payment(second.id) == done.step.payment)
            #expect(!done.isLate)
            #expect(try await bench.state(second) == .settled)
            #expect(try await bench.state(first) == .presented)
            let line = try await bench.gateway.line(1, of: .shop)
            #expect(line.use == .matched(second.id) && line.assignment == done.line.assignment)
            #expect(line.assignment?.person == "somchai")
            #expect(try await bench.available().posted == 99_500)
            #expect(try await bench.told(of: second) == ["presented -", "received -"])
            let due = try await bench.store.read { try $0.dueInstant(of: .payment(second.id)) }
            #expect(due == nil)
            // The other is left for another line, as ever.
            #expect(try await bench.read(bench.credit("b")).matched == 1)
            #expect(try await bench.gateway.line(2, of: .shop).assignment == nil)
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `a deposit that lapsed before its statement came is paid late`(kind: EngineKind) async throws {
        try await Bench.with(kind) { bench in
            let deposit = try await bench.deposit()
            let credit = bench.credit("a")
            bench.clock.advance(seconds: 1_000)
            try await bench.gateway.runDue()
            #expect(try await bench.state(deposit) == .cancelled)
            #expect(try await bench.read(credit).matched == 0)
            let done = try await bench.assign(1, to: deposit.id.hex)
            let paid = try await bench.payment(deposit.id)
            #expect(done.isLate && paid.state == .settled && paid.failureCode == nil)
            #expect(paid.settlement?.fee == baht(500) && paid.capturedAt == done.line.assignment?.at)
            #expect(try await bench.available().posted == 99_500)
            #expect(try await bench.told(of: deposit) == ["presented -", "cancelled expired", "received -"])
            try await bench.gateway.runDue()
            #expect(try await bench.payment(deposit.id) == paid)
        }
    }

    @Test func `by its name, or by its id with dashes, a deposit is the same`() async throws {
        try await Bench.with { bench in
            let name = bench.reference("DP-17")
            let deposit = try await bench.deposit(until: nil, names: [name])
            let other = try await bench.deposit(until: nil)
            try await bench.read(bench.credit("a"), bench.credit("b"))
            _ = try await bench.assign(1, to: "DP-17")
            #expect(try await bench.state(deposit) == .settled)
            var dashed = other.id.hex.uppercased()
            for place in [20, 16, 12, 8] {
                dashed.insert("-", at: dashed.index(dashed.startIndex, offsetBy: place))
            }
            _ = try await bench.assign(2, to: dashed)
            #expect(try await bench.state(other) == .settled)
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `of any number of people one has their way, whichever line and deposit they name`(
        kind: EngineKind
    ) async throws {
        try await Bench.with(kind) { bench in
            let deposits = [try await bench.deposit(), try await bench.deposit()]
            try await bench.read(bench.credit("a"), bench.credit("b"), bench.credit("c"))
            let others = [bench.another(), bench.another()]
            let winners = try await together(24) { index -> [Int64] in
                let number = Int64(index % 3 + 1)
                do {
                    _ = try await bench.assign(
                        number, to: deposits[index % 2].id.hex, through: others[index % 2])
                    return [number]
                } catch is AssignmentRefusal {
                    return []
                }
            }
            #expect(winners.flatMap { $0 }.count == 2)
            #expect(try await bench.lines().filter { $0.use == .unmatched }.count == 1)
            #expect(try await bench.available().posted == 199_000)
            let told = try await deposits.asyncMap { try await bench.told(of: $0) }
            #expect(told == [["presented -", "received -"], ["presented -", "received -"]])
        }
    }

    @Test func `what cannot be is said in a sentence, and changes nothing`() async throws {
        try await Bench.with { bench in
            let open = try await bench.deposit()
            _ = try await bench.deposit()
            let paid = try await bench.deposit(5_000)
            let session = try await bench.openSession()
            let cancelled = session.payment
            _ = try await bench.gateway.cancelBankSession(session.session.token, dialect: FakeDialect.id)
            let elsewhere = try await bench.deposit(account: 2)
            let foreign = try await bench.deposit(of: .rival)
            let card = try await bench.charge()
            try await bench.read(
                bench.credit("a"), bench.credit("b", 5_000), bench.credit("c", 7_000), bench.credit("d"))
            try await bench.read(bench.credit("e"), account: 2)
            _ = try await bench.gateway.redeem(3, of: .shop, dialect: FakeDialect.id)
            let before = try await bench.everything()
            let refusals: [(Int64, String, String)] = [
                (9, open.id.hex, "the merchant has no line 9"),
                (5, open.id.hex, "line 5 is on account 2"),
                (2, open.id.hex, "line 2 has paid deposit \(paid.id) already"),
                (2, paid.id.hex, "line 2 has paid this deposit already"),
                (3, open.id.hex, "the merchant has taken the money of line 3 already"),
                (1, paid.id.hex, "deposit \(paid.id) is for 50.00 THB, line 1 has 1000.00 THB"),
                (1, cancelled.id.hex, "deposit \(cancelled.id) was cancelled, by its payer or their bank"),
                (1, elsewhere.id.hex, "deposit \(elsewhere.id) is for account 2, line 1 is on account 1"),
                (1, foreign.id.hex, "the merchant has no deposit \(foreign.id)"),
                (1, card.id.hex, "payment \(card.id) is no deposit that a statement pays"),
                (1, "nobody", "the merchant has no deposit nobody"), (1, "", "the merchant has no deposit "),
                (1, "a\u{0}b", "the merchant has no deposit a\u{0}b"),
            ]
            for (line, deposit, sentence) in refusals {
                #expect(await bench.refusal(line, to: deposit) == sentence)
            }
            #expect(try await bench.everything() == before)
        }
    }

    @Test func `a deposit that is paid already takes no second line`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit()
            try await bench.read(bench.credit("a"))
            try await bench.read(bench.credit("b"))
            #expect(await bench.refusal(2, to: deposit.id.hex) == "deposit \(deposit.id) is paid already")
        }
    }

    @Test func `a name that several deposits have is said to be no name`() async throws {
        try await Bench.with { bench in
            let names = ["one", "two"].map {
                Alias(Alias.Kind(rawValue: $0), "17", dialect: FakeDialect.id, merchant: .shop)
            }
            let first = try await bench.deposit(until: nil, names: [names[0]])
            let second = try await bench.deposit(until: nil, names: [names[1]])
            try await bench.read(bench.credit("a"))
            let words = await bench.refusal(1, to: "17")
            #expect(words.contains(first.id.hex) && words.contains(second.id.hex))
            #expect(try await bench.gateway.line(1, of: .shop).use == .unmatched)
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `a person and the matcher, or the end of its time, do not pay a deposit twice`(
        kind: EngineKind
    ) async throws {
        try await Bench.with(kind) { bench in
            for round in 0..<8 {
                let deposit = try await bench.deposit(until: nil, lasts: 60)
                try await bench.read(bench.credit("k\(round)"))
                let number = Int64(round + 1)
                bench.clock.advance(seconds: 61)
                _ = try await together(3) { index in
                    switch index {
                    case 0: _ = try? await bench.assign(number, to: deposit.id.hex)
                    case 1: try await bench.gateway.runDue()
                    default:
                        _ = try? await bench.gateway.scanned(
                            deposit.id, of: .shop, dialect: FakeDialect.id, until: bench.clock.now())
                    }
                }
                if try await bench.gateway.line(number, of: .shop).use == .unmatched {
                    _ = try await bench.assign(number, to: deposit.id.hex)
                }
                #expect(try await bench.told(of: deposit).filter { $0.hasPrefix("received") }.count == 1)
            }
            #expect(try await bench.available().posted == 8 * 99_500)
        }
    }

    @Test func `a late payment counts for the day again, whatever its limit`() async throws {
        try await Bench.with { bench in
            try await bench.put(merchant(limits: Limits(countPerDay: 1)))
            let deposit = try await bench.deposit(500)
            let credit = bench.credit("a", 500)
            bench.clock.advance(seconds: 1_000)
            try await bench.gateway.runDue()
            let day = try #require(deposit.usage?.day)
            _ = try await bench.deposit(700)
            try await bench.read(credit)
            _ = try await bench.assign(1, to: deposit.id.hex)
            let used = try await bench.store.read { try $0.usage(of: .shop, through: FakeDialect.id, on: day).count }
            #expect(used == 2)
        }
    }

    @Test func `who pays by the QR code of their bank's page is paid for, who signs in is not overtaken`() async throws
    {
        try await Bench.with { bench in
            let tokens = [try await bench.openedPage(), try await bench.openedPage(), try await bench.openedPage()]
            for token in tokens.prefix(2) {
                _ = try await bench.gateway.payByQR(token, dialect: FakeDialect.id)
            }
            #expect(try await bench.read(bench.credit("a"), bench.credit("b")).matched == 0)
            let payments = try await tokens.asyncMap {
                try await bench.gateway.bankSession($0, dialect: FakeDialect.id).payment
            }
            _ = try await bench.assign(1, to: payments[0].id.hex)
            let ended = try await bench.gateway.bankSession(tokens[0], dialect: FakeDialect.id)
            #expect(ended.session.state == .succeeded && ended.payment.state == .settled)
            #expect(await bench.refusal(2, to: payments[2].id.hex).contains("is signing in to their bank"))
            // What is left alone is paid at its own end.
            bench.clock.advance(seconds: 90_000)
            try await bench.gateway.runDue()
            #expect(try await bench.state(payments[1]) == .settled)
            #expect(try await bench.state(payments[2]) == .cancelled)
            try await bench.read(bench.credit("c"))
            #expect(await bench.refusal(3, to: payments[2].id.hex).contains("has ended with its payer's session"))
        }
    }
}

extension Bench {
    func assign(
        _ line: Int64, to deposit: String, account: Int64 = 1, through gateway: Gateway? = nil
    ) async throws -> AssignmentStep {
        try await (gateway ?? self.gateway).assign(
            line: line, of: .shop, account: account, to: deposit,
            by: Assignment(stored: "somchai", at: clock.now()))
    }

    /// The sentence with which it is refused; empty where it is done.
    func refusal(_ line: Int64, to deposit: String) async -> String {
        do {
            _ = try await assign(line, to: deposit)
            return ""
        } catch {
            return "\(error)"
        }
    }

    /// Lines, payments, books and notices.
    func everything() async throws -> [String] {
        let notices = try await store.read { try $0.notices(limit: 1_000) }
        return [
            "\(try await lines())", "\(try await payments())", "\(try await books().sorted { $0.key < $1.key })",
            "\(notices.count)",
        ]
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
