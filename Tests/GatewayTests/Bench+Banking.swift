import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import Testing

/// Short ways to deposits, statements and payouts.
extension Bench {
    var book: PayoutBook { PayoutBook(of: bank) }

    func shop(_ id: MerchantID = .shop) throws -> Merchant { try #require(directory.merchant(id)) }

    func deposit(
        _ satang: Int64 = 100_000, payers: [String] = [], reference: String? = nil, until: Int64? = 600,
        exclusive: Bool = false, among amounts: Int64 = 3, lasts: Int64 = 900, order: ID<Order>? = nil,
        names: [Alias]? = nil, account: Int64 = 1, of merchant: MerchantID = .shop, from: Instant? = nil
    ) async throws -> Payment {
        let now = clock.now()
        let shop = try shop(merchant)
        return try await gateway.openDeposit(
            DepositCommand(
                merchant: shop, dialect: FakeDialect.id, account: try #require(shop.collectionAccount(account)),
                amounts: (0..<amounts).map { baht(satang + $0) }, expires: now.adding(seconds: lasts),
                expectation: Expectation(
                    payers: payers, from: from ?? now, until: until.map { now.adding(seconds: $0) },
                    reference: reference,
                    isExclusive: exclusive),
                order: order, names: names ?? [newReference(of: merchant)], echo: [7])
        ).payment
    }

    /// Lets so many seconds pass, and more: deposits whose time that was lapse.
    func lapse(after seconds: Int64) async throws {
        clock.advance(seconds: seconds + 1)
        try await gateway.runDue()
    }

    func credit(
        _ key: String, _ satang: Int64 = 100_000, at instant: Instant? = nil, from payer: String? = nil
    ) -> BankCredit {
        BankCredit(
            key: key, amount: baht(satang), creditedAt: instant ?? clock.now(), payerBank: "014", payerAccount: payer,
            payerName: nil, description: "โอนเงิน", reference: key)
    }

    /// The line that a statement shows under the bank's own reference.
    func shown(_ reference: String, _ satang: Int64 = 100_000) -> BankCredit {
        let key = BankCredit.key(reference, on: CivilDay(bangkok: clock.now()), baht(satang))
        return BankCredit(key: key, amount: baht(satang), creditedAt: clock.now(), reference: reference)
    }

    @discardableResult
    func read(_ credits: BankCredit..., account: Int64 = 1, of merchant: MerchantID = .shop) async throws
        -> ImportSummary
    {
        try await gateway.importLines(credits, of: merchant, account: account)
    }

    /// Gives the shop so much to pay out from.
    func fund(_ satang: Int64, of merchant: MerchantID = .shop) async throws {
        var merchant = try shop(merchant)
        let settings = merchant.dialects
        merchant.dialects[FakeDialect.id.rawValue]?.depositFees = nil
        try await put(merchant)
        let key = newReference().value
        try await read(credit("fund \(key)", satang), of: merchant.id)
        for line in try await lines() where line.credit.key == "fund \(key)" {
            _ = try await gateway.redeem(line.number, of: merchant.id, dialect: FakeDialect.id)
        }
        merchant.dialects = settings
        try await put(merchant)
    }

    func payoutCommand(
        _ satang: Int64 = 100_000, isFeeIncluded: Bool = false, names: [Alias]? = nil, by merchant: MerchantID = .shop
    ) throws -> PayoutCommand {
        PayoutCommand(
            merchant: try shop(merchant), dialect: FakeDialect.id,
            beneficiary: Beneficiary(bank: "014", account: "9876543210", name: "SOMYING K"), amount: baht(satang),
            isFeeIncluded: isFeeIncluded, remark: "salary", names: names ?? [newReference(of: merchant)], echo: [9])
    }

    func lines() async throws -> [StatementLine] {
        try await store.read { reader in
            var lines: [StatementLine] = []
            try reader.forEachLine { lines.append($0) }
            return lines
        }
    }

    func payouts() async throws -> [Payout] {
        try await store.read { reader in
            var payouts: [Payout] = []
            try reader.forEachPayout { payouts.append($0) }
            return payouts
        }
    }

    func payout(_ id: ID<Payout>) async throws -> Payout {
        try await gateway.payout(id, of: .shop, dialect: FakeDialect.id)
    }

    /// What the merchant was told about a subject, oldest first.
    func told(of subject: Subject) async throws -> [String] {
        try await store.read { try $0.notices(limit: 10_000) }.map(\.notice)
            .filter { $0.subject == subject.key }.reversed().map { String(decoding: $0.body, as: UTF8.self) }
    }

    /// Expects the bank's book of payouts to say what the gateway's says, and each to have left once at most.
    func expectPayoutsAgree(_ name: String) async throws {
        let entries = try await book.entries()
        let ours = try await payouts()
        #expect(Set(entries.map(\.payout)).isSubset(of: Set(ours.map(\.id))), "\(name)")
        for payout in ours {
            let entry = entries.first { $0.payout == payout.id }
            switch payout.state {
            case .succeeded:
                #expect(entry.map(\.hasLeft) == true, "\(name): \(payout.id)")
                #expect(entry?.amount == payout.transfer && entry?.beneficiary == payout.beneficiary)
            case .failed: #expect(entry.map(\.hasLeft) == false, "\(name): \(payout.id)")
            case .pending, .queued: Issue.record("\(name): \(payout.id) has no outcome")
            }
        }
    }
}

extension PayoutBook.Entry {
    /// Whether the money has gone, once everything that ends by itself has ended.
    var hasLeft: Bool { outcome == nil || outcome == .succeeded }
}
