import Ledger
import Money
import Payments
import Testing

@Suite struct RepaymentTests {
    private let available = Account(kind: .available, owner: "shop", currency: .THB)
    private let receivable = Account(kind: .receivable, owner: "shop", currency: .THB)
    private let elsewhere = Account(kind: .unsettled, owner: "shop", currency: .THB)

    private func move(
        _ from: Account, _ to: Account, _ units: Int64, _ kind: Transfer.Kind = .single, id: String = "t"
    ) -> Transfer {
        Transfer(id: id, debit: from, credit: to, amount: Money(minorUnits: units, .THB), kind: kind)
    }

    private func repayment(
        _ transfers: [Transfer], available: Balance = Balance(), owed: Int64
    ) throws -> Repayment {
        let owner = try #require(Repayment.concerned(by: transfers).first)
        return Repayment.after(
            transfers, Funds(merchant: owner, available: available, receivable: Balance(posted: -owed)))
    }

    @Test(
        arguments: [
            (0, 100, nil, false), (40, 100, 40, false), (100, 100, 100, false), (250, 100, 100, true),
        ] as [(Int64, Int64, Int64?, Bool)])
    func `what becomes available pays what is owed`(owed: Int64, comes: Int64, pays: Int64?, leaves: Bool) throws {
        let repayment = try repayment([move(elsewhere, available, comes)], owed: owed)
        #expect(repayment.transfer?.amount.minorUnits == pays && repayment.leavesDebt == leaves)
        #expect(pays == nil || repayment.transfer?.debit == available && repayment.transfer?.credit == receivable)
        #expect(pays == nil || repayment.transfer?.id == "t.repay")
    }

    @Test func `so does what was held and is freed, and what was there when the debt was made`() throws {
        let freed = move(available, elsewhere, 70, .release(of: Hold(id: "h", amount: Money(minorUnits: 70, .THB))))
        let ofFreed = try repayment([freed], available: Balance(posted: 70, held: 70), owed: 50)
        #expect(ofFreed.transfer?.amount.minorUnits == 50)
        let owing = move(receivable, elsewhere, 70, .post(of: Hold(id: "h", amount: Money(minorUnits: 70, .THB))))
        let ofOwing = try repayment([owing], available: Balance(posted: 30), owed: 0)
        #expect(ofOwing.transfer?.amount.minorUnits == 30 && ofOwing.leavesDebt)
    }

    @Test func `all movements of one commit are paid from once`() throws {
        let transfers = [move(elsewhere, available, 30, id: "a"), move(elsewhere, available, 40, id: "b")]
        #expect(Repayment.concerned(by: transfers).count == 1)
        let repayment = try repayment(transfers, owed: 60)
        #expect(repayment.transfer?.id == "a.repay" && repayment.transfer?.amount.minorUnits == 60)
    }

    @Test func `what only sets aside, or leaves, concerns no debt`() {
        let hold = Hold(id: "h", amount: Money(minorUnits: 5, .THB))
        let others = [
            move(available, elsewhere, 5, .hold), move(available, elsewhere, 5, .post(of: hold)),
            move(receivable, elsewhere, 5, .hold), move(receivable, elsewhere, 5, .release(of: hold)),
            move(available, receivable, 5), move(elsewhere, Account(kind: .fees, owner: "house", currency: .THB), 5),
        ]
        #expect(Repayment.concerned(by: others).isEmpty)
    }

    @Test func `only a transfer from available to the same merchant's receivable is a repayment`() {
        #expect(Repayment.cause(of: move(available, receivable, 5, id: "x.settle.repay")) == "x.settle")
        #expect(Repayment.cause(of: move(available, receivable, 5, id: "x.settle")) == nil)
        #expect(Repayment.cause(of: move(elsewhere, receivable, 5, id: "x.settle.repay")) == nil)
        let another = Account(kind: .receivable, owner: "rival", currency: .THB)
        #expect(Repayment.cause(of: move(available, another, 5, id: "x.settle.repay")) == nil)
    }
}
