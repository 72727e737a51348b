import Ledger
import Money
import Payments
import Testing

/// A person's word that a line pays a deposit.
@Suite struct AssignmentTests {
    /// State, failure code and whether it is a deposit; what a person's word comes to.
    static let table: [(state: PaymentState, code: String?, standing: DepositStanding?)] = [
        (.presented, nil, .open), (.cancelled, "expired", .lapsed), (.cancelled, "cancelled", .cancelled),
        (.cancelled, nil, .cancelled), (.settled, nil, .paid), (.authorized, nil, nil), (.declined, "05", nil),
        (.captured, nil, nil), (.cancelling, nil, nil),
    ]

    @Test(arguments: table.indices)
    func `a deposit stands as its state and its end say`(row: Int) {
        let row = Self.table[row]
        #expect(deposit(row.state, code: row.code).depositStanding == row.standing)
        #expect(deposit(row.state, code: row.code, isDeposit: false).depositStanding == nil)
    }

    @Test func `only what is open or has lapsed may be paid, and the table of states allows it`() {
        #expect(DepositStanding.assignable == [.open: .receive, .lapsed: .receiveLate])
        #expect(PaymentState.presented.after(.receive) == .settled)
        #expect(PaymentState.cancelled.after(.receiveLate) == .settled)
    }

    @Test(arguments: [PaymentState.presented, .cancelled])
    func `it is paid as the matcher would pay it, and the line says by whom`(state: PaymentState) throws {
        let line = line()
        let deposit = deposit(state, code: state == .cancelled ? "expired" : nil)
        let done = try deposit.assigned(line, session: nil, fees: sampleFees, by: somchai)
        let paid = done.step.payment
        #expect(paid.state == .settled && paid.line == line.id && paid.version == 2 && paid.failureCode == nil)
        #expect(done.step.event == .received && done.step.due == nil && done.isLate == (state == .cancelled))
        #expect(done.line.use == .matched(deposit.id) && done.line.assignment == somchai && done.line.version == 2)
        #expect(done.step.transfers.map(\.amount.minorUnits) == [97_325, 2_500, 175])
        #expect(try paid.expectedTransfers() == done.step.transfers)
        #expect(paid.capturedAt == somchai.at)
    }

    @Test func `the window and the payer are the person's to judge`() throws {
        let late = line(at: noon.adding(seconds: 90_000), payer: "5556667778")
        let done = try deposit(.presented).assigned(late, session: nil, fees: .none, by: somchai)
        #expect(done.step.payment.state == .settled && !done.isLate)
        let unannounced = try deposit(.presented, until: nil).assigned(line(), session: nil, fees: .none, by: somchai)
        #expect(unannounced.step.payment.state == .settled)
    }

    @Test func `amount, account and merchant are not`() {
        #expect(fault(deposit(.presented), line(99_999)) == .otherAmount)
        #expect(fault(deposit(.presented), line(account: 2)) == .otherAccount)
        #expect(fault(deposit(.presented), line(merchant: "rival")) == .otherMerchant)
        #expect(fault(deposit(.cancelled, code: "expired"), line(100_001)) == .otherAmount)
    }

    @Test func `a used line, and a deposit that is over, are refused`() throws {
        let used = try line().matched(to: ID(high: 3, low: 3))
        #expect(fault(deposit(.presented), used) == .lineUsed(.matched(ID(high: 3, low: 3))))
        let redeemed = try line().redeemed(fees: .none, at: noon).line
        #expect(fault(deposit(.presented), redeemed) == .lineUsed(redeemed.use))
        #expect(fault(deposit(.settled), line()) == .paid)
        #expect(fault(deposit(.cancelled, code: "cancelled"), line()) == .cancelled)
        #expect(fault(deposit(.presented, isDeposit: false), line()) == .noDeposit)
        #expect(fault(deposit(.authorized), line()) == .noDeposit)
    }

    @Test(arguments: BankSessionState.allCases, [true, false])
    func `a payer who signs in is not overtaken, and one who pays by QR ends their session`(
        state: BankSessionState, paysByQR: Bool
    ) throws {
        let session = BankSession(payment: paymentID, token: "t", bank: "014", kind: .personal, state: state)
        let deposit = deposit(.presented, until: paysByQR ? noon : nil)
        guard state == .awaitingSignIn, paysByQR else {
            return #expect(fault(deposit, line(), session) == .payerAtBank)
        }
        let done = try deposit.assigned(line(), session: session, fees: .none, by: somchai)
        #expect(done.session?.state == .succeeded && done.session?.ended == somchai.at)
    }

    @Test func `a deposit whose session has come to nothing stays so`() {
        let session = BankSession(
            payment: paymentID, token: "t", bank: "014", kind: .personal, state: .failed, problem: .expired)
        #expect(fault(deposit(.cancelled, code: "expired"), line(), session) == .sessionOver)
    }

    @Test func `a fee beyond the amount, or a sum too large, pays nothing`() {
        let fees = FeePlan(discount: Rate(partsPerMillion: 2_000_000), vat: sampleFees.vat)
        #expect(fault(deposit(.presented), line(), fees: fees) == .overflow)
    }

    @Test(arguments: ["", " ", "\t", "a\u{0}b", "a\nb", "\u{1B}[2J", "a\u{2028}b", String(repeating: "x", count: 129)])
    func `words that name nobody, or that no terminal should print, are refused`(words: String) {
        #expect(Assignment(person: words, at: noon) == nil)
    }

    @Test(arguments: ["สมชาย ใจดี", "somchai@shop, ticket 4711", String(repeating: "ก", count: 128)])
    func `a name is kept as it was said`(words: String) {
        #expect(Assignment(person: words, at: noon)?.person == words)
    }

    private var somchai: Assignment { Assignment(stored: "somchai", at: noon.adding(seconds: 30)) }

    private func fault(
        _ deposit: Payment, _ line: StatementLine, _ session: BankSession? = nil, fees: FeePlan = .none
    ) -> AssignmentFault? {
        do throws(AssignmentFault) {
            _ = try deposit.assigned(line, session: session, fees: fees, by: somchai)
            return nil
        } catch {
            return error
        }
    }

    private func deposit(
        _ state: PaymentState, code: String? = nil,
        until: Instant? = noon.adding(seconds: 600), isDeposit: Bool = true
    ) -> Payment {
        Payment(
            id: paymentID, version: 1, merchant: MerchantID(rawValue: "shop"), dialect: DialectID(rawValue: "fake"),
            acceptor: "1", amount: baht(100_000), state: state,
            method: .push(
                Invitation(
                    id: ID(high: 5, low: 6), scheme: .promptPay, form: .qr, expires: noon.adding(seconds: 900))),
            created: noon, failureCode: code,
            expectation: isDeposit ? Expectation(payers: ["1112223334"], from: noon, until: until) : nil, echo: [])
    }

    private func line(
        _ satang: Int64 = 100_000, account: Int64 = 1, merchant: String = "shop", at instant: Instant = noon,
        payer: String? = nil
    ) -> StatementLine {
        StatementLine(
            id: ID(high: 8, low: 9), version: 1, merchant: MerchantID(rawValue: merchant), account: account,
            number: 1,
            credit: BankCredit(key: "k", amount: baht(satang), creditedAt: instant, payerAccount: payer),
            imported: noon)
    }
}
