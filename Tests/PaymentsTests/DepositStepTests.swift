import Ledger
import Money
import Payments
import Testing

@Suite struct DepositStepTests {
    @Test func `received money is the merchant's at once, less fee and tax`() throws {
        let line = line()
        let step = try deposit().received(line, fees: sampleFees, at: noon)
        #expect(step.payment.state == .settled && step.payment.line == line.id && step.due == nil)
        #expect(step.payment.version == 2 && step.event == .received)
        #expect(step.transfers.map(\.credit.key) == ["available:shop:THB", "fees:house:THB", "vat:house:THB"])
        #expect(step.transfers.map(\.id) == [paymentHex + ".settle", paymentHex + ".fee", paymentHex + ".vat"])
        #expect(step.transfers.map(\.amount.minorUnits) == [97_325, 2_500, 175])
        #expect(Set(step.transfers.map(\.debit.key)) == ["suspense:shop-1:THB"])
        #expect(try step.payment.expectedTransfers() == step.transfers)
    }

    @Test func `a line of another amount, account or merchant pays nothing`() throws {
        let deposit = deposit()
        for line in [line(99_999), line(account: 2), line(merchant: "rival")] {
            #expect(throws: PaymentFault.exceeds(remaining: baht(100_000))) {
                try deposit.received(line, fees: .none, at: noon)
            }
        }
    }

    @Test func `a deposit is paid once`() throws {
        let line = line()
        let paid = try deposit().received(line, fees: .none, at: noon).payment
        #expect(throws: PaymentFault.wrongState(.settled)) { try paid.received(line, fees: .none, at: noon) }
        #expect(throws: PaymentFault.wrongState(.settled)) { try paid.lapsed(code: "expired") }
    }

    @Test func `a payment that waits for a rail is neither paid by a line nor lapses`() throws {
        let payment = try payment(.presented)
        let line = line(1100)
        #expect(throws: PaymentFault.wrongState(.presented)) { try payment.received(line, fees: .none, at: noon) }
        #expect(throws: PaymentFault.wrongState(.presented)) { try payment.lapsed(code: "expired") }
        #expect(throws: PaymentFault.wrongState(.presented)) { try payment.expecting(until: noon) }
    }

    @Test func `the payer's first word counts`() throws {
        let first = try deposit(until: nil).expecting(until: noon.adding(seconds: 60)).payment
        let second = try first.expecting(until: noon.adding(seconds: 900)).payment
        #expect(second.expectation?.until == noon.adding(seconds: 60) && second.version == 3)
    }

    @Test func `a window may begin with the payer's first word, and with no later one`() throws {
        let later = noon.adding(seconds: 30)
        let first = try deposit(until: nil).expecting(from: later, until: noon.adding(seconds: 60)).payment
        #expect(first.expectation?.from == later)
        let second = try first.expecting(from: noon.adding(seconds: 45), until: noon.adding(seconds: 900)).payment
        #expect(second.expectation?.from == later && second.expectation?.until == noon.adding(seconds: 60))
        let usual = try deposit(until: nil).expecting(until: noon.adding(seconds: 60)).payment
        #expect(try usual.expectation?.from == deposit().expectation?.from)
    }

    @Test func `a deposit that lapses moves nothing`() throws {
        let step = try deposit().lapsed(code: "expired")
        #expect(step.payment.state == .cancelled && step.transfers.isEmpty && step.payment.failureCode == "expired")
        #expect(try step.payment.expectedTransfers().isEmpty)
    }

    @Test func `a line is redeemed once, and is then no deposit's`() throws {
        let (redeemed, transfers) = try line().redeemed(fees: sampleFees, at: noon)
        #expect(transfers.map(\.amount.minorUnits) == [97_325, 2_500, 175])
        #expect(redeemed.expectedTransfers == [redeemed.arrival] + transfers)
        #expect(throws: LineFault.used) { try redeemed.redeemed(fees: .none, at: noon) }
        #expect(throws: LineFault.used) { try redeemed.matched(to: paymentID) }
    }

    private func deposit(until: Instant? = noon.adding(seconds: 600)) -> Payment {
        Payment(
            id: paymentID, version: 1, merchant: MerchantID(rawValue: "shop"), dialect: DialectID(rawValue: "fake"),
            acceptor: "1", amount: baht(100_000), state: .presented,
            method: .push(
                Invitation(
                    id: ID(high: 5, low: 6), scheme: .bankTransfer, form: .transfer,
                    expires: noon.adding(seconds: 900))),
            created: noon, expectation: Expectation(from: noon, until: until), echo: [])
    }

    private func line(_ satang: Int64 = 100_000, account: Int64 = 1, merchant: String = "shop") -> StatementLine {
        StatementLine(
            id: ID(high: 8, low: 9), version: 1, merchant: MerchantID(rawValue: merchant), account: account,
            number: 1, credit: BankCredit(key: "k", amount: baht(satang), creditedAt: noon), imported: noon)
    }
}
