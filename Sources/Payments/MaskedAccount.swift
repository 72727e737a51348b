/// Account numbers as banks show them: in full, or with marks such as `X` or `*` for digits that they hide.
public enum MaskedAccount {
    /// Whether two spellings can be one account. They are held against each other from their last digit on; a mark
    /// stands for any digit, and marks before the first digit for any number of them, as in `X434783`. Without such
    /// marks both must be of one length. At least one digit must be shown by both.
    public static func areSame(_ a: String, _ b: String) -> Bool {
        let (a, b) = (places(a), places(b))
        let common = zip(a.reversed(), b.reversed())
        guard common.contains(where: { $0 != nil && $1 != nil }),
            common.allSatisfy({ $0 == nil || $1 == nil || $0 == $1 })
        else { return false }
        guard a.count != b.count else { return true }
        // What is missing at the front must be hidden there.
        let shorter = a.count < b.count ? a : b
        return shorter.first == .some(nil)
    }

    /// A number as banks show it to others: `X` and its last six digits, fewer of a short one. What is
    /// masked already stays as it is.
    public static func masked(_ text: String) -> String {
        let places = places(text)
        guard !places.contains(nil) else { return text }
        let shown = min(6, max(places.count / 2, places.count - 4))
        return "X" + String(text.unicodeScalars.filter { ("0"..."9").contains($0) }.map(Character.init).suffix(shown))
    }

    /// Whether anything of a number is shown: `-`, `N/A` and `XXXXXXXXXX` show nothing.
    public static func showsDigit(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.numericType == .decimal }
    }

    /// A digit, or nil for a mark, for each place. What only divides groups of digits is left out.
    static func places(_ text: String) -> [UInt8?] {
        text.unicodeScalars.compactMap { scalar in
            switch scalar {
            case "0"..."9": .some(UInt8(scalar.value))
            case "-", " ", ".", "/": nil
            default: .some(nil)
            }
        }
    }
}
