import Money

/// How often a code may be paid, tag 01.
public enum PointOfInitiation: String, Hashable, Sendable {
    /// The same code for every payment.
    case reusable = "11"
    /// A code of its own for one payment.
    case once = "12"

    /// A payload without the tag is one that may be used again.
    init(of payload: EMVPayload) throws(EMVQRError) {
        guard let text = payload.value("01") else {
            self = .reusable
            return
        }
        guard let value = Self(rawValue: text) else { throw .malformed(tag: "01") }
        self = value
    }
}

/// Amounts as tag 54 has them: digits and a point, at most 13 characters, more than nothing.
enum AmountField {
    static let tag = "54"

    /// Decimals on the wire, which for riel are fewer than the currency has.
    private static func decimals(_ currency: Currency) -> Int {
        currency == .KHR ? 0 : currency.exponent
    }

    static func read(_ text: String, in currency: Currency) throws(EMVQRError) -> Money {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard text.utf8.count <= 13, let whole = parts.first, !whole.isEmpty, parts.allSatisfy(isDigits),
            parts.count == 1 || parts[1].utf8.count <= decimals(currency)
        else { throw .malformed(tag: tag) }
        // EMVCo allows the point to stand at the end.
        let number = parts.count == 2 && parts[1].isEmpty ? whole : text
        guard let amount = try? Money(parsing: number, in: currency), amount.isPositive else {
            throw .malformed(tag: tag)
        }
        return amount
    }

    /// The field, with so many decimals at least.
    static func write(_ amount: Money, decimals: Int) throws(EMVQRError) -> EMVField {
        let text = amount.text(decimals: decimals)
        guard try read(text, in: amount.currency) == amount else { throw .malformed(tag: tag) }
        return EMVField(tag, text)
    }
}

/// A value that must be there.
func required(_ value: String?, _ tag: String) throws(EMVQRError) -> String {
    guard let value else { throw .missing(tag: tag) }
    return value
}

/// A value of exactly this text.
func requireExactly(_ expected: String, _ payload: EMVPayload, _ tag: String) throws(EMVQRError) {
    guard try required(payload.value(tag), tag) == expected else { throw .malformed(tag: tag) }
}

/// Refuses a text that is empty, longer than its field or not printable ASCII.
func checkText(_ text: String?, upTo limit: Int, _ tag: String) throws(EMVQRError) {
    guard let text else { return }
    guard isPrintableASCII(text) else { throw .badCharacter(tag: tag) }
    guard 1...limit ~= text.utf8.count else { throw .malformed(tag: tag) }
}

/// Refuses a text that is not digits, so many of them.
func checkDigits(_ text: String?, _ count: ClosedRange<Int>, _ tag: String) throws(EMVQRError) {
    guard let text else { return }
    guard isDigits(text), count ~= text.utf8.count else { throw .malformed(tag: tag) }
}

/// A template of the values that are there, or none.
func template(_ tag: String, _ values: [(String, String?)]) throws(EMVQRError) -> EMVField? {
    let fields = values.compactMap { tag, value in value.map { EMVField(tag, $0) } }
    if fields.isEmpty { return nil }
    let text = try TLV.write(fields, path: tag + ".")
    guard text.unicodeScalars.count <= 99 else { throw .tooLong }
    return EMVField(tag, text)
}
