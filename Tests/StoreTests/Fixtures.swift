import Ledger
import Money
import Payments
import Store

extension Instant {
    /// 2026-01-31 12:00:00 in Bangkok.
    static let start = Instant(microseconds: 1_769_835_600_000_000)

    static func after(_ seconds: Int64) -> Instant { start.adding(seconds: seconds) }
}

extension ProcessID {
    static let me = ProcessID(rawValue: "me")
    static let other = ProcessID(rawValue: "other")
}

extension MerchantID {
    static let shop = MerchantID(rawValue: "shop")
    static let stall = MerchantID(rawValue: "stall")
}

extension DialectID {
    static let fake = DialectID(rawValue: "fake")
}

func baht(_ satang: Int64) -> Money { Money(minorUnits: satang, .THB) }

func id<Entity>(_ number: UInt64, at instant: Instant = .start) -> ID<Entity> {
    ID(at: instant, random: (0, number))
}

let face = CardFace(id: id(77), brand: .visa, masked: "441770*****5830", issuer: "ธนาคารกสิกรไทย")
let plainFace = CardFace(id: id(78), brand: .jcb, masked: "356458*****0476", issuer: nil)
let expiry = CardExpiry(year: 2030, month: 12)!

func payment(
    _ number: UInt64 = 1, version: Int64 = 1, state: PaymentState = .authorizing, amount: Money = baht(1100)
) -> Payment {
    Payment(
        id: id(number), version: version, merchant: .shop, dialect: .fake, acceptor: "401", amount: amount,
        state: state, method: .card(plainFace), created: .start, echo: [])
}

/// A payment with everything that one can have.
func fullPayment(_ number: UInt64 = 2, version: Int64 = 1) throws -> Payment {
    Payment(
        id: id(number), version: version, merchant: .shop, dialect: .fake, acceptor: "401",
        amount: Money(minorUnits: 12_345, .USD), state: .settled, method: .card(face), created: .after(-86_400),
        authentication: Authentication(eci: "05", xid: "xid", cavv: "cavv", directoryServerID: "uuid"),
        approvalCode: "012345", failureCode: "91", captured: Money(minorUnits: 12_000, .USD),
        capturedAt: .after(3_600),
        settlement: Settlement(
            gross: Money(minorUnits: 12_000, .USD), fee: Money(minorUnits: 300, .USD),
            vat: Money(minorUnits: 21, .USD), net: Money(minorUnits: 11_679, .USD),
            rate: try ExchangeRate(parsing: "33.56"), at: .after(12 * 3600)),
        usage: DailyUsage(day: CivilDay(number: 20_484), baht: baht(414_298)), echo: [0, 1, 255])
}

func refund(_ number: UInt64 = 1, version: Int64 = 1, state: RefundState = .requested) -> Refund {
    Refund(
        id: id(number), version: version, payment: id(1), amount: baht(1100), fee: baht(28), vat: baht(2),
        fromAvailable: baht(1000), fromReceivable: baht(70), state: state, reason: "changed their mind",
        errorCode: state == .refused ? "OBVAL" : nil, created: .start,
        completed: state == .completed ? .after(60) : nil)
}

func token(
    _ number: UInt8 = 1, madeAt instant: Instant = .start, terms: CardToken.Terms = CardToken.Terms(),
    code: [UInt8]? = [9, 9]
) -> CardToken {
    CardToken(
        key: tokenKey(number, madeAt: instant), merchant: .shop, card: face, expiry: expiry, sealedCard: [1, 2, 3],
        sealedCode: code, terms: terms, expires: instant.adding(seconds: CardToken.lifetimeSeconds))
}

func tokenKey(_ number: UInt8 = 1, madeAt instant: Instant = .start) -> [UInt8] {
    CardToken.keyPrefix(instant) + Array(repeating: number, count: 16)
}

func challenge(_ number: UInt8 = 1, of payment: ID<Payment> = id(1), expires: Instant = .after(900)) -> Challenge {
    Challenge(
        key: tokenKey(number), payment: payment, sealedCard: [1], sealedCode: [2], sealedReturn: [3], expiry: expiry,
        expires: expires)
}

func alias(_ value: String, kind: String = "reference", _ merchant: MerchantID = .shop) -> Alias {
    Alias(Alias.Kind(rawValue: kind), value, dialect: .fake, merchant: merchant)
}

func notice(
    _ number: UInt64, about subject: String = "payment:1", at instant: Instant = .start,
    of merchant: MerchantID = .shop
) -> Notice {
    Notice(
        id: id(number, at: instant), merchant: merchant, dialect: .fake, subject: subject, event: "authorized",
        url: "https://shop.example/notify", body: [0x7B, 0x7D], created: instant)
}

func record(
    _ key: UInt8 = 1, response: [UInt8]? = nil, expires: Instant = .after(86_400)
) -> IdempotencyRecord {
    IdempotencyRecord(key: [key], request: [7], subject: .payment(id(1)), response: response, expires: expires)
}
