import Money
import Payments
import Testing

@Suite struct SettlementTests {
    @Test func `the document's sample: 11 baht cost 28 satang and 2 of tax`() throws {
        let step = try payment(.captured).settled(fees: sampleFees, rate: .one)
        let settlement = try #require(step.payment.settlement)
        #expect(settlement.gross.text == "11")
        #expect(settlement.fee.text == "0.28")
        #expect(settlement.vat.text == "0.02")
        #expect(settlement.net.text == "10.7")
        #expect(settlement.at == noon.nextBangkokMidnight)
    }

    @Test(arguments: [
        // 2.5 % of these end on half a satang: to the even neighbour.
        (20, 0), (60, 2), (100, 2), (140, 4), (180, 4), (1100, 28), (1140, 28), (1180, 30),
        // These do not.
        (19, 0), (21, 1), (99, 2), (101, 3), (1, 0),
    ])
    func `a fee on half a satang goes to the even side`(gross: Int64, fee: Int64) throws {
        #expect(try settlement(of: baht(gross)).fee == baht(fee))
    }

    @Test(arguments: [(50, 4), (150, 10), (250, 18), (7, 0), (8, 1)])
    func `so does the tax, which is taken of the rounded fee`(fee: Int64, vat: Int64) throws {
        let half = FeePlan(discount: Rate(partsPerMillion: 500_000), vat: Rate(partsPerMillion: 70_000))
        #expect(try settlement(of: baht(fee * 2), by: half).vat == baht(vat))
    }

    @Test(arguments: [Currency.THB, .JPY, .KWD])
    func `gross is always fee, tax and net`(currency: Currency) throws {
        for units in stride(from: Int64(1), through: 4_000, by: 7) {
            let parts = try settlement(of: Money(minorUnits: units, currency))
            #expect(parts.fee.minorUnits + parts.vat.minorUnits + parts.net.minorUnits == units)
            #expect(parts.fee.minorUnits >= 0 && parts.vat.minorUnits >= 0 && parts.net.minorUnits > 0)
        }
    }

    @Test func `what was captured is settled, not what was authorised`() throws {
        let step = try payment(.captured, baht(5000), captured: baht(1100))
            .settled(fees: sampleFees, rate: .one)
        #expect(step.payment.settlement?.net == baht(1070))
    }

    @Test func `a fee beyond the largest amount is refused`() {
        let absurd = FeePlan(discount: Rate(partsPerMillion: .max), vat: Rate(partsPerMillion: 0))
        #expect(throws: PaymentFault.overflow) {
            try payment(.captured, baht(.max)).settled(fees: absurd, rate: .one)
        }
    }

    @Test func `a fee of more than the amount is no settlement`() {
        // It would take a transfer of less than nothing, which no ledger holds.
        let absurd = FeePlan(discount: Rate(partsPerMillion: 1_500_000), vat: Rate(partsPerMillion: 70_000))
        #expect(throws: PaymentFault.self) {
            try payment(.captured).settled(fees: absurd, rate: .one)
        }
    }
}
