import Gateway
import Payments
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
