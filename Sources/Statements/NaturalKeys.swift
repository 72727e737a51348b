import Crypto
import Money
import Payments

/// What tells a line apart from every other of its account, whatever file it is read from.
///
/// Where the bank gives a reference of its own, the key is that with the day and the amount. A second line of a file
/// under one key is either the same line again or another payment; nothing says which, so a person is told. Where the
/// bank gives none, the key is a digest of all that the line says of the payment. Of lines that are equal in that, two
/// of a day can both be true (two payers, 100 baht each, no names), so they are numbered in the order of the file: the
/// same file read twice, or another that covers the same day, numbers them alike and makes no line twice. A file must
/// begin where a day does: one that begins between two equal lines would take the second for the first.
struct NaturalKeys {
    /// How many different keys are remembered of one file.
    static let limit = 4_000_000
    /// Half a digest's bytes would do; eight tell four million lines apart but for one file in two million.
    private var counts: [UInt64: UInt32] = [:]

    /// The key of a line by a reference that is to be the line's alone. Throws `Unreadable` where the file has had it.
    mutating func unique(_ reference: String, _ day: CivilDay, _ amount: Money) throws -> String {
        let key = Self.key(reference, day, amount)
        guard try count(key) == 1 else {
            throw Unreadable(
                "an earlier line of the file has the reference “\(reference.shown)”, the same day and the same amount: a "
                    + "person must say whether it is the same payment")
        }
        return key
    }

    /// The same for a reference that several lines may share.
    mutating func counted(_ reference: String, _ day: CivilDay, _ amount: Money) throws -> String {
        try numbered(Self.key(reference, day, amount))
    }

    private static func key(_ reference: String, _ day: CivilDay, _ amount: Money) -> String {
        BankCredit.key(short(reference), on: day, amount)
    }

    /// The key of a line that has no reference, from everything that it says.
    mutating func digest(_ day: CivilDay, _ amount: Money, _ parts: [String]) throws -> String {
        try numbered("\(day) \(amount.minorUnits) \(Self.digest(parts))")
    }

    private mutating func numbered(_ key: String) throws -> String {
        let count = try count(key)
        return count == 1 ? key : "\(key) #\(count)"
    }

    /// The how-manieth line of the file this is under the key. Throws `StatementFault`.
    private mutating func count(_ key: String) throws -> UInt32 {
        let hash = SHA256.hash(data: Array(key.utf8)).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
        let count = (counts[hash] ?? 0) + 1
        guard count > 1 || counts.count < Self.limit else {
            throw StatementFault("the file has more than \(Self.limit) lines; divide it by days")
        }
        counts[hash] = count
        return count
    }

    private static func short(_ reference: String) -> String {
        reference.utf8.count <= 512 ? reference : digest([reference])
    }

    /// SHA-256 of the parts, each with its length before it, in hex.
    private static func digest(_ parts: [String]) -> String {
        var bytes: [UInt8] = []
        for part in parts {
            bytes.append(contentsOf: "\(part.utf8.count):".utf8)
            bytes.append(contentsOf: part.utf8)
        }
        return HexDigits.encode(SHA256.hash(data: bytes))
    }
}
