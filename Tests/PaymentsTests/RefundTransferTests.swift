import Ledger
import Money
import Payments
import TestSupport
import Testing

@Suite struct RefundTransferTests {
    @Test func `a request sets aside what the merchant pays, where it can and where it owes`() throws {
        let step = try payment(.settled).refund(1100, spendable: 1000)
        #expect(
            step.transfers.map(line) == [
                "available.hold: hold, available:shop:THB > clearing:card:THB, 1000",
                "receivable.hold: hold, receivable:shop:THB > clearing:card:THB, 70",
            ])
    }

    @Test func `a confirmation moves nothing yet`() throws {
        let payment = try payment(.settled)
        #expect(try payment.refundConfirmed(payment.refund(1100).refund).transfers.isEmpty)
    }

    @Test func `a refusal frees what was set aside`() throws {
        let payment = try payment(.settled)
        let step = try payment.refundRefused(payment.refund(1100, spendable: 1000).refund, code: "05")
        #expect(
            step.transfers.map(line) == [
                "available.release: release of available.hold 1000, available:shop:THB > clearing:card:THB, 1000",
                "receivable.release: release of receivable.hold 70, receivable:shop:THB > clearing:card:THB, 70",
            ])
    }

    @Test func `a completion moves the money, and the house gives back its fee and tax`() throws {
        let payment = try payment(.settled)
        let sent = try payment.refundConfirmed(payment.refund(1100, spendable: 1000).refund).refund
        #expect(
            try payment.refundCompleted(sent).transfers.map(line) == [
                "available.post: post of available.hold 1000, available:shop:THB > clearing:card:THB, 1000",
                "receivable.post: post of receivable.hold 70, receivable:shop:THB > clearing:card:THB, 70",
                "fee: single, fees:house:THB > clearing:card:THB, 28",
                "vat: single, vat:house:THB > clearing:card:THB, 2",
            ])
    }

    @Test func `a refund and its refusal or completion leave in the books what the states expect`() throws {
        let payment = try payment(.settled)
        for isRefused in [true, false] {
            var books = Books()
            for transfer in (try payment.expectedTransfers()) { #expect(books.apply(transfer) == .applied) }
            let step = try payment.refund(600)
            for transfer in step.transfers { #expect(books.apply(transfer) == .applied) }
            var applied = step.transfers
            #expect(step.refund.expectedTransfers(of: payment) == applied)
            var last = step
            if isRefused {
                last = try payment.refundRefused(step.refund, code: "05")
            } else {
                let sent = try payment.refundConfirmed(step.refund).refund
                #expect(sent.expectedTransfers(of: payment) == applied)
                last = try payment.refundCompleted(sent)
            }
            for transfer in last.transfers { #expect(books.apply(transfer) == .applied) }
            applied += last.transfers
            #expect(last.refund.expectedTransfers(of: payment) == applied)
            #expect(books.balance(of: payment.clearingAccount).posted == (isRefused ? -1100 : -500))
            #expect(books.total(in: .THB) == 0)
        }
    }
}
