import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import Testing

/// `mekong verify` names what waits and would wait for ever, and repayments that are not what they must be.
@Suite struct WaitingAuditTests {
    @Test(arguments: ["challenged", "authorized", "captured", "presented"])
    func `a payment that waits must be due`(state: String) async throws {
        try await Bench.with(verifies: false) { bench in
            let payment: Payment
            switch state {
            case "challenged": payment = try await bench.challenged().payment
            case "presented": payment = try await bench.deposit()
            default: payment = try await bench.charge()
            }
            if state == "captured" {
                _ = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(1_100))
            }
            try await bench.expectNamed(
                "payment \(payment.id) is \(state), and nothing is due of it",
                after: "DELETE FROM due WHERE subject = 'payment:\(payment.id)'")
        }
    }

    @Test(arguments: ["authorizing", "reversing", "voiding", "capturing", "presenting", "cancelling", "authenticating"])
    func `so must one whose outcome nobody knows`(state: String) async throws {
        try await Bench.with(verifies: false) { bench in
            let payment = try await bench.charge()
            // A later one, so that the first row is not the one that is found by chance.
            _ = try await bench.challenged()
            // Only what may yet be captured is held.
            if !["voiding", "capturing"].contains(state) { try await bench.tamper("DELETE FROM transfers") }
            try await bench.expectNamed(
                "payment \(payment.id) is \(state), and nothing is due of it",
                after: "UPDATE payments SET state = '\(state)' WHERE id = '\(payment.id)'",
                "DELETE FROM due WHERE subject = 'payment:\(payment.id)'", isSoundBefore: false)
        }
    }

    @Test(arguments: ["requested", "sent"])
    func `so must a refund under way`(state: String) async throws {
        try await Bench.with(verifies: false) { bench in
            let payment = try await bench.settled()
            _ = try await bench.refund(payment, 500)
            let refund = try #require(try await bench.refunds(of: payment).first)
            try await bench.expectNamed(
                "refund \(refund.id) is not at its end, and nothing is due of it",
                after: "UPDATE refunds SET state = '\(state)'", "DELETE FROM due WHERE subject = 'refund:\(refund.id)'")
        }
    }

    @Test(arguments: ["pending", "queued"])
    func `so must a payout under way`(state: String) async throws {
        try await Bench.with(verifies: false) { bench in
            try await bench.fund(100_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand(1_000))
            try await bench.expectNamed(
                "payout \(payout.id) is not at its end, and nothing is due of it",
                after: "UPDATE payouts SET state = '\(state)'", "DELETE FROM due WHERE subject LIKE 'payout:%'")
        }
    }

    @Test func `an open session at a payer's bank is named with its deposit`() async throws {
        try await Bench.with(verifies: false) { bench in
            let report = try await bench.openSession()
            try await bench.expectNamed(
                "payment \(report.payment.id) is presented, its bank session open, and nothing is due of it",
                after: "DELETE FROM due")
        }
    }

    @Test func `a notice that is not delivered must have its next attempt`() async throws {
        try await Bench.with(verifies: false) { bench in
            _ = try await bench.deposit()
            let notice = try #require(try await bench.store.read { try $0.notices(limit: 1) }.first?.notice)
            try await bench.expectNamed(
                "notice \(notice.id) is not delivered, and has no next attempt",
                after: "UPDATE notices SET next = NULL")
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `what is over needs nothing, and what waits and is due is sound`(kind: EngineKind) async throws {
        try await Bench.with(kind) { bench in
            _ = try await bench.refund(bench.settled(), 100)
            _ = try await bench.charge(TestCard.declined[0].0)
            _ = try await bench.challenged()
            _ = try await bench.openSession()
            _ = try await bench.deposit(until: 1, lasts: 1)
            try await bench.lapse(after: 1)
            _ = try await bench.deposit(5_000)
            try await bench.read(bench.credit("a", 5_000))
            _ = try await bench.gateway.createPayout(bench.payoutCommand(1_000))
            _ = try await Auditor().verify(bench.store)
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            _ = try await Auditor().verify(bench.store)
        }
    }

    static let repayments = [
        (
            "UPDATE transfers SET id = (SELECT id FROM transfers WHERE id LIKE '%.capture' LIMIT 1) || '.repay' "
                + "WHERE id LIKE '%.repay'", "repays a debt, and nothing was freed or owed with it"
        ),
        (
            "UPDATE transfers SET created = created + 1 WHERE id LIKE '%.repay'",
            "repays a debt, and nothing was freed or owed with it"
        ),
        (
            "UPDATE transfers SET amount = 50001 WHERE id LIKE '%.repay'", "more than was freed or owed with it"
        ),
        ("DELETE FROM transfers WHERE id LIKE '%.repay'", "available:shop:THB says posted"),
    ]

    /// The shop pays out all that it has, and then a refund comes back to it.
    private func fallIntoDebt(_ bench: Bench) async throws {
        var shop = try bench.shop()
        shop.dialects[FakeDialect.id.rawValue]?.payoutFees = nil
        try await bench.put(shop)
        let payment = try await bench.settled(baht(1_100))
        _ = try await bench.gateway.createPayout(bench.payoutCommand(bench.available().spendable))
        _ = try await bench.refund(payment, 1_100)
        bench.clock.passMidnight()
        try await bench.gateway.runDue()
    }

    /// A debt of 1.00 baht or more that the next money pays.
    @Test(arguments: repayments.indices)
    func `a repayment is what its commit freed or made owed, at the most`(index: Int) async throws {
        try await Bench.with(verifies: false) { bench in
            try await fallIntoDebt(bench)
            try await bench.fund(50_000)
            #expect(try await bench.transferIDs().filter { $0.hasSuffix(".repay") }.count == 1)
            let (sql, words) = Self.repayments[index]
            try await bench.expectNamed(words, after: sql)
        }
    }

    @Test func `what one repayment is short of, another cannot have`() async throws {
        try await Bench.with(verifies: false) { bench in
            try await fallIntoDebt(bench)
            // Two pieces, neither of which pays it all; the balances say nothing of which paid what.
            try await bench.fund(300)
            try await bench.fund(400)
            try await bench.expectNamed(
                "more than was freed or owed with it",
                after: "UPDATE transfers SET amount = amount - 1 WHERE id LIKE '%.repay' AND amount = 400",
                "UPDATE transfers SET amount = amount + 1 WHERE id LIKE '%.repay' AND amount = 300")
        }
    }

    @Test func `a line that nobody's word has used has no word with it`() async throws {
        try await Bench.with(verifies: false) { bench in
            try await bench.read(bench.credit("a"))
            try await bench.expectNamed(
                "has paid nothing, although somebody said so",
                after: "UPDATE statement_lines SET assigned_by = 'x', assigned_at = 1")
        }
    }
}

extension Bench {
    /// Expects sound books, changes them past the gateway, and expects what is found then to say this.
    func expectNamed(
        _ words: String, after sql: String..., isSoundBefore: Bool = true,
        location: SourceLocation = #_sourceLocation
    ) async throws {
        if isSoundBefore { _ = try await Auditor().verify(store) }
        for sql in sql { try await tamper(sql) }
        do {
            _ = try await Auditor().verify(store)
            Issue.record("nothing was found", sourceLocation: location)
        } catch let difference as Auditor.Difference {
            #expect(difference.description.contains(words), "\(difference)", sourceLocation: location)
        }
    }
}
