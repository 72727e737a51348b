import Money
import Payments

/// What a line says of the payer and the payment, in whatever format, and how much of it is kept.
struct CreditParts {
    var payerBank: String?
    var payerAccount: String?
    var payerName: String?
    var description = ""
    var reference: String?

    func credit(key: String, amount: Money, _ time: BookingTime) -> BankCredit {
        BankCredit(
            key: key, amount: amount, creditedAt: time.at, creditedUntil: time.until,
            payerBank: payerBank.flatMap { ThaiBank.named($0)?.code },
            payerAccount: payerAccount?.tidied(atMost: 34), payerName: payerName?.tidied(atMost: 255),
            description: description.tidied(atMost: 1_024) ?? "", reference: reference?.tidied(atMost: 128))
    }
}

extension Money {
    /// An amount of digits and a point, without a sign. Throws `Unreadable`.
    static func stated(_ text: String, in currency: Currency) throws(Unreadable) -> Money {
        guard let first = text.utf8.first, first != UInt8(ascii: "."),
            text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") })
        else { throw Unreadable(text.isEmpty ? "the amount is missing" : "“\(text.shown)” is no amount") }
        let money: Money
        do {
            money = try Money(parsing: text, in: currency)
        } catch {
            switch error {
            case .tooManyDecimals: throw Unreadable("“\(text.shown)” has more decimals than \(currency.rawValue) has")
            case .outOfRange: throw Unreadable("“\(text.shown)” is larger than any amount that is kept")
            default: throw Unreadable("“\(text.shown)” is no amount")
            }
        }
        guard money.minorUnits <= BankCredit.mostMinorUnits else {
            throw Unreadable("“\(text.shown)” is larger than any amount that is kept")
        }
        guard money.isPositive else { throw Unreadable("the amount is zero") }
        return money
    }
}
