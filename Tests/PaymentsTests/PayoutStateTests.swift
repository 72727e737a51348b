import Ledger
import Money
import Payments
import TestSupport
import Testing

@Suite struct PayoutStateTests {
    /// The table said a second time: state, event, next state.
    static let table: [[String]: String] = [
        ["pending", "send"]: "queued", ["queued", "send"]: "queued", ["queued", "succeed"]: "succeeded",
        ["queued", "fail"]: "failed",
    ]

    @Test(arguments: PayoutState.allCases, PayoutEventKind.allCases)
    func `an event leads where the table says, and nowhere else`(state: PayoutState, event: PayoutEventKind) {
        #expect(state.after(event)?.rawValue == Self.table[[state.rawValue, event.rawValue]])
    }

    @Test func `a payout is over where nothing more can happen to it`() {
        let ends = PayoutState.allCases.filter { state in
            PayoutEventKind.allCases.allSatisfy { state.after($0) == nil }
        }
        #expect(PayoutState.allCases.filter(\.isOver) == ends)
    }

    @Test func `amount, fee and tax are held until the outcome, and then leave together`() throws {
        let opened = try payout().opened()
        #expect(opened.transfers.map(\.amount) == [baht(100_000), baht(1_500), baht(105)])
        let kinds = Set(opened.transfers.map(\.kind))
        let debits = Set(opened.transfers.map(\.debit))
        #expect(kinds == [.hold] && debits == [opened.payout.availableAccount])
        let done = try opened.payout.sending(at: noon).payout.succeeded(at: noon)
        var books = try books(with: 101_605)
        for transfer in opened.transfers + done.transfers { #expect(books.apply(transfer) == .applied) }
        #expect(books.balance(of: opened.payout.availableAccount) == Balance())
        #expect(books.balance(of: clearing).posted == 100_000)
        #expect(books.total(in: .THB) == 0)
        #expect(done.payout.expectedTransfers == opened.transfers + done.transfers)
    }

    @Test func `sent again it is told to nobody, and what was decided before no longer fits`() throws {
        let first = try payout().sending(at: noon)
        let again = try first.payout.sending(at: noon)
        #expect(first.event == .queued && again.event == nil && again.transfers.isEmpty)
        #expect(again.payout.state == .queued && again.payout.version == first.payout.version + 1)
        #expect(again.due == noon.adding(seconds: 60))
    }

    @Test func `what comes to nothing gives everything back`() throws {
        let opened = try payout().opened()
        let failed = try opened.payout.sending(at: noon).payout.failed(because: "closed", at: noon)
        var books = try books(with: 200_000)
        for transfer in failed.payout.expectedTransfers { #expect(books.apply(transfer) == .applied) }
        #expect(books.balance(of: opened.payout.availableAccount) == Balance(posted: 200_000, held: 0))
        #expect(failed.payout.failure == "closed" && failed.due == nil)
    }

    @Test func `a payout without a fee holds its amount alone`() throws {
        let opened = try payout(fee: 0, vat: 0).opened()
        #expect(opened.transfers.map(\.amount) == [baht(100_000)])
    }

    @Test(arguments: [(0, 0), (-1, 0), (1, -1)] as [(Int64, Int64)])
    func `an amount that is not positive is refused`(amount: Int64, fee: Int64) {
        let payout = payout(amount, fee: fee)
        #expect(throws: PayoutFault.amountNotPositive) { try payout.opened() }
    }

    @Test func `a sum beyond the ledger is refused`() {
        let payout = payout(.max, fee: 1)
        #expect(throws: PayoutFault.overflow) { try payout.opened() }
    }

    @Test func `what waits long is looked at ever more seldom`() {
        let payout = payout()
        #expect(payout.nextLook(after: noon) == noon.adding(seconds: 2))
        #expect(payout.nextLook(after: noon.adding(seconds: 60)) == noon.adding(seconds: 120))
        #expect(payout.nextLook(after: noon.adding(seconds: 90_000)) == noon.adding(seconds: 90_300))
    }

    private let clearing = Account(kind: .clearing, owner: "payout", currency: .THB)

    private func books(with satang: Int64) throws -> Books {
        var books = Books()
        let available = Account(kind: .available, owner: "shop", currency: .THB)
        let bank = Account(kind: .bank, owner: "shop-1", currency: .THB)
        #expect(books.apply(Transfer(id: "in", debit: bank, credit: available, amount: baht(satang))) == .applied)
        return books
    }

    private func payout(_ satang: Int64 = 100_000, fee: Int64 = 1_500, vat: Int64 = 105) -> Payout {
        Payout(
            id: ID(high: 3, low: 4), version: 1, merchant: MerchantID(rawValue: "shop"),
            dialect: DialectID(rawValue: "fake"),
            beneficiary: Beneficiary(bank: "004", account: "1234567890", name: "SOMCHAI J"), transfer: baht(satang),
            fee: baht(fee), vat: baht(vat), remark: "", created: noon, echo: [])
    }
}
