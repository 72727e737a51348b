/// Why a text is not a form body, and where.
public struct FormError: Error, Equatable, Sendable {
    /// What is wrong with the text.
    public enum Kind: Equatable, Sendable {
        /// A `%` without two hex digits after it.
        case badEscape
        /// A name or value that is not UTF-8 once its escapes are read.
        case badUTF8
        /// More than ``FormBody/maximumFields`` fields.
        case tooManyFields
    }

    /// What is wrong.
    public let kind: Kind
    /// Bytes before the fault; for `badUTF8`, the start of the name or value.
    public let offset: Int

    /// Names a fault and its place.
    public init(kind: Kind, offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}
