import Ledger
import Money

/// A credit as the bank reports it.
public struct BankCredit: Sendable, Hashable, Codable {
    /// What tells the line apart from every other of its account: a reference of the bank's, or a digest of the line.
    public let key: String
    public let amount: Money
    /// When the bank credited it, or where it tells the day alone, the beginning of the time in which it did.
    public let creditedAt: Instant
    /// The end of that time, itself included, at most `longestSpan` later; nil where the moment is known.
    public internal(set) var creditedUntil: Instant?
    /// Thai bank code of the payer's bank.
    public let payerBank: String?
    /// The payer's account: its digits, or a masked tail such as `X434783`. Nil where no digit of it is shown.
    public let payerAccount: String?
    public let payerName: String?
    public let description: String
    /// The bank's own reference.
    public let reference: String?

    public init(
        key: String, amount: Money, creditedAt: Instant, creditedUntil: Instant? = nil, payerBank: String? = nil,
        payerAccount: String? = nil,
        payerName: String? = nil, description: String = "", reference: String? = nil
    ) {
        self.key = key
        self.amount = amount
        self.creditedAt = creditedAt
        self.creditedUntil = creditedUntil.map {
            max(creditedAt, min($0, creditedAt.adding(seconds: Self.longestSpan)))
        }
        self.payerBank = payerBank
        self.payerAccount = payerAccount.flatMap { MaskedAccount.showsDigit($0) ? $0 : nil }
        self.payerName = payerName
        self.description = description
        self.reference = reference
    }
}

extension BankCredit {
    /// How long the time may be in which a line was credited: a day, in seconds.
    public static let longestSpan: Int64 = 86_400

    /// The last moment at which it may have been credited. A time without a fraction is told to the second.
    public var creditedLast: Instant {
        creditedUntil
            ?? (creditedAt.microseconds % 1_000_000 == 0
                ? Instant(microseconds: creditedAt.microseconds + Self.shortestSpan) : creditedAt)
    }

    /// How much longer than its moment a time may be of which the bank tells the second, in microseconds.
    public static let shortestSpan: Int64 = 999_999

    /// The key of a line to which the bank gives a reference of its own: that, with the day and the amount, since banks
    /// begin anew with their references. Whoever tells of the line first, the others tell of the same.
    public static func key(_ reference: String, on day: CivilDay, _ amount: Money) -> String {
        "\(day) \(amount.minorUnits) \(reference)"
    }

    /// Whether the line tells of a time that has not come: further ahead than banks' clocks are.
    public func isAhead(of now: Instant) -> Bool { creditedAt > now.adding(seconds: Self.clockPatience) }

    /// The most that a line may be of, in minor units. More is a slip, or a sum that the ledger could not take.
    public static let mostMinorUnits: Int64 = 100_000_000_000_000

    /// How far a bank's clock may be ahead, in seconds.
    public static let clockPatience: Int64 = 300

    /// The same as read at `now`: what a statement tells was there before it was read, so a day that is not over yet
    /// reaches until then.
    public func read(at now: Instant) -> BankCredit {
        guard let until = creditedUntil, creditedAt <= now, now < until else { return self }
        var credit = self
        credit.creditedUntil = now
        return credit
    }
}

/// A credit on the statement of a collection account, and what became of the money.
public struct StatementLine: Sendable, Equatable {
    /// What a line's money was used for.
    public enum Use: Sendable, Hashable {
        /// Nothing yet: it waits for a deposit, or for a person.
        case unmatched
        /// It paid a deposit.
        case matched(ID<Payment>)
        /// The merchant took it as it is.
        case redeemed(Settlement)
    }

    public let id: ID<StatementLine>
    public internal(set) var version: Int64
    public let merchant: MerchantID
    /// The collection account's number.
    public let account: Int64
    /// Which of the merchant's lines it is: the number that APIs show.
    public let number: Int64
    public let credit: BankCredit
    public internal(set) var use: Use
    /// Who said that it paid its deposit; nil where it was matched, or has paid none.
    public internal(set) var assignment: Assignment?
    /// When it was read.
    public let imported: Instant

    public init(
        id: ID<StatementLine>, version: Int64, merchant: MerchantID, account: Int64, number: Int64,
        credit: BankCredit, use: Use = .unmatched, assignment: Assignment? = nil, imported: Instant
    ) {
        self.id = id
        self.version = version
        self.merchant = merchant
        self.account = account
        self.number = number
        self.credit = credit
        self.use = use
        self.assignment = assignment
        self.imported = imported
    }

    var ledger: CollectionLedger {
        CollectionLedger(merchant: merchant, account: String(account), currency: credit.amount.currency)
    }

    /// The money's arrival.
    public var arrival: Transfer {
        Transfer(id: id.hex + ".credit", debit: ledger.bank, credit: ledger.suspense, amount: credit.amount)
    }

    /// Which transfers must stand in the books for it. What a matched line paid stands there for the payment.
    public var expectedTransfers: [Transfer] {
        guard case .redeemed(let settlement) = use else { return [arrival] }
        return [arrival] + ledger.transfers(of: settlement, id: id.hex)
    }
}

/// Why a line cannot be used.
public enum LineFault: Error, Equatable, Sendable {
    /// It paid a deposit, or was redeemed.
    case used
    /// Its amount, account or currency is not the deposit's.
    case mismatch
    /// Fee and tax are more than there is, or a sum does not fit the ledger.
    case overflow
}

extension StatementLine {
    /// The line once it has paid this deposit, by the matcher or by a person's word.
    public func matched(
        to payment: ID<Payment>, by assignment: Assignment? = nil
    ) throws(LineFault) -> StatementLine {
        var line = try used(.matched(payment))
        line.assignment = assignment
        return line
    }

    /// The merchant takes the line's money as it is, less fee and tax.
    public func redeemed(
        fees: FeePlan, at now: Instant
    ) throws(LineFault) -> (line: StatementLine, transfers: [Transfer]) {
        let settlement: Settlement
        do {
            settlement = try fees.settlement(of: credit.amount, rate: .one, at: now)
        } catch {
            throw .overflow
        }
        return (try used(.redeemed(settlement)), ledger.transfers(of: settlement, id: id.hex))
    }

    private func used(_ use: Use) throws(LineFault) -> StatementLine {
        guard case .unmatched = self.use else { throw .used }
        var line = self
        line.use = use
        line.version += 1
        return line
    }
}
