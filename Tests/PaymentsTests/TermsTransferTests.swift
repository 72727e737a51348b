import Ledger
import Money
import Payments
import TestSupport
import Testing

/// How terms move money: in which currency, and who keeps the fee.
@Suite struct TermsTransferTests {
    @Test func `a converted payment is owed in one currency and charged in the other`() throws {
        let authorizing = try payment(.authorizing).with(converted(33))
        #expect(
            try authorizing.approved(code: "1", at: noon).transfers.map(line) == [
                "hold: hold, fx:house:THB > unsettled:shop:THB, 1100",
                "hold.exchange: hold, clearing:card:USD > fx:house:USD, 33",
            ])
        let capturing = try payment(.capturing, captured: baht(400)).with(converted(33))
        #expect(
            try capturing.captureConfirmed().transfers.map(line) == [
                "capture: post of hold 1100, fx:house:THB > unsettled:shop:THB, 400",
                "capture.exchange: post of hold.exchange 33, clearing:card:USD > fx:house:USD, 12",
            ])
        let voiding = try payment(.voiding).with(converted(33))
        #expect(
            try voiding.voidConfirmed().transfers.map(line) == [
                "void: release of hold 1100, fx:house:THB > unsettled:shop:THB, 1100",
                "void.exchange: release of hold.exchange 33, clearing:card:USD > fx:house:USD, 33",
            ])
    }

    @Test func `the card is charged its own currency, or the amount with the fee`() throws {
        #expect(try payment(.authorized).with(converted(33)).charged == Money(minorUnits: 33, .USD))
        #expect(try payment(.authorized, baht(1_000)).with(surcharged()).charged == baht(1_268))
        #expect(try payment(.authorized).charged == baht(1_100))
    }

    @Test func `a convenience fee goes to the house and its tax to the revenue`() throws {
        let authorizing = try payment(.authorizing, baht(1_000)).with(surcharged())
        #expect(
            try authorizing.approved(code: "1", at: noon).transfers.map(line) == [
                "hold: hold, clearing:card:THB > unsettled:shop:THB, 1000",
                "hold.surcharge: hold, clearing:card:THB > fees:house:THB, 250",
                "hold.tax: hold, clearing:card:THB > vat:house:THB, 18",
            ])
        let capturing = try payment(.capturing, baht(1_000)).with(surcharged())
        #expect(
            try capturing.captureConfirmed().transfers.map(line) == [
                "capture: post of hold 1000, clearing:card:THB > unsettled:shop:THB, 1000",
                "capture.surcharge: post of hold.surcharge 250, clearing:card:THB > fees:house:THB, 250",
                "capture.tax: post of hold.tax 18, clearing:card:THB > vat:house:THB, 18",
            ])
    }

    @Test func `with a fee only the whole is captured`() throws {
        let authorized = try payment(.authorized, baht(1_000)).with(surcharged())
        #expect(throws: PaymentFault.wholeOnly) { try authorized.captureRequested(baht(999), at: noon) }
        #expect(try authorized.captureRequested(baht(1_000), at: noon).payment.captured == baht(1_000))
    }

    @Test func `a part that is worth nothing in the card's currency is not captured`() throws {
        let authorized = try payment(.authorized).with(converted(3))
        #expect(throws: PaymentFault.amountNotPositive) { try authorized.captureRequested(baht(100), at: noon) }
        #expect(try authorized.captureRequested(baht(200), at: noon).payment.captured == baht(200))
    }

    @Test(arguments: [(Int64?.none, Int64(28)), (.some(30_000), 60), (.some(0), 28)])
    func `interest that the merchant bears is charged with the discount`(rate: Int64?, fee: Int64) throws {
        let step = try payment(.captured).with(instalment(.merchant, rate: rate)).settled(fees: sampleFees, rate: .one)
        #expect(step.payment.settlement?.fee == baht(fee))
    }

    /// Any capture, any refunds until all is given back, in two currencies.
    @Test func `whatever is captured and refunded, both currencies come out at nothing`() throws {
        for seed in UInt64(1)...300 {
            var random = SplitMix64(seed: seed)
            let run = try Life(&random)
            #expect(run.isSound, "seed \(seed)")
            #expect(run.given == run.taken, "seed \(seed): \(run.given) of \(run.taken) units")
            #expect(run.books.total(in: .THB) == 0 && run.books.total(in: run.currency) == 0, "seed \(seed)")
            for account in [run.payment.clearingAccount, run.position(.THB), run.position(run.currency)] {
                #expect(run.books.balance(of: account) == Balance(), "seed \(seed): \(account.key)")
            }
        }
    }

    /// A converted payment from its approval to its last refund, in books of its own.
    struct Life {
        let payment: Payment
        let currency: Currency
        var books = Books()
        var refunds: [Refund] = []
        /// Whether every transfer was applied, and no refund took more than its share.
        var isSound = true

        var taken: Int64 { (try? payment.charged(for: payment.captured ?? payment.amount).minorUnits) ?? -1 }
        var given: Int64 { refunds.filter(\.stands).reduce(0) { $0 + ($1.converted?.minorUnits ?? 0) } }

        func position(_ currency: Currency) -> Account { Account(kind: .fx, owner: "house", currency: currency) }

        init(_ random: inout SplitMix64) throws {
            let amount = Int64.random(in: 1...(Bool.random(using: &random) ? 2_000 : 50_000_000), using: &random)
            let currency = [Currency.USD, .JPY, .KWD].randomElement(using: &random) ?? .USD
            self.currency = currency
            let units = Int64.random(in: 1...max(1, amount / 3), using: &random)
            let authorizing = try PaymentsTests.payment(.authorizing, baht(amount)).with(converted(units, currency))
            var steps = [try authorizing.approved(code: "1", at: noon)]
            let part = Int64.random(in: 1...amount, using: &random)
            // A part that is worth nothing is not taken: then the whole is.
            let inPart = try? steps[0].payment.captureRequested(baht(part), at: noon)
            let capturing = try inPart ?? steps[0].payment.captureRequested(baht(amount), at: noon)
            steps.append(capturing)
            steps.append(try capturing.payment.captureConfirmed())
            let settled = try steps[2].payment.settled(fees: sampleFees, rate: .one)
            steps.append(settled)
            payment = settled.payment
            for step in steps { apply(step.transfers) }
            try refundAll(&random)
        }

        private mutating func apply(_ transfers: [Transfer]) {
            for transfer in transfers where transfer.shapeFault() != nil || books.apply(transfer) != .applied {
                isSound = false
            }
        }

        private mutating func refundAll(_ random: inout SplitMix64) throws {
            while case let left = try payment.refundable(after: refunds).minorUnits, left > 0 {
                let most = refunds.count < 30 ? max(1, left / Int64.random(in: 1...5, using: &random)) : left
                let amount = Int64.random(in: 1...most, using: &random)
                let spendable = Int64.random(in: 0...amount, using: &random)
                let asked = (try? payment.refund(amount, after: refunds, spendable: spendable))
                let step = try asked ?? payment.refund(left, after: refunds, spendable: spendable)
                apply(step.transfers)
                if Int.random(in: 0..<5, using: &random) == 0 {
                    let refused = try payment.refundRefused(step.refund, code: "05")
                    apply(refused.transfers)
                    refunds.append(refused.refund)
                } else {
                    let sent = try payment.refundConfirmed(step.refund).refund
                    let completed = try payment.refundCompleted(sent)
                    apply(completed.transfers)
                    if completed.refund.converted.map(\.isNegative) ?? true { isSound = false }
                    refunds.append(completed.refund)
                }
            }
        }
    }
}
