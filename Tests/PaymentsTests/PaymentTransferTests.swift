import Ledger
import Money
import Payments
import TestSupport
import Testing

/// A transfer in one line: id (less the payment's), kind, from, to, minor units.
func line(_ transfer: Transfer) -> String {
    let kind =
        switch transfer.kind {
        case .single: "single"
        case .hold: "hold"
        case .post(let hold): "post of \(suffix(hold.id)) \(hold.amount.minorUnits)"
        case .release(let hold): "release of \(suffix(hold.id)) \(hold.amount.minorUnits)"
        }
    return "\(suffix(transfer.id)): \(kind), \(transfer.debit.key) > \(transfer.credit.key), "
        + "\(transfer.amount.minorUnits)"
}

private func suffix(_ id: String) -> String { String(id.split(separator: ".", maxSplits: 1)[1]) }

@Suite struct PaymentTransferTests {
    @Test func `an approval holds the amount between the rail and the merchant`() throws {
        let transfers = try payment(.authorizing).approved(code: "1", at: noon).transfers
        #expect(transfers.map(line) == ["hold: hold, clearing:card:THB > unsettled:shop:THB, 1100"])
        #expect(transfers.map(\.id) == [paymentHex + ".hold"])
    }

    @Test func `a capture posts the captured part and frees the rest`() throws {
        let transfers = try payment(.capturing, captured: baht(400)).captureConfirmed().transfers
        #expect(
            transfers.map(line) == ["capture: post of hold 1100, clearing:card:THB > unsettled:shop:THB, 400"])
    }

    @Test func `a void frees the whole hold`() throws {
        let transfers = try payment(.voiding).voidConfirmed().transfers
        #expect(transfers.map(line) == ["void: release of hold 1100, clearing:card:THB > unsettled:shop:THB, 1100"])
    }

    @Test func `a settlement pays the merchant, the house and the revenue`() throws {
        let transfers = try payment(.captured).settled(fees: sampleFees, rate: .one).transfers
        #expect(
            transfers.map(line) == [
                "settle: single, unsettled:shop:THB > available:shop:THB, 1070",
                "fee: single, unsettled:shop:THB > fees:house:THB, 28",
                "vat: single, unsettled:shop:THB > vat:house:THB, 2",
            ])
    }

    @Test func `a settlement moves no zeros`() throws {
        let transfers = try payment(.captured, baht(10)).settled(fees: sampleFees, rate: .one).transfers
        #expect(transfers.map(line) == ["settle: single, unsettled:shop:THB > available:shop:THB, 10"])
    }

    static let moveless: [(PaymentState, PaymentEventKind)] = [
        (.challenged, .beginAuthentication), (.authenticating, .authenticate), (.authenticating, .failAuthentication),
        (.authorizing, .decline), (.authorizing, .loseTrack), (.reversing, .acknowledgeReversal),
        (.authorized, .requestVoid), (.voiding, .refuseVoid), (.authorized, .requestCapture),
        (.capturing, .refuseCapture),
    ]

    @Test(arguments: moveless)
    func `what only asks, or comes to nothing, moves no money`(state: PaymentState, event: PaymentEventKind) throws {
        let step = try #require(Step.all.first { $0.kind == event })
        #expect(try step.take(payment(state)).transfers.isEmpty)
    }

    /// Ways through the table, and the states on them.
    static let lives: [[PaymentEventKind]] = [
        [.approve, .requestCapture, .confirmCapture, .settle],
        [.approve, .requestCapture, .refuseCapture, .requestVoid, .refuseVoid, .requestCapture, .confirmCapture],
        [.approve, .requestVoid, .refuseVoid, .requestVoid, .confirmVoid],
        [.loseTrack, .acknowledgeReversal], [.decline],
    ]

    @Test(arguments: lives)
    func `after each step the books hold exactly what the state expects`(life: [PaymentEventKind]) throws {
        var payment = try payment(.authorizing)
        var books = Books()
        var applied: [Transfer] = []
        for event in life {
            let step = try #require(Step.all.first { $0.kind == event }).take(payment)
            for transfer in step.transfers { #expect(books.apply(transfer) == .applied) }
            applied += step.transfers
            payment = step.payment
            #expect(Set((try payment.expectedTransfers())) == Set(applied))
            #expect(books.total(in: .THB) == 0)
        }
    }

    @Test func `a settled payment leaves nothing unsettled`() throws {
        var books = Books()
        let payment = try payment(.settled, baht(1100), captured: baht(999))
        for transfer in (try payment.expectedTransfers()) { #expect(books.apply(transfer) == .applied) }
        #expect(books.balance(of: payment.unsettledAccount) == Balance())
        #expect(books.balance(of: payment.clearingAccount) == Balance(posted: -999, held: 0))
        #expect(books.balance(of: payment.availableAccount).spendable == payment.settlement?.net.minorUnits)
    }
}
