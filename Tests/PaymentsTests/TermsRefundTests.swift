import Money
import Payments
import Testing

/// What terms allow to give back (Refund API's error table).
@Suite struct TermsRefundTests {
    typealias Payer = Instalment.InterestPayer

    @Test(arguments: [
        (Payer.merchant, PaymentFault?.some(.instalmentNotRefundable), PaymentFault?.some(.instalmentNotRefundable)),
        (.cardholder, nil, .instalmentNotRefundable), (.supplier, nil, nil), (.shared, nil, nil),
    ])
    func `who bears the interest decides`(payer: Payer, part: PaymentFault?, whole: PaymentFault?) throws {
        let payment = try payment(.settled).with(instalment(payer))
        for (satang, fault) in [(Int64(1_099), part), (1_100, whole)] {
            if let fault {
                #expect(throws: fault) { try payment.refund(satang) }
            } else {
                #expect(try payment.refund(satang).refund.amount == baht(satang))
            }
        }
    }

    @Test(arguments: [Payer.cardholder, .supplier, .shared], [Int64(1), 700])
    func `after a part nothing more is given back`(payer: Payer, satang: Int64) throws {
        let payment = try payment(.settled).with(instalment(payer))
        let first = try payment.refundConfirmed(payment.refund(400).refund).refund
        #expect(throws: PaymentFault.instalmentRefundedBefore) { try payment.refund(satang, after: [first]) }
        let completed = try payment.refundCompleted(first).refund
        #expect(throws: PaymentFault.instalmentRefundedBefore) { try payment.refund(satang, after: [completed]) }
    }

    @Test func `a refund that was refused does not count`() throws {
        let payment = try payment(.settled).with(instalment(.cardholder))
        let refused = try payment.refundRefused(payment.refund(400).refund, code: "05").refund
        #expect(try payment.refund(700, after: [refused]).refund.amount == baht(700))
    }

    @Test func `of a payment captured in part, all that was captured is the whole`() throws {
        let payment = try payment(.settled, captured: baht(600)).with(instalment(.cardholder))
        #expect(throws: PaymentFault.instalmentNotRefundable) { try payment.refund(600) }
        #expect(try payment.refund(599).refund.amount == baht(599))
    }

    @Test func `too much is told before what the instalment forbids`() throws {
        for payer in Payer.allCases {
            let payment = try payment(.settled).with(instalment(payer))
            #expect(throws: PaymentFault.exceeds(remaining: baht(1_100))) { try payment.refund(1_101) }
        }
    }

    @Test func `a payment with a convenience fee is not given back`() throws {
        let payment = try payment(.settled, baht(1_000)).with(surcharged())
        for satang in [Int64(1), 1_000] {
            #expect(throws: PaymentFault.surchargeNotRefundable) { try payment.refund(satang) }
        }
        #expect(throws: PaymentFault.exceeds(remaining: baht(1_000))) { try payment.refund(1_001) }
    }

    @Test func `a part that is worth nothing to the card is not given back, but the last of it is`() throws {
        let payment = try payment(.settled).with(converted(1))
        #expect(throws: PaymentFault.amountNotPositive) { try payment.refund(549) }
        let first = try payment.refundConfirmed(payment.refund(550).refund).refund
        #expect(first.converted == Money(minorUnits: 1, .USD))
        #expect(throws: PaymentFault.amountNotPositive) { try payment.refund(549, after: [first]) }
        #expect(try payment.refund(550, after: [first]).refund.converted == Money(minorUnits: 0, .USD))
    }
}
