import Money

/// The payload of a Thai QR code for bill payment (EMVCo merchant-presented, tag 30).
enum ThaiQR {
    /// One amount, once: tags 00 01 30 58 53 54 63.
    /// - Parameters:
    ///   - biller: who is paid.
    ///   - references: both, of at most 20 characters.
    static func payload(biller: String, references: (String, String), amount: Money) -> String {
        let account =
            field("00", "A000000677010112") + field("01", biller) + field("02", references.0)
            + field("03", references.1)
        let text =
            field("00", "01") + field("01", "12") + field("30", account) + field("58", "TH") + field("53", "764")
            + field("54", amount.text(decimals: 2)) + "6304"
        return text + checksum(text)
    }

    private static func field(_ tag: String, _ value: String) -> String {
        let length = String(value.utf8.count)
        return tag + (length.utf8.count < 2 ? "0" : "") + length + value
    }

    /// CRC-16/CCITT-FALSE as four hex digits.
    private static func checksum(_ text: String) -> String {
        var crc: UInt16 = 0xFFFF
        for byte in text.utf8 {
            crc ^= UInt16(byte) << 8
            for _ in 0..<8 { crc = crc & 0x8000 == 0 ? crc << 1 : crc << 1 ^ 0x1021 }
        }
        let digits = String(crc, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
}
