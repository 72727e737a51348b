import Ledger
import Money
import Payments
import TestSupport
import Testing

/// The shares of fee and tax that go back with partial refunds.
@Suite struct RefundShareTests {
    /// A settled payment and the refunds that give it all back, some refused in between.
    struct Run: Sendable {
        let payment: Payment
        var refunds: [Refund] = []
        var steps: [RefundStep] = []

        init(seed: UInt64) throws {
            var random = SplitMix64(seed: seed)
            let rates: [Int64] = [0, 9_000, 16_500, 25_000, 36_500, 120_000]
            let fees = FeePlan(
                discount: Rate(partsPerMillion: rates.randomElement(using: &random)!),
                vat: Rate(partsPerMillion: [0, 70_000, 100_000].randomElement(using: &random)!))
            let gross = Int64.random(in: 1...(Bool.random(using: &random) ? 1_000 : 9_999_999), using: &random)
            payment = try settled(baht(gross), fees)
            while case let left = try payment.refundable(after: refunds).minorUnits, left > 0 {
                let most = refunds.count < 40 ? max(1, left / Int64.random(in: 1...9, using: &random)) : left
                let amount = Int64.random(in: 1...most, using: &random)
                let step = try payment.refund(
                    amount, after: refunds, spendable: Int64.random(in: 0...2 * amount, using: &random))
                steps.append(step)
                let isRefused = Int.random(in: 0..<5, using: &random) == 0
                refunds.append(
                    try isRefused
                        ? payment.refundRefused(step.refund, code: "05").refund
                        : payment.refundConfirmed(step.refund).refund)
            }
        }

        var standing: [Refund] { refunds.filter(\.stands) }
    }

    static let seeds = Array(UInt64(1)...400)

    @Test func `partial refunds that give everything back give back the whole fee and tax`() throws {
        for seed in Self.seeds {
            let run = try Run(seed: seed)
            let settlement = try #require(run.payment.settlement)
            let fee = run.standing.reduce(0) { $0 + $1.fee.minorUnits }
            let vat = run.standing.reduce(0) { $0 + $1.vat.minorUnits }
            let rest = run.standing.reduce(0) { $0 + $1.fromAvailable.minorUnits + $1.fromReceivable.minorUnits }
            let isWhole = fee == settlement.fee.minorUnits && vat == settlement.vat.minorUnits
            #expect(isWhole && rest == settlement.net.minorUnits, "seed \(seed)")
        }
    }

    @Test func `the parts of every refund add up to its amount`() throws {
        for seed in Self.seeds {
            for refund in try Run(seed: seed).refunds {
                let parts = [refund.fee, refund.vat, refund.fromAvailable, refund.fromReceivable]
                #expect(parts.reduce(0) { $0 + $1.minorUnits } == refund.amount.minorUnits, "seed \(seed)")
            }
        }
    }

    @Test func `no part of any refund is below zero`() throws {
        for seed in Self.seeds {
            for refund in try Run(seed: seed).refunds {
                let parts = [refund.fee, refund.vat, refund.fromAvailable, refund.fromReceivable]
                #expect(parts.allSatisfy { !$0.isNegative }, "seed \(seed): \(parts) of \(refund.amount)")
            }
        }
    }

    /// 3.60 baht at 2.5 % cost 9 satang and 1 of tax. Both halves round at the same place, so that the next satang
    /// would carry one of each.
    @Test func `a refund of one satang never carries more than itself`() throws {
        let payment = try settled(baht(360))
        let half = try payment.refundConfirmed(payment.refund(180).refund).refund
        let step = try payment.refund(1, after: [half])
        #expect(step.refund.fee.minorUnits + step.refund.vat.minorUnits <= 1)
        #expect(!step.refund.fromAvailable.isNegative)
        for transfer in step.transfers { #expect(transfer.shapeFault() == nil, "\(transfer)") }
    }

    @Test func `every satang of a payment can be refunded one by one, in well-formed transfers`() throws {
        for gross in [Int64(40), 320, 360, 1_100] {
            let payment = try settled(baht(gross))
            var refunds: [Refund] = []
            var malformed: [String] = []
            for _ in 0..<gross {
                let step = try payment.refund(1, after: refunds)
                malformed += step.transfers.filter { $0.shapeFault() != nil }.map(line)
                refunds.append(try payment.refundConfirmed(step.refund).refund)
            }
            #expect(malformed.isEmpty, "of \(gross) satang")
        }
    }

    @Test func `what has been given back follows what is left`() throws {
        let payment = try settled(baht(1_000_000))
        // A quarter of the tax, 4.375 baht, ends on half a satang.
        let quarter = try payment.refund(250_000).refund
        #expect(quarter.fee == baht(6_250) && quarter.vat == baht(438))
        let sent = try payment.refundConfirmed(quarter).refund
        #expect(try payment.refund(750_000, after: [sent]).refund.fee == baht(18_750))
    }

    @Test func `MDR and VAT go back each in proportion, half to even`() throws {
        // 200.50 baht cost 5.01 of MDR and 0.35 of VAT.
        let payment = try settled(baht(20_050))
        let first = try payment.refundConfirmed(payment.refund(5_025).refund).refund
        #expect(first.fee == baht(126) && first.vat == baht(9))
        // 3.7544 of 5.01 and 0.2623 of 0.35 for both.
        let second = try payment.refundConfirmed(payment.refund(10_000, after: [first]).refund).refund
        #expect(second.fee == baht(375 - 126) && second.vat == baht(26 - 9))
        let last = try payment.refund(5_025, after: [first, second]).refund
        #expect(last.fee == baht(501 - 375) && last.vat == baht(35 - 26))
        // 0.25 of MDR, half of which is 0.125.
        #expect(try settled(baht(1_000)).refund(500).refund.fee == baht(12))
    }

    @Test func `a first refund's parts are in proportion to the half satang, unless it is smaller than both`() throws {
        for seed in Self.seeds {
            let run = try Run(seed: seed)
            let settlement = try #require(run.payment.settlement)
            let gross = settlement.gross.minorUnits
            let refund = try #require(run.refunds.first)
            let part = refund.amount.minorUnits
            func isNear(_ share: Money, _ whole: Money) -> Bool {
                (2 * (share.minorUnits * gross - whole.minorUnits * part)).magnitude <= gross.magnitude
            }
            #expect(isNear(refund.fee, settlement.fee), "seed \(seed)")
            #expect(isNear(refund.vat, settlement.vat) || refund.fee.minorUnits + refund.vat.minorUnits == part)
        }
    }

    /// Half of the amount is fee and half is tax.
    @Test func `an amount of which nothing is left goes back whole`() throws {
        let fees = FeePlan(discount: Rate(partsPerMillion: 500_000), vat: Rate(partsPerMillion: 1_000_000))
        let payment = try settled(baht(10), fees)
        var refunds: [Refund] = []
        for _ in 0..<10 { refunds.append(try payment.refundConfirmed(payment.refund(1, after: refunds).refund).refund) }
        #expect(refunds.reduce(0) { $0 + $1.fee.minorUnits } == 5)
        #expect(refunds.reduce(0) { $0 + $1.vat.minorUnits } == 5)
    }
}
