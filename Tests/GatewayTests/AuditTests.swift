import Gateway
import Money
import Payments
import Rails
import Store
import Testing

@Suite struct AuditTests {
    @Test func `sound books are counted`() async throws {
        try await Bench.with { bench in
            _ = try await bench.refund(bench.settled(), 100)
            _ = try await bench.charge()
            let summary = try await Auditor().verify(bench.store)
            #expect(summary.payments == 2 && summary.refunds == 1)
            #expect(summary.transfers == 1 + 1 + 3 + 1 + 1)
        }
    }

    static let tampering = [
        "UPDATE balances SET posted = posted + 1", "DELETE FROM balances",
        "INSERT INTO balances (account, posted, held) VALUES ('wallet:x:THB', 5, 0)",
        "UPDATE balances SET held = held + 1",
        "UPDATE transfers SET amount = amount + 1 WHERE id LIKE '%.settle'",
        "UPDATE transfers SET amount = amount - 1 WHERE id LIKE '%.fee'",
        "UPDATE transfers SET debit = 'clearing:other:THB' WHERE id LIKE '%.hold'",
        "UPDATE transfers SET hold_amount = hold_amount + 1 WHERE id LIKE '%.capture'",
        "DELETE FROM transfers WHERE id LIKE '%.vat'", "DELETE FROM transfers WHERE id LIKE '%.hold'",
        "INSERT INTO transfers SELECT 'stray', debit, credit, currency, amount, 'single', NULL, NULL, created "
            + "FROM transfers WHERE id LIKE '%.settle'",
        "UPDATE payments SET state = 'captured'", "UPDATE payments SET captured = captured - 1",
        "UPDATE payments SET fee = fee + 1", "UPDATE payments SET amount = amount - 1", "DELETE FROM payments",
        "UPDATE refunds SET state = 'refused'", "UPDATE refunds SET amount = 1101", "UPDATE refunds SET fee = fee + 1",
        "UPDATE refunds SET from_available = from_available - 1", "DELETE FROM refunds",
    ]

    static let bankTampering = [
        "UPDATE statement_lines SET amount = amount + 1 WHERE state = 'unmatched'",
        "UPDATE statement_lines SET state = 'unmatched', payment = NULL WHERE state = 'matched'",
        "UPDATE statement_lines SET state = 'unmatched', fee = NULL WHERE state = 'redeemed'",
        "UPDATE statement_lines SET fee = fee + 1 WHERE state = 'redeemed'",
        "UPDATE statement_lines SET account = 2", "DELETE FROM statement_lines WHERE state = 'matched'",
        "DELETE FROM statement_lines WHERE state = 'unmatched'",
        "UPDATE payments SET line = NULL WHERE line IS NOT NULL",
        "UPDATE payments SET state = 'cancelled' WHERE line IS NOT NULL",
        "UPDATE payments SET amount = amount + 1 WHERE line IS NOT NULL",
        "UPDATE payments SET acceptor = '2' WHERE line IS NOT NULL",
        "UPDATE payouts SET state = 'failed' WHERE state = 'succeeded'",
        "UPDATE payouts SET state = 'succeeded' WHERE state = 'failed'",
        "UPDATE payouts SET state = 'succeeded' WHERE state = 'pending'",
        "UPDATE payouts SET transfer = transfer - 1", "UPDATE payouts SET fee = fee + 1",
        "DELETE FROM payouts WHERE state = 'pending'", "UPDATE payouts SET merchant = 'rival'",
        "UPDATE balances SET held = held - 1 WHERE held > 0",
        "DELETE FROM transfers WHERE id LIKE '%.credit'", "DELETE FROM transfers WHERE id LIKE '%.hold.fee'",
        "UPDATE transfers SET amount = amount + 1 WHERE id LIKE '%.repay'",
        "UPDATE balances SET posted = posted - 1 WHERE account LIKE 'receivable:%'",
    ]

    /// One line matched, one redeemed, one unused; a payout that left, one that failed, one under way; a debt repaid.
    @Test(arguments: bankTampering)
    func `so is what was changed of deposits, lines, payouts and debts`(sql: String) async throws {
        try await Bench.with(verifies: false) { bench in
            let payment = try await bench.settled()
            _ = try await bench.gateway.createPayout(bench.payoutCommand(1_000))
            _ = try await bench.refund(payment, 1_100)
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            _ = try await bench.deposit()
            try await bench.read(bench.credit("a"), bench.credit("b", 50_000), bench.credit("c", 7_000))
            _ = try await bench.gateway.redeem(2, of: .shop, dialect: FakeDialect.id)
            try await bench.faults.order(.init(rail: .bank, kind: .decline))
            for _ in 0..<2 {
                _ = try await bench.gateway.createPayout(bench.payoutCommand(1_000))
                try await bench.gateway.runDue()
            }
            _ = try await bench.gateway.createPayout(bench.payoutCommand(1_000))
            _ = try await Auditor().verify(bench.store)
            try await bench.tamper(sql)
            do {
                _ = try await Auditor().verify(bench.store)
                Issue.record("nothing was found")
            } catch is Auditor.Difference {}
        }
    }

    @Test(arguments: tampering)
    func `whatever was changed from outside is found`(sql: String) async throws {
        try await Bench.with(verifies: false) { bench in
            _ = try await bench.refund(bench.settled(), 500)
            _ = try await Auditor().verify(bench.store)
            try await bench.tamper(sql)
            do {
                _ = try await Auditor().verify(bench.store)
                Issue.record("nothing was found")
            } catch is Auditor.Difference {}
        }
    }
}
