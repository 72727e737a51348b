import Money
import Payments
import Testing

@Suite struct RefundRuleTests {
    @Test(arguments: PaymentState.allCases.filter { $0 != .settled })
    func `only what is settled can be refunded`(state: PaymentState) throws {
        let payment = try payment(state)
        #expect(throws: PaymentFault.wrongState(state)) { try payment.refund(100) }
        #expect(throws: PaymentFault.wrongState(state)) { try payment.refundable(after: []) }
    }

    @Test(arguments: [0, -1, Int64.min])
    func `neither zero nor less can be refunded`(satang: Int64) {
        #expect(throws: PaymentFault.amountNotPositive) { try payment(.settled).refund(satang) }
    }

    @Test func `another currency cannot be refunded`() {
        #expect(throws: PaymentFault.currencyMismatch) {
            try payment(.settled).refundRequested(
                Money(minorUnits: 1, .USD), id: refundID(1), reason: "", earlier: [], spendable: baht(100), at: noon)
        }
    }

    @Test(arguments: [1101, Int64.max])
    func `no more than what was captured can be refunded`(satang: Int64) {
        #expect(throws: PaymentFault.exceeds(remaining: baht(1100))) { try payment(.settled).refund(satang) }
    }

    @Test func `earlier refunds count against the rest, refused ones do not`() throws {
        let payment = try payment(.settled)
        let first = try payment.refundConfirmed(payment.refund(400).refund).refund
        let refused = try payment.refundRefused(payment.refund(500, after: [first]).refund, code: "05").refund
        #expect(try payment.refundable(after: [first, refused]) == baht(700))
        #expect(throws: PaymentFault.exceeds(remaining: baht(700))) {
            try payment.refund(701, after: [first, refused])
        }
        #expect(try payment.refund(700, after: [first, refused]).refund.amount == baht(700))
    }

    @Test func `a refund without an outcome holds up the next`() throws {
        let payment = try payment(.settled)
        let first = try payment.refund(100).refund
        #expect(throws: PaymentFault.refundPending) { try payment.refund(100, after: [first]) }
        let sent = try payment.refundConfirmed(first).refund
        #expect(try payment.refund(100, after: [sent]).refund.state == .requested)
    }

    @Test func `a refund that failed for want of balance bars all later ones, another refusal does not`() throws {
        let payment = try payment(.settled)
        let poor = try payment.refundRefused(payment.refund(100).refund, code: insufficientBalanceCode).refund
        let other = try payment.refundRefused(payment.refund(100).refund, code: "05").refund
        #expect(insufficientBalanceCode == "OBVAL")
        #expect(throws: PaymentFault.refundNotAllowed) { try payment.refund(1, after: [poor]) }
        #expect(throws: PaymentFault.refundNotAllowed) { try payment.refund(1, after: [other, poor, other]) }
        #expect(try payment.refund(1, after: [other]).refund.amount == baht(1))
    }

    @Test func `the step moves the payment one version on and falls due in a minute`() throws {
        let payment = try payment(.settled)
        let step = try payment.refund(100)
        #expect(step.payment.version == payment.version + 1)
        #expect(step.due == noon.adding(seconds: 60))
        #expect(step.event == .refundRequested)
    }

    @Test(arguments: [(2_000, 1070, 0), (1070, 1070, 0), (1069, 1069, 1), (1, 1, 1069), (0, 0, 1070), (-50, 0, 1070)])
    func `what the balance does not cover the merchant owes`(spendable: Int64, available: Int64, owed: Int64) throws {
        let refund = try payment(.settled).refund(1100, spendable: spendable).refund
        #expect(refund.fee == baht(28) && refund.vat == baht(2))
        #expect(refund.fromAvailable == baht(available))
        #expect(refund.fromReceivable == baht(owed))
    }
}
