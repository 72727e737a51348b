import Ledger
import Money
import Payments

func baht(_ satang: Int64) -> Money { Money(minorUnits: satang, .THB) }

/// The fees of the K-Payment document's samples: 2.5 % and 7 % of tax on them.
let sampleFees = FeePlan(discount: Rate(partsPerMillion: 25_000), vat: Rate(partsPerMillion: 70_000))

/// 2026-01-31 12:00:00 in Bangkok.
let noon = Instant(microseconds: 1_769_835_600_000_000)

let paymentID = ID<Payment>(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
let paymentHex = "0123456789abcdeffedcba9876543210"

let face = CardFace(
    id: ID(high: 1, low: 2), brand: .visa, masked: "441770*****5830", issuer: "Kasikornbank Public Company Limited")

let proof = Authentication(eci: "05", xid: "x", cavv: "c", directoryServerID: "d")

/// A payment as one in that state looks, by default of 11.00 baht.
func payment(_ state: PaymentState, _ amount: Money = baht(1100), captured: Money? = nil) throws -> Payment {
    let isCaptured = [.capturing, .captured, .settled].contains(state)
    let gross = isCaptured ? captured ?? amount : nil
    return Payment(
        id: paymentID, version: 7, merchant: MerchantID(rawValue: "shop"), dialect: DialectID(rawValue: "fake"),
        acceptor: "401", amount: amount, state: state, method: method(in: state), created: noon, captured: gross,
        capturedAt: gross == nil ? nil : noon,
        settlement: state == .settled ? try settlement(of: gross ?? amount) : nil, echo: [])
}

/// By card, unless the state is one of payments that the payer makes by themselves.
private func method(in state: PaymentState) -> PaymentMethod {
    guard [.presenting, .presented, .cancelling, .cancelled].contains(state) else { return .card(face) }
    return .push(
        Invitation(id: ID(high: 5, low: 6), scheme: .promptPay, form: .qr, expires: noon.adding(seconds: 3600)))
}

func settlement(of gross: Money, by fees: FeePlan = sampleFees) throws -> Settlement {
    try fees.settlement(of: gross, rate: .one, at: noon)
}

/// A settled payment of so much, with fees of one's own choice.
func settled(_ gross: Money, _ fees: FeePlan = sampleFees) throws -> Payment {
    Payment(
        id: paymentID, version: 7, merchant: MerchantID(rawValue: "shop"), dialect: DialectID(rawValue: "fake"),
        acceptor: "401", amount: gross, state: .settled, method: .card(face), created: noon, captured: gross,
        capturedAt: noon,
        settlement: try settlement(of: gross, by: fees), echo: [])
}

func refundID(_ number: UInt64) -> ID<Refund> { ID(high: 0, low: number) }

extension Payment {
    /// A refund with as little said as a test needs, from a balance that suffices.
    func refund(
        _ satang: Int64, after earlier: [Refund] = [], spendable: Int64 = 1_000_000_000
    ) throws(PaymentFault) -> RefundStep {
        try refundRequested(
            baht(satang), id: refundID(UInt64(earlier.count) + 1), reason: "test", earlier: earlier,
            spendable: baht(spendable), at: noon)
    }
}
