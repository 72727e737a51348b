/// CRC-16/CCITT-FALSE: polynomial 0x1021, from 0xFFFF (EMVCo MPM 4.7.3).
public enum CRC16 {
    /// The checksum of a text's UTF-8 bytes.
    public static func checksum(_ text: String) -> UInt16 {
        text.utf8.reduce(0xFFFF) { crc, byte in
            (0..<8).reduce(crc ^ UInt16(byte) << 8) { value, _ in
                value & 0x8000 == 0 ? value << 1 : value << 1 ^ 0x1021
            }
        }
    }

    /// The checksum as four hexadecimal digits in upper case, as tag 63 has it.
    public static func text(_ text: String) -> String {
        let digits = String(checksum(text), radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
