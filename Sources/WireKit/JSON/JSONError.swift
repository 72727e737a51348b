/// Why a text is not JSON, and where.
public struct JSONError: Error, Equatable, Sendable {
    /// What is wrong with the text.
    public enum Kind: Equatable, Sendable {
        /// The text stops inside a value, or holds none.
        case unexpectedEnd
        /// A byte that cannot stand here.
        case unexpectedByte
        /// A number outside the grammar: `01`, `1.`, `-`, `1e+`.
        case badNumber
        /// A bare control character, an unknown escape, or half of a surrogate pair.
        case badString
        /// A string whose bytes are not UTF-8.
        case badUTF8
        /// More nested arrays and objects than allowed.
        case tooDeep
        /// An object names this member twice.
        case duplicateMember(String)
        /// Something follows the value.
        case trailingBytes
    }

    /// What is wrong.
    public let kind: Kind
    /// Bytes before the fault, counted from the start of the text. For `badUTF8` and `duplicateMember`, the
    /// place of the string's opening quote.
    public let offset: Int

    /// Names a fault and its place.
    public init(kind: Kind, offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}
