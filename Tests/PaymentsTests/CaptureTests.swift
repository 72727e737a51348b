import Money
import Payments
import Testing

@Suite struct CaptureTests {
    @Test(arguments: [1, 1099, 1100])
    func `any part of the authorised amount can be captured`(satang: Int64) throws {
        let step = try payment(.authorized).captureRequested(baht(satang), at: noon)
        #expect(step.payment.captured == baht(satang))
        #expect(step.payment.amount == baht(1100))
        #expect(step.transfers.isEmpty)
    }

    @Test(arguments: [0, -1, Int64.min])
    func `neither zero nor less can be captured`(satang: Int64) {
        #expect(throws: PaymentFault.amountNotPositive) {
            try payment(.authorized).captureRequested(baht(satang), at: noon)
        }
    }

    @Test(arguments: [1101, Int64.max])
    func `no more than what was authorised can be captured`(satang: Int64) {
        #expect(throws: PaymentFault.exceeds(remaining: baht(1100))) {
            try payment(.authorized).captureRequested(baht(satang), at: noon)
        }
    }

    @Test func `another currency cannot be captured`() {
        #expect(throws: PaymentFault.currencyMismatch) {
            try payment(.authorized).captureRequested(Money(minorUnits: 1, .USD), at: noon)
        }
    }

    @Test func `the state is looked at before the amount`() {
        #expect(throws: PaymentFault.wrongState(.voided)) {
            try payment(.voided).captureRequested(baht(-5), at: noon)
        }
    }

    @Test func `a refused capture leaves nothing captured`() throws {
        let refused = try payment(.capturing, captured: baht(500)).captureRefused(at: noon)
        #expect(refused.payment.captured == nil)
        #expect(refused.transfers.isEmpty)
    }
}
