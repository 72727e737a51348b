import Ledger
import Money
import TestSupport
import Testing

/// Tries transfers of every combination of fields, asks the naive ledger for all the faults each has at once, and
/// expects the books to tell the first; then checks that every two faults that can meet did meet.
@Suite struct PrecedenceTests {
    private static let suspense = account(.suspense, "kbank")

    /// Leaves the wallet with 20 to spend and the clearing account as full as an Int64 can be.
    private static let history = [
        transfer("fund", .single, 110, from: bank, to: wallet),
        transfer("spent", .single, 60),
        transfer("open", .hold, 10),
        transfer("posted", .hold, 10), transfer("post", .post(of: hold("posted", 10)), 10),
        transfer("released", .hold, 10), transfer("release", .release(of: hold("released", 10)), 10),
        transfer("late", .hold, 10, to: clearing),
        transfer("late posted", .hold, 10, from: bank, to: clearing),
        transfer("late post", .post(of: hold("late posted", 10)), 10, from: bank, to: clearing),
        transfer("late released", .hold, 10, from: bank, to: clearing),
        transfer("late release", .release(of: hold("late released", 10)), 10, from: bank, to: clearing),
        transfer("late spent", .single, 10, from: bank, to: clearing),
        transfer("huge", .single, .max - 20, from: suspense, to: clearing),
    ]

    private static let kinds: [Transfer.Kind] = {
        let ids = ["none", "spent", "open", "posted", "released", "late", "late posted", "late released"]
        let amounts = [baht(10), baht(60), baht(-10), Money(minorUnits: 10, .USD)]
        let named = ids.flatMap { id in amounts.map { Hold(id: id, amount: $0) } }
        return [.single, .hold] + named.map { .post(of: $0) } + named.map { .release(of: $0) }
    }()

    /// Faults that are never told in place of the ones listed, because no transfer has both, or not without one
    /// that is told before both of them.
    private static let neverMeet: [TransferResult: Set<TransferResult>] = [
        // What is stored was well shaped, so a transfer of bad shape differs from it.
        .amountMustBePositive: [.exists, .insufficientFunds],
        .accountsMustDiffer: [.exists],
        .currenciesMustMatch: [.exists],
        // Only single transfers and holds need funds.
        .exceedsHold: [.releaseMustBeWhole, .exists, .insufficientFunds],
        .releaseMustBeWhole: [.exists, .insufficientFunds],
        // A resolution of the same kind as the stored one names the same hold, which was found then. A release of
        // another amount is not whole.
        .existsWithDifferentKind: [.exists],
        .existsWithDifferentAccounts: [.exists, .holdNotFound, .holdIsNotPending, .holdHasDifferentAmount],
        .existsWithDifferentAmount: [
            .exists, .holdNotFound, .holdIsNotPending, .holdHasDifferentAccounts, .holdHasDifferentAmount,
            .holdAlreadyReleased,
        ],
        .exists: [.holdNotFound, .holdIsNotPending, .holdHasDifferentAccounts, .holdHasDifferentAmount],
        .holdNotFound: [
            .holdIsNotPending, .holdHasDifferentAccounts, .holdHasDifferentAmount, .holdAlreadyPosted,
            .holdAlreadyReleased, .insufficientFunds,
        ],
        .holdIsNotPending: [.holdAlreadyPosted, .holdAlreadyReleased, .insufficientFunds],
        .holdHasDifferentAccounts: [.insufficientFunds],
        .holdHasDifferentAmount: [.insufficientFunds],
        .holdAlreadyPosted: [.holdAlreadyReleased, .insufficientFunds],
        .holdAlreadyReleased: [.insufficientFunds],
    ]

    private static var pairsThatMeet: Set<[TransferResult]> {
        let faults = TransferResult.allCases.filter { $0 != .applied }
        var pairs: Set<[TransferResult]> = []
        for (index, first) in faults.enumerated() {
            for second in faults[(index + 1)...] where neverMeet[first]?.contains(second) != true {
                pairs.insert([first, second])
            }
        }
        return pairs
    }

    private static func forEachTransfer(_ body: (Transfer) -> Void) {
        let credits = [available, clearing, wallet, account(.bank, "kbank", .USD)]
        for id in ["new", "spent", "open", "post", "release", "late spent", "late post"] {
            for kind in kinds {
                for debit in [wallet, bank, clearing] {
                    for credit in credits {
                        for amount in [0, -1, 5, 10, 11, 60, Int64.max] {
                            body(transfer(id, kind, amount, from: debit, to: credit))
                        }
                    }
                }
            }
        }
    }

    @Test func `of two faults the one declared first is told, for every two that can meet`() {
        var books = Books()
        var naive = NaiveLedger()
        for transfer in Self.history {
            #expect(books.apply(transfer) == .applied, "\(transfer.id)")
            #expect(naive.apply(transfer) == .applied)
        }
        var met: Set<[TransferResult]> = []
        Self.forEachTransfer { transfer in
            var copy = books
            let result = copy.apply(transfer)
            let faults = TransferResult.allCases.filter(naive.faults(of: transfer).contains)
            if result != faults.first ?? .applied { Issue.record("\(transfer) has \(faults) but is \(result)") }
            for fault in faults.dropFirst() { met.insert([result, fault]) }
        }
        #expect(met == Self.pairsThatMeet)
    }

    @Test func `results are declared in order of precedence`() {
        #expect(TransferResult.allCases == NaiveLedger.precedence)
    }
}
