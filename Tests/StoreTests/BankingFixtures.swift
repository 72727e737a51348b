import Money
import Payments
import Store

func line(
    _ number: UInt64 = 1, key: String? = nil, version: Int64 = 1, account: Int64 = 1, satang: Int64 = 100_000,
    at second: Int64 = 0, use: StatementLine.Use = .unmatched, by assignment: Assignment? = nil,
    of merchant: MerchantID = .shop
) -> StatementLine {
    StatementLine(
        id: id(number), version: version, merchant: merchant, account: account, number: Int64(number),
        credit: BankCredit(key: key ?? "k\(number)", amount: baht(satang), creditedAt: .after(second)), use: use,
        assignment: assignment, imported: .after(5))
}

func payout(
    _ number: UInt64 = 1, version: Int64 = 1, state: PayoutState = .pending, failure: String? = nil,
    ended: Instant? = nil
) -> Payout {
    Payout(
        id: id(number), version: version, merchant: .shop, dialect: .fake,
        beneficiary: Beneficiary(bank: "014", account: "0987654321", name: "สมหญิง ก"), transfer: baht(100_000),
        fee: baht(1_500), vat: baht(105), remark: "เงินเดือน", state: state, failure: failure, created: .start,
        ended: ended, echo: [0, 255])
}

func deposit(
    _ number: UInt64 = 1, satang: Int64 = 100_000, until: Int64? = 600, exclusive: Bool = false, account: Int64 = 1,
    state: PaymentState = .presented
) -> Payment {
    Payment(
        id: id(number), version: 1, merchant: .shop, dialect: .fake, acceptor: "\(account)", amount: baht(satang),
        state: state, method: .push(Invitation(id: id(number), scheme: .promptPay, form: .qr, expires: .after(900))),
        created: .start,
        expectation: Expectation(
            payers: ["1112223334", "X434783"], from: .start, until: until.map { .after($0) },
            isExclusive: exclusive), echo: [])
}

let counter = CounterName(Alias.Kind(rawValue: "deposit"), dialect: .fake, merchant: .shop)

func nonce(_ value: String = "1700000000", expires second: Int64 = 240, of merchant: MerchantID = .shop) -> Nonce {
    Nonce(value, dialect: .fake, merchant: merchant, expires: .after(second))
}

func onceNotice(_ number: UInt64) -> Notice {
    Notice(
        id: id(number), merchant: .shop, dialect: .fake, subject: "payout:1", event: "payoutSucceeded",
        url: "https://shop.example/notify", body: [0x7B, 0x7D], isOnce: true, created: .start)
}
