import Money
import Payments

extension CamtEntry {
    /// What a booked entry comes to: its credits, one for each transaction of a batch, and how many debits.
    /// Throws `Unreadable`.
    func credits(in currency: Currency, _ keys: inout NaturalKeys) throws -> (credits: [BankCredit], debits: Int) {
        if let fault { throw Unreadable(fault) }
        let isCredit = try Self.isCredit(indicator)
        switch reversal {
        case "true", "1": throw Unreadable("the entry takes back another (RvslInd): a person must look at it")
        case "", "false", "0": break
        default: throw Unreadable("RvslInd is “\(reversal.shown)”, neither true nor false")
        }
        guard status == nil || status == "BOOK" else {
            throw Unreadable("the entry is not booked: its status is “\((status ?? "").shown)”")
        }
        let total = try Self.money(amount, self.currency, currency)
        let time = try time()
        if parts.count <= 1 {
            let count = batchCount.flatMap { Int($0) } ?? 1
            guard isCredit else { return ([], 1) }
            guard count <= 1 else { throw Unreadable("the entry is a batch of \(count) without their details") }
            return ([try credit(parts.first ?? CamtPart(), total, time, place: nil, &keys)], 0)
        }
        return try batch(total, isCredit, time, currency, &keys)
    }

    private func batch(
        _ total: Money, _ isCredit: Bool, _ time: BookingTime, _ currency: Currency, _ keys: inout NaturalKeys
    ) throws -> (credits: [BankCredit], debits: Int) {
        guard isCredit || parts.contains(where: { $0.indicator == "CRDT" }) else { return ([], 1) }
        // References that several transactions share name none of them.
        let own = parts.compactMap(\.servicerReference)
        let isNamed = own.count == parts.count && Set(own).count == own.count
        var (credits, debits, sum) = ([BankCredit](), 0, Int64(0))
        for (index, part) in parts.enumerated() {
            guard let text = part.amount else {
                throw Unreadable("transaction \(index + 1) of the batch has no amount")
            }
            let money = try Self.money(text, part.currency, currency)
            let isPartCredit = try part.indicator.map(Self.isCredit) ?? isCredit
            sum += isPartCredit ? money.minorUnits : -money.minorUnits
            if isPartCredit {
                credits.append(try credit(part, money, time, place: isNamed ? nil : index + 1, &keys))
            } else {
                debits += 1
            }
        }
        guard sum == (isCredit ? total.minorUnits : -total.minorUnits) else {
            throw Unreadable("the \(parts.count) transactions of the batch do not add up to its amount")
        }
        return (credits, debits)
    }

    private func credit(
        _ part: CamtPart, _ amount: Money, _ booked: BookingTime, place: Int?, _ keys: inout NaturalKeys
    ) throws -> BankCredit {
        // A bank that books by days may still tell when the payment was accepted.
        let time = try booked.until == nil ? booked : part.accepted.map(CamtTime.moment) ?? booked
        var told = CreditParts()
        told.payerBank =
            [part.payerClearing, part.payerBIC].compactMap { $0 }.first { ThaiBank.clearing($0) != nil }
            .flatMap(ThaiBank.clearing)?.code
        told.payerAccount = part.payerAccount
        told.payerName = part.payerName
        told.description =
            part.remittance.isEmpty
            ? part.information ?? information ?? "" : part.remittance.joined(separator: " ")
        told.reference = part.servicerReference ?? servicerReference ?? part.transactionID ?? reference
        let key = try key(part, amount, booked.day, place: place, &keys)
        return told.credit(key: key, amount: amount, time)
    }

    /// By the reference that is the transaction's own, or the entry's with its place in the batch. An entry's number may
    /// begin anew in each statement, so equal ones are counted.
    private func key(
        _ part: CamtPart, _ amount: Money, _ day: CivilDay, place: Int?, _ keys: inout NaturalKeys
    ) throws -> String {
        if place == nil, let own = part.servicerReference { return try keys.unique(own, day, amount) }
        if let entry = servicerReference {
            return try keys.unique(place.map { "\(entry)/\($0)" } ?? entry, day, amount)
        }
        if place == nil, let own = part.transactionID { return try keys.unique(own, day, amount) }
        if let reference { return try keys.counted(place.map { "\(reference)/\($0)" } ?? reference, day, amount) }
        return try keys.digest(
            day, amount,
            [
                booked?.text, value?.text, part.endToEnd, part.payerName, part.payerAccount, part.payerBIC,
                part.payerClearing, part.remittance.joined(separator: "\n"), part.information, information,
                part.accepted,
            ].map { $0 ?? "" })
    }

    private func time() throws -> BookingTime {
        guard let told = booked ?? value else { throw Unreadable("the entry has no date") }
        return told.isMoment ? try CamtTime.moment(told.text) : try CamtTime.day(told.text)
    }

    private static func isCredit(_ text: String) throws -> Bool {
        switch text {
        case "CRDT": return true
        case "DBIT": return false
        default: throw Unreadable("CdtDbtInd is “\(text.shown)”, neither CRDT nor DBIT")
        }
    }

    private static func money(_ text: String, _ code: String, _ currency: Currency) throws -> Money {
        guard code == currency.rawValue else {
            throw Unreadable("the amount is in “\(code.shown)”, the account in \(currency.rawValue)")
        }
        return try Money.stated(text, in: currency)
    }
}

extension ThaiBank {
    /// A bank by its BIC, or by its code in the clearing: three digits, perhaps with a branch behind them.
    static func clearing(_ text: String) -> ThaiBank? {
        if let bank = named(text) { return bank }
        return text.utf8.allSatisfy(\.isDigit) && text.utf8.count == 7 ? named(String(text.prefix(3))) : nil
    }
}
