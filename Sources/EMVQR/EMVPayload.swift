/// The fields of a merchant-presented payload whose frame is right: 00 first and "01", 63 last and true, no tag twice,
/// nothing but printable ASCII outside 64. What the fields mean is for the schemes to say.
public struct EMVPayload: Hashable, Sendable {
    /// All fields in the order of the text, from 00 to the last before 63.
    public let fields: [EMVField]
    /// The payload as it stands in the QR code, with its checksum.
    public let text: String

    /// Reads a payload.
    /// - Throws: see `EMVQRError` for which fault comes first.
    public init(decoding text: String) throws(EMVQRError) {
        guard text.unicodeScalars.count <= Self.maximumLength else { throw .tooLong }
        var fields = try TLV.read(text)
        guard let last = fields.popLast() else { throw .missing(tag: "00") }
        try Self.checkFirst(fields + [last])
        guard last.tag == "63" else {
            throw fields.contains { $0.tag == "63" } ? .misplaced(tag: "63") : .missing(tag: "63")
        }
        let body = try TLV.write(fields)
        guard last.value.unicodeScalars.elementsEqual(CRC16.text(body + "6304").unicodeScalars) else {
            throw .wrongCRC
        }
        try Self.checkCharacters(fields)
        self.fields = fields
        self.text = text
    }

    /// Writes a payload of these fields and the checksum after them.
    /// - Throws: the same faults.
    public init(_ fields: [EMVField]) throws(EMVQRError) {
        let body = try TLV.write(fields) + "6304"
        try self.init(decoding: body + CRC16.text(body))
    }

    /// The value of a field, if it is there.
    public func value(_ tag: String) -> String? {
        fields.first { $0.tag == tag }?.value
    }

    /// The fields of a template, if it is there.
    /// - Throws: what `TLV.read` throws.
    public func template(_ tag: String) throws(EMVQRError) -> EMVTemplate? {
        guard let value = value(tag) else { return nil }
        return EMVTemplate(tag: tag, fields: try TLV.read(value, path: tag + "."))
    }

    private static let maximumLength = 512

    private static func checkFirst(_ fields: [EMVField]) throws(EMVQRError) {
        guard let index = fields.firstIndex(where: { $0.tag == "00" }) else { throw .missing(tag: "00") }
        guard index == 0 else { throw .misplaced(tag: "00") }
        guard fields[0].value == "01" else { throw .malformed(tag: "00") }
    }

    private static func checkCharacters(_ fields: [EMVField]) throws(EMVQRError) {
        for field in fields where field.tag != "64" && !isPrintableASCII(field.value) {
            throw .badCharacter(tag: field.tag)
        }
    }
}

/// The fields within a template.
public struct EMVTemplate: Hashable, Sendable {
    /// The template's own tag.
    public let tag: String
    /// Its fields in the order of the text.
    public let fields: [EMVField]

    /// The value of a field, if it is there.
    public func value(_ tag: String) -> String? {
        fields.first { $0.tag == tag }?.value
    }
}
