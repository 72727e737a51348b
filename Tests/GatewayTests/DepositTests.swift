import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import Testing

@Suite struct DepositTests {
    @Test func `money that arrives is matched when its line is read`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit()
            #expect(deposit.state == .presented && deposit.acceptor == "1")
            let summary = try await bench.read(bench.credit("a"))
            #expect(summary.new == 1 && summary.known == 0 && summary.matched == 1)
            let paid = try await bench.payment(deposit.id)
            #expect(paid.state == .settled && paid.settlement?.fee == baht(500))
            #expect(try await bench.lines().map(\.use) == [.matched(deposit.id)])
            #expect(
                try await bench.books() == [
                    "available:shop:THB": [99_500, 0], "bank:shop-1:THB": [-100_000, 0], "fees:house:THB": [500, 0],
                ])
            #expect(try await bench.told(of: deposit) == ["presented -", "received -"])
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `a line pays the deposit whose reference it says, whoever else may have paid`(kind: EngineKind) async throws {
        try await Bench.with(kind) { bench in
            let first = try await bench.deposit(payers: ["111"], reference: "DP1")
            let second = try await bench.deposit(payers: ["111"], reference: "DP2")
            #expect(try await bench.payment(second.id).expectation?.reference == "DP2")
            #expect(try await bench.read(bench.credit("who", from: "111")).matched == 0, "of two it could be either")
            #expect(try await bench.read(bench.credit("DP2", from: "222")).matched == 1)
            #expect(try await bench.state(second) == .settled)
            #expect(try await bench.state(first) == .presented)
        }
    }

    @Test func `what is not matched stands in suspense until it is redeemed`() async throws {
        try await Bench.with { bench in
            try await bench.read(bench.credit("a"))
            #expect(
                try await bench.books() == [
                    "bank:shop-1:THB": [-100_000, 0], "suspense:shop-1:THB": [100_000, 0],
                ])
            let line = try await bench.gateway.redeem(1, of: .shop, dialect: FakeDialect.id)
            #expect(line.number == 1)
            #expect(try await bench.available().posted == 99_500)
            await expect(.fault(.lineUsed)) {
                _ = try await bench.gateway.redeem(1, of: .shop, dialect: FakeDialect.id)
            }
        }
    }

    @Test func `a line is read once, however often its statement is`() async throws {
        try await Bench.with { bench in
            let a = bench.credit("a")
            try await bench.read(a, a)
            let summary = try await bench.read(bench.credit("b"), a, bench.credit("c"))
            #expect(summary.new == 2 && summary.known == 1)
            let lines = try await bench.lines().sorted { $0.number < $1.number }
            #expect(lines.map(\.credit.key) == ["a", "b", "c"] && lines.map(\.number) == [1, 2, 3])
            // Another account's line is another line.
            #expect(try await bench.read(a, account: 2).new == 1)
            #expect(try await bench.read(a, of: .rival).new == 1)
        }
    }

    @Test func `an account that is not the merchant's has no statement`() async throws {
        try await Bench.with { bench in
            await expect(.fault(.notFound)) { try await bench.read(bench.credit("a"), account: 9) }
            await expect(.fault(.notFound)) {
                try await bench.read(bench.credit("a"), of: MerchantID(rawValue: "nobody"))
            }
            let lines = try await bench.lines()
            #expect(lines.isEmpty)
        }
    }

    @Test func `a line before, after, of another amount or account pays nothing`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit(until: 60)
            let opened = deposit.created
            try await bench.read(
                bench.credit("early", at: opened.adding(seconds: -1)),
                bench.credit("late", at: opened.adding(seconds: 61)), bench.credit("more", 100_001),
                bench.credit("less", 99_999))
            try await bench.read(bench.credit("elsewhere"), account: 2)
            try await bench.read(bench.credit("rival"), of: .rival)
            #expect(try await bench.state(deposit) == .presented)
            try await bench.read(bench.credit("right", at: opened.adding(seconds: 59)))
            #expect(try await bench.state(deposit) == .settled)
        }
    }

    @Test func `two deposits of one amount are left for a person, unless the payer tells them apart`() async throws {
        try await Bench.with { bench in
            let first = try await bench.deposit(payers: ["1112223334"])
            let second = try await bench.deposit(payers: ["X434783"])
            #expect(try await bench.read(bench.credit("who", from: "5556667778")).matched == 0)
            #expect(try await bench.read(bench.credit("known", from: "7770434783")).matched == 1)
            #expect(try await bench.state(first) == .presented)
            #expect(try await bench.state(second) == .settled)
        }
    }

    @Test func `two lines that arrive together for one deposit are left for a person`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit()
            let summary = try await bench.read(bench.credit("a"), bench.credit("b"))
            #expect(summary.new == 2 && summary.matched == 0)
            #expect(try await bench.state(deposit) == .presented)
        }
    }

    @Test func `before the payer says that they have paid nothing is matched, and then what has arrived is`()
        async throws
    {
        try await Bench.with { bench in
            let deposit = try await bench.deposit(until: nil)
            try await bench.read(bench.credit("a"))
            #expect(try await bench.state(deposit) == .presented)
            let until = bench.clock.now().adding(seconds: 300)
            let scanned = try await bench.gateway.scanned(
                deposit.id, of: .shop, dialect: FakeDialect.id, until: until)
            #expect(scanned.payment.state == .settled)
            #expect(try await bench.payment(deposit.id) == scanned.payment)
            #expect(try await bench.lines().map(\.use) == [.matched(deposit.id)])
            let again = try await bench.gateway.scanned(
                deposit.id, of: .shop, dialect: FakeDialect.id, until: until)
            #expect(again.payment == scanned.payment)
        }
    }

    @Test func `money that arrives after the payer has said so is matched too`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit(until: nil)
            _ = try await bench.gateway.scanned(
                deposit.id, of: .shop, dialect: FakeDialect.id, until: bench.clock.now().adding(seconds: 300))
            #expect(try await bench.state(deposit) == .presented)
            bench.clock.advance(seconds: 200)
            try await bench.read(bench.credit("a"))
            #expect(try await bench.state(deposit) == .settled)
        }
    }

    @Test func `a deposit that is said to be paid waits for its statement as long as it was told to`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit(until: nil, lasts: 900)
            let now = bench.clock.now()
            _ = try await bench.gateway.scanned(
                deposit.id, of: .shop, dialect: FakeDialect.id, until: now.adding(seconds: 300),
                lapses: now.adding(seconds: 86_400))
            bench.clock.advance(seconds: 80_000)
            try await bench.gateway.runDue()
            #expect(try await bench.state(deposit) == .presented)
            try await bench.read(bench.credit("a", at: now.adding(seconds: 200)))
            #expect(try await bench.state(deposit) == .settled)
        }
    }

    @Test func `looking at a deposit asks no rail and takes nothing back, however late it is`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit(lasts: 900)
            bench.clock.advance(seconds: 901)
            let report = try await bench.gateway.report(on: deposit.id, of: .shop, dialect: FakeDialect.id)
            #expect(report.payment == deposit)
            try await bench.gateway.noticed(deposit.id)
            #expect(try await bench.payment(deposit.id) == deposit)
        }
    }

    @Test func `another merchant cannot say that a deposit is paid`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit(until: nil)
            await expect(.fault(.notFound)) {
                _ = try await bench.gateway.scanned(
                    deposit.id, of: .rival, dialect: FakeDialect.id, until: bench.clock.now())
            }
            #expect(try await bench.payment(deposit.id) == deposit)
        }
    }

    @Test func `a deposit that nobody pays lapses, and money that comes later stays in suspense`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit(until: 900, lasts: 900)
            bench.clock.advance(seconds: 901)
            try await bench.gateway.runDue()
            let lapsed = try await bench.payment(deposit.id)
            #expect(lapsed.state == .cancelled && lapsed.failureCode == "expired")
            #expect(try await bench.read(bench.credit("a", at: deposit.created.adding(seconds: 10))).matched == 0)
            #expect(try await bench.told(of: deposit) == ["presented -", "cancelled expired"])
        }
    }

    @Test func `a paid deposit does not lapse`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit()
            try await bench.read(bench.credit("a"))
            try await bench.lapse(after: 1_000)
            #expect(try await bench.state(deposit) == .settled)
        }
    }

    @Test func `a name is taken once`() async throws {
        try await Bench.with { bench in
            let name = bench.newReference()
            _ = try await bench.deposit(names: [name])
            await expect(.fault(.referenceTaken)) { _ = try await bench.deposit(names: [name]) }
            await expect(.fault(.referenceTaken)) {
                _ = try await bench.gateway.createPayout(bench.payoutCommand(names: [name]))
            }
            #expect(try await bench.payments().count == 1)
        }
    }

    @Test func `exclusive deposits take one amount each until none is left`() async throws {
        try await Bench.with { bench in
            var amounts: [Int64] = []
            for _ in 0..<3 { amounts.append(try await bench.deposit(exclusive: true).amount.minorUnits) }
            #expect(amounts == [100_000, 100_001, 100_002])
            await expect(.fault(.noRoute)) { _ = try await bench.deposit(exclusive: true) }
            try await bench.read(bench.credit("a", 100_001))
            #expect(try await bench.deposit(exclusive: true).amount == baht(100_001))
        }
    }

    @Test func `a line of another payer pays a deposit that tells itself apart only if it says which`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit(payers: ["1112223334"], reference: "DP1")
            try await bench.read(bench.credit("a", from: "9998887776"))
            #expect(try await bench.state(deposit) == .presented)
            try await bench.read(bench.credit("DP1", from: "9998887776"))
            #expect(try await bench.state(deposit) == .settled)
        }
    }

    @Test func `an amount rests for half an hour where there are others`() async throws {
        try await Bench.with { bench in
            let first = try await bench.deposit(until: 60, exclusive: true, lasts: 60)
            try await bench.lapse(after: 60)
            // Money that is sent late for the first does not pay the second.
            let second = try await bench.deposit(exclusive: true)
            #expect([first, second].map(\.amount.minorUnits) == [100_000, 100_001])
            try await bench.read(bench.credit("late", 100_000))
            #expect(try await bench.state(second) == .presented)
            bench.clock.advance(seconds: 1_801)
            #expect(try await bench.deposit(exclusive: true).amount == baht(100_000))
        }
    }

    @Test func `a merchant's limits hold for deposits, and what lapses gives its share back`() async throws {
        try await Bench.with { bench in
            try await bench.put(merchant(limits: Limits(perTransaction: 150_000, perDay: 250_000, countPerDay: 5)))
            await expect(.fault(.overTransactionLimit)) { _ = try await bench.deposit(150_001) }
            _ = try await bench.deposit()
            _ = try await bench.deposit(150_000, until: 60, lasts: 60)
            await expect(.fault(.overDailyAmount)) { _ = try await bench.deposit(1) }
            try await bench.lapse(after: 60)
            _ = try await bench.deposit(150_000)
        }
    }

    @Test func `numbers rise by one, and each merchant has its own`() async throws {
        try await Bench.with { bench in
            let kind = Alias.Kind(rawValue: "deposit")
            var numbers: [Int64] = []
            for _ in 0..<45 {
                numbers.append(try await bench.gateway.number(kind, dialect: FakeDialect.id, merchant: .shop))
            }
            #expect(numbers == Array(1...45))
            #expect(try await bench.gateway.number(kind, dialect: FakeDialect.id, merchant: .rival) == 1)
            #expect(try await bench.another().number(kind, dialect: FakeDialect.id, merchant: .shop) == 61)
        }
    }

    @Test func `a one-time value is used once by each merchant`() async throws {
        try await Bench.with { bench in
            func nonce(_ merchant: MerchantID) -> Nonce {
                Nonce("1564895669.02", dialect: FakeDialect.id, merchant: merchant, expires: bench.clock.now())
            }
            try await bench.gateway.spend(nonce(.shop))
            try await bench.gateway.spend(nonce(.rival))
            await expect(.fault(.nonceUsed)) { try await bench.gateway.spend(nonce(.shop)) }
            _ = try await bench.gateway.sweep(codesSince: .start)
            #expect(try await bench.count("nonces") == 0)
        }
    }
}
