import Money

/// KHQR's fields, both ways.
enum KHQRFields {
    static func write(_ content: KHQRCode.Content) throws(EMVQRError) -> [EMVField] {
        var fields: [EMVField?] = [EMVField("00", "01"), EMVField("01", content.use.rawValue)]
        fields.append(try holder(content))
        try checkDigits(content.categoryCode, 4...4, "52")
        guard content.currency == .KHR || content.currency == .USD else { throw .malformed(tag: "53") }
        fields += [EMVField("52", content.categoryCode), EMVField("53", String(content.currency.numericCode))]
        if let amount = content.amount {
            guard amount.currency == content.currency else { throw .malformed(tag: "54") }
            fields.append(try AmountField.write(amount, decimals: 0))
        }
        try checkText(content.name, upTo: 25, "59")
        try checkText(content.city, upTo: 15, "60")
        fields += [EMVField("58", "KH"), EMVField("59", content.name), EMVField("60", content.city)]
        fields.append(try additional(content.additional))
        fields.append(try translation(content.translation))
        fields.append(try timestamps(content))
        return fields.compactMap { $0 }
    }

    private static func holder(_ content: KHQRCode.Content) throws(EMVQRError) -> EMVField? {
        let (tag, id, bank) =
            switch content.holder {
            case .individual(let information, let bank): ("29", information, bank)
            case .merchant(let id, let bank): ("30", id, bank)
            }
        try checkText(content.account, upTo: 32, tag + ".00")
        try checkText(id, upTo: 32, tag + ".01")
        try checkText(bank, upTo: 32, tag + ".02")
        return try template(tag, [("00", content.account), ("01", id), ("02", bank)])
    }

    private static func additional(_ value: KHQRCode.Additional) throws(EMVQRError) -> EMVField? {
        let values = [
            ("01", value.bill), ("02", value.mobile), ("03", value.store), ("07", value.terminal),
            ("08", value.purpose),
        ]
        for (tag, text) in values { try checkText(text, upTo: 25, "62." + tag) }
        return try template("62", values)
    }

    private static func translation(_ value: KHQRCode.Translation?) throws(EMVQRError) -> EMVField? {
        guard let value else { return nil }
        guard value.language.utf8.count == 2, value.language.utf8.allSatisfy({ 97...122 ~= $0 }) else {
            throw .malformed(tag: "64.00")
        }
        try checkUnicode(value.name, upTo: 25, "64.01")
        if let city = value.city { try checkUnicode(city, upTo: 15, "64.02") }
        return try template("64", [("00", value.language), ("01", value.name), ("02", value.city)])
    }

    private static func checkUnicode(_ text: String, upTo limit: Int, _ tag: String) throws(EMVQRError) {
        let isControl = text.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard !isControl else { throw .badCharacter(tag: tag) }
        guard 1...limit ~= text.unicodeScalars.count else { throw .malformed(tag: tag) }
    }

    private static func timestamps(_ content: KHQRCode.Content) throws(EMVQRError) -> EMVField? {
        let (created, expires) = (content.created.map { String($0) }, content.expires.map { String($0) })
        try checkDigits(created, 13...13, "99.00")
        try checkDigits(expires, 13...13, "99.01")
        return try template("99", [("00", created), ("01", expires)])
    }
}

extension KHQRFields {
    static func read(_ payload: EMVPayload) throws(EMVQRError) -> KHQRCode.Content {
        let use = try PointOfInitiation(of: payload)
        let (account, holder) = try readHolder(payload)
        let categoryCode = try required(payload.value("52"), "52")
        try checkDigits(categoryCode, 4...4, "52")
        let currency = try readCurrency(payload)
        var amount: Money?
        if let text = payload.value("54") { amount = try AmountField.read(text, in: currency) }
        try requireExactly("KH", payload, "58")
        var content = KHQRCode.Content(
            account: account, holder: holder, currency: currency, amount: amount,
            name: try required(payload.value("59"), "59"), city: try required(payload.value("60"), "60"), use: use)
        content.categoryCode = categoryCode
        if let more = try payload.template("62") {
            content.additional = .init(
                bill: more.value("01"), mobile: more.value("02"), store: more.value("03"),
                terminal: more.value("07"), purpose: more.value("08"))
        }
        content.translation = try readTranslation(payload)
        let times = try payload.template("99")
        content.created = try readTime(times?.value("00"), "99.00")
        content.expires = try readTime(times?.value("01"), "99.01")
        return content
    }

    private static func readHolder(_ payload: EMVPayload) throws(EMVQRError) -> (String, KHQRCode.Holder) {
        if let person = try payload.template("29") {
            // One code pays one account.
            guard payload.value("30") == nil else { throw .malformed(tag: "30") }
            let account = try required(person.value("00"), "29.00")
            return (account, .individual(information: person.value("01"), bank: person.value("02")))
        }
        guard let merchant = try payload.template("30") else { throw .missing(tag: "29") }
        let account = try required(merchant.value("00"), "30.00")
        return (account, .merchant(id: merchant.value("01"), bank: merchant.value("02")))
    }

    private static func readCurrency(_ payload: EMVPayload) throws(EMVQRError) -> Currency {
        switch try required(payload.value("53"), "53") {
        case "116": return .KHR
        case "840": return .USD
        default: throw .malformed(tag: "53")
        }
    }

    private static func readTranslation(_ payload: EMVPayload) throws(EMVQRError) -> KHQRCode.Translation? {
        guard let other = try payload.template("64") else { return nil }
        return KHQRCode.Translation(
            language: try required(other.value("00"), "64.00"), name: try required(other.value("01"), "64.01"),
            city: other.value("02"))
    }

    private static func readTime(_ text: String?, _ tag: String) throws(EMVQRError) -> Int64? {
        try checkDigits(text, 13...13, tag)
        return text.flatMap { Int64($0) }
    }
}
