/// The fields of a form, looked up by name.
public struct FormFields: Sendable {
    /// Every field in order, repeated names included.
    public let fields: [(name: String, value: String)]

    /// Wraps fields that were read already.
    public init(_ fields: [(name: String, value: String)]) {
        self.fields = fields
    }

    /// Reads a form body, or a query string without its `?`.
    public init(parsing text: String) throws(FormError) {
        fields = try FormBody.parse(text)
    }

    /// The first value under this name; nil when there is none.
    public subscript(name: String) -> String? {
        for field in fields where sameBytes(field.name, name) {
            return field.value
        }
        return nil
    }

    /// Every value under this name, in order.
    public func all(_ name: String) -> [String] {
        fields.compactMap { sameBytes($0.name, name) ? $0.value : nil }
    }
}
