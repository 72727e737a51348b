import Crypto
import WireKit

/// The key that opens the vault's keys: 32 random bytes, as 64 hex digits.
enum MasterKey {
    /// Why a text is no such key. It never holds the text.
    struct Fault: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    private static let advice = "write 64 hex digits, as `openssl rand -hex 32` makes them"

    static func parse(_ text: String) throws(Fault) -> SymmetricKey {
        guard text.utf8.count == 64 else {
            throw Fault(description: "has \(text.utf8.count) characters; \(advice)")
        }
        guard let bytes = Hex.decode(text), bytes.count == 32 else {
            throw Fault(description: "has something else than hex digits in it; \(advice)")
        }
        guard !isTrivial(bytes) else {
            throw Fault(description: "is a key that anyone would guess; \(advice)")
        }
        return SymmetricKey(data: bytes)
    }

    /// Whether bytes repeat or count, or hold very few values. Of random keys, not one in 10^15 is taken for such.
    private static func isTrivial(_ bytes: [UInt8]) -> Bool {
        if Set(bytes).count < 16 { return true }
        if bytes.prefix(16) == bytes.suffix(16) { return true }
        return Set(zip(bytes, bytes.dropFirst()).map { $1 &- $0 }).count < 4
    }
}
