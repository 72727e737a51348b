import Money
import Payments
import Testing

@Suite struct RefundStateTests {
    /// One decision about a refund that has been asked for.
    struct Move: Sendable, CustomTestStringConvertible {
        let kind: RefundEventKind
        let take: @Sendable (Payment, Refund) throws(PaymentFault) -> RefundStep

        var testDescription: String { kind.rawValue }

        static let all: [Move] = [
            Move(kind: .confirm) { payment, refund throws(PaymentFault) in
                try payment.refundConfirmed(refund)
            },
            Move(kind: .refuse) { payment, refund throws(PaymentFault) in
                try payment.refundRefused(refund, code: "05")
            },
            Move(kind: .complete) { payment, refund throws(PaymentFault) in
                try payment.refundCompleted(refund)
            },
        ]
    }

    static let table: [[String]: RefundState] = [
        ["requested", "confirm"]: .sent, ["requested", "refuse"]: .refused, ["sent", "complete"]: .completed,
    ]

    func refund(_ state: RefundState) -> Refund {
        Refund(
            id: refundID(1), version: 3, payment: paymentID, amount: baht(100), fee: baht(2), vat: baht(0),
            fromAvailable: baht(98), fromReceivable: baht(0), state: state, reason: "", created: noon)
    }

    @Test(arguments: RefundState.allCases, Move.all)
    func `a refund moves by the documented events and no other`(state: RefundState, move: Move) throws {
        let payment = try payment(.settled)
        guard let next = Self.table[[state.rawValue, move.kind.rawValue]] else {
            #expect(throws: PaymentFault.self) { try move.take(payment, refund(state)) }
            return
        }
        let step = try move.take(payment, refund(state))
        #expect(step.refund.state == next)
        #expect(step.refund.version == 4)
        #expect(step.payment.version == payment.version + 1)
        #expect(step.payment.state == .settled)
    }

    @Test func `the printed table has the same rows`() {
        let rows = RefundState.transitions.map { ([$0.from.rawValue, $0.event.rawValue], $0.to) }
        #expect(Dictionary(uniqueKeysWithValues: rows) == Self.table)
    }

    @Test func `only a refused refund does not stand`() {
        #expect(RefundState.allCases.filter { !refund($0).stands } == [.refused])
    }

    @Test func `a confirmed refund falls due at midnight and a finished one never`() throws {
        let payment = try payment(.settled)
        #expect(try payment.refundConfirmed(refund(.requested)).due == noon.nextBangkokMidnight)
        #expect(try payment.refundRefused(refund(.requested), code: "05").due == nil)
        #expect(try payment.refundCompleted(refund(.sent)).due == nil)
    }

    @Test func `a refusal keeps its code and a completion its cut-off`() throws {
        let payment = try payment(.settled)
        #expect(try payment.refundRefused(refund(.requested), code: "OBVAL").refund.errorCode == "OBVAL")
        #expect(try payment.refundCompleted(refund(.sent)).refund.completed == noon.nextBangkokMidnight)
    }
}
