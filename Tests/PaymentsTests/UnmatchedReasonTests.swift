import Money
import Payments
import TestSupport
import Testing

/// Why lines were left for a person.
@Suite struct UnmatchedReasonTests {
    @Test func `each deposit of the amount says why it was not paid, the likeliest first`() {
        let line = line(1, payer: "5556667778")
        let deposits = [
            deposit(1, code: "expired"), deposit(2, until: nil), deposit(3, from: 60), deposit(4, until: -1, from: -9),
            deposit(5, payers: ["1112223334"], reference: "DP5"), deposit(6), deposit(7),
        ]
        #expect(
            reasons(line, deposits) == [
                "7 ambiguous", "6 ambiguous", "5 otherPayer", "4 outsideWindow", "3 outsideWindow", "2 unannounced",
                "1 lapsed",
            ])
    }

    @Test func `one that fits alone would be paid by the next reading`() {
        #expect(reasons(line(1), [deposit(1), deposit(2, from: 60)]) == ["1 fits", "2 outsideWindow"])
        // Another line that fits makes a choice of it.
        #expect(reasons(line(1), [deposit(1)], beside: [line(2)]) == ["1 ambiguous"])
        // The line itself is no rival of its own.
        #expect(reasons(line(1), [deposit(1)], beside: [line(1)]) == ["1 fits"])
    }

    @Test func `what is paid, cancelled, of another amount, account or merchant is not shown`() {
        let others = [
            deposit(1, state: .settled), deposit(2, code: "cancelled"), deposit(3, satang: 6), deposit(4, account: "2"),
            deposit(5, merchant: "rival"),
        ]
        #expect(reasons(line(1), others).isEmpty)
        #expect(reasons(line(1, use: .matched(ID(high: 5, low: 5))), [deposit(1)]).isEmpty)
    }

    @Test(arguments: [401, 402, 403] as [UInt64])
    func `a deposit is said to fit where the matcher would pay it, in any world`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<400 {
            let world = MatcherWorld(&random)
            let pairs = MatcherModel.pairs(world)
            for line in world.lines {
                let partners = DepositMatcher.partners(of: [line], among: world.deposits, beside: world.lines)
                let fitting = DepositMatcher.candidates(
                    for: line, among: world.deposits, paired: partners[line.id]
                ).filter { $0.reason == .fits }.map { [line.id.hex, $0.deposit.id.hex] }
                #expect(Set(fitting) == pairs.filter { $0[0] == line.id.hex }, "seed \(seed)")
            }
        }
    }

    @Test(arguments: [
        ("1112223334", "X223334"), ("111-2-22333-4", "X223334"), ("X434783", "X434783"),
        ("xxx-x-x2333-x", "xxx-x-x2333-x"), ("1234", "X34"), ("1", "X"), ("", "X"),
    ])
    func `an account is shown as banks show it`(account: String, shown: String) {
        #expect(MaskedAccount.masked(account) == shown)
    }

    private func reasons(
        _ line: StatementLine, _ deposits: [Payment], beside rivals: [StatementLine] = []
    ) -> [String] {
        let partners = DepositMatcher.partners(of: [line], among: deposits, beside: rivals)
        return DepositMatcher.candidates(for: line, among: deposits, paired: partners[line.id])
            .map { "\($0.deposit.id.low) \($0.reason.rawValue)" }
    }

    private func deposit(
        _ number: UInt64, state: PaymentState = .presented, code: String? = nil, satang: Int64 = 5,
        account: String = "1", merchant: String = "shop", payers: [String] = [], reference: String? = nil,
        until: Int64? = 600, from: Int64 = 0
    ) -> Payment {
        Payment(
            id: ID(high: 1, low: number), version: 1, merchant: MerchantID(rawValue: merchant),
            dialect: DialectID(rawValue: "fake"), acceptor: account, amount: baht(satang),
            state: code == nil ? state : .cancelled,
            method: .push(
                Invitation(
                    id: ID(high: 2, low: number), scheme: .promptPay, form: .qr, expires: noon.adding(seconds: 900))),
            created: noon, failureCode: code,
            expectation: Expectation(
                payers: payers, from: noon.adding(seconds: from), until: until.map { noon.adding(seconds: $0) },
                reference: reference), echo: [])
    }

    private func line(
        _ number: UInt64, payer: String? = nil, use: StatementLine.Use = .unmatched
    ) -> StatementLine {
        StatementLine(
            id: ID(high: 3, low: number), version: 1, merchant: MerchantID(rawValue: "shop"), account: 1,
            number: Int64(number),
            credit: BankCredit(key: "k\(number)", amount: baht(5), creditedAt: noon, payerAccount: payer), use: use,
            imported: noon)
    }
}
