/// The card schemes that the gateway can tell apart by number.
public enum CardBrand: String, Sendable, CaseIterable, Codable {
    case visa, mastercard, jcb, unionpay, amex, diners, discover
}

/// A card number of 13 to 19 digits. It never prints; only the vault stores it.
public struct CardNumber: Sendable {
    public let digits: Secret<String>

    /// Takes digits, which may be grouped by spaces or hyphens. Nil unless 13 to 19 digits remain.
    ///
    /// The check digit is not looked at here: some published test cards carry a wrong one.
    public init?(_ text: String) {
        var digits: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte)
            case UInt8(ascii: " "), UInt8(ascii: "-"): continue
            default: return nil
            }
            if digits.count > 19 { return nil }
        }
        guard digits.count >= 13 else { return nil }
        self.digits = Secret(String(decoding: digits, as: UTF8.self))
    }

    /// Whether the last digit is the check digit that ISO/IEC 7812-1 (Luhn) asks for.
    public var hasValidCheckDigit: Bool {
        var sum = 0
        for (index, byte) in digits.expose().utf8.reversed().enumerated() {
            var digit = Int(byte - UInt8(ascii: "0"))
            if index % 2 == 1 {
                digit *= 2
                if digit > 9 { digit -= 9 }
            }
            sum += digit
        }
        return sum % 10 == 0
    }

    /// First six digits, five stars, last four: `441770*****5830`.
    public var masked: String {
        let digits = digits.expose()
        return digits.prefix(6) + "*****" + digits.suffix(4)
    }

    /// The first six digits, by which an issuer is known.
    public var bin: String { String(digits.expose().prefix(6)) }

    /// The scheme, from the published number ranges; nil when none matches.
    public var brand: CardBrand? {
        let prefix = digits.expose().utf8.prefix(6).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        for range in Self.ranges where range.numbers.contains(prefix) { return range.brand }
        return nil
    }

    private static let ranges: [(numbers: ClosedRange<Int>, brand: CardBrand)] = [
        (400_000...499_999, .visa),
        (222_100...272_099, .mastercard), (510_000...559_999, .mastercard),
        (352_800...358_999, .jcb),
        (620_000...629_999, .unionpay), (810_000...817_199, .unionpay), (910_000...910_099, .unionpay),
        (340_000...349_999, .amex), (370_000...379_999, .amex),
        (300_000...305_999, .diners), (360_000...369_999, .diners), (380_000...399_999, .diners),
        (601_100...601_199, .discover), (644_000...659_999, .discover),
    ]
}

/// The month in which a card expires.
public struct CardExpiry: Hashable, Comparable, Sendable, Codable {
    /// Four digits, such as 2030.
    public let year: Int
    /// 1 to 12.
    public let month: Int

    public init?(year: Int, month: Int) {
        guard (1...12).contains(month), (2000...2099).contains(year) else { return nil }
        self.year = year
        self.month = month
    }

    /// Reads `MM/YY` or `MMYY`; spaces may stand round it and round the stroke.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        }
        let digits = parts.joined().compactMap { $0.isASCII ? $0.wholeNumberValue : nil }
        guard [[2, 2], [4]].contains(parts.map(\.count)), digits.count == 4 else { return nil }
        self.init(year: 2000 + digits[2] * 10 + digits[3], month: digits[0] * 10 + digits[1])
    }

    public static func < (a: CardExpiry, b: CardExpiry) -> Bool { (a.year, a.month) < (b.year, b.month) }

    /// Whether the card can still be used in the given month of the given year.
    public func isValid(year: Int, month: Int) -> Bool { (self.year, self.month) >= (year, month) }
}

/// What may be shown of a card: kept with a payment, safe to print.
public struct CardFace: Hashable, Sendable, Codable {
    public let id: ID<CardFace>
    public let brand: CardBrand
    /// First six, five stars, last four.
    public let masked: String
    /// The issuing bank's name, where the number range is known.
    public let issuer: String?

    public init(id: ID<CardFace>, brand: CardBrand, masked: String, issuer: String?) {
        self.id = id
        self.brand = brand
        self.masked = masked
        self.issuer = issuer
    }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = ID(hex: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "an id is 32 hex digits"))
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}

/// A card as its holder typed it in. Lives in memory only; at rest it is sealed.
public struct PresentedCard: Sendable {
    public let number: CardNumber
    public let holder: String
    public let expiry: CardExpiry
    /// Three or four digits; absent for a saved card.
    public let code: Secret<String>?

    public init(number: CardNumber, holder: String, expiry: CardExpiry, code: Secret<String>?) {
        self.number = number
        self.holder = holder
        self.expiry = expiry
        self.code = code
    }
}
