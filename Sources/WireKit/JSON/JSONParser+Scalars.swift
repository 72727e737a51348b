extension JSONParser {
    /// Parses the number at the index and keeps its digits.
    mutating func number() throws(JSONError) -> String {
        let start = index
        if current == UInt8(ascii: "-") { index += 1 }
        if current == UInt8(ascii: "0") {
            index += 1
            if let byte = current, Self.isDigit(byte) { throw fault(.badNumber) }
        } else {
            try digits()
        }
        if current == UInt8(ascii: ".") {
            index += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self)
    }

    /// Consumes one digit or more.
    private mutating func digits() throws(JSONError) {
        let start = index
        while index < bytes.count, Self.isDigit(bytes[index]) { index += 1 }
        guard index > start else { throw fault(.badNumber) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }

    /// Parses the string whose opening quote is at the index.
    mutating func string() throws(JSONError) -> String {
        let quote = index
        index += 1
        try skipPlainBytes()
        if bytes[index] == UInt8(ascii: "\\") {
            return try escapedString(quote: quote)
        }
        let text = try validated(UnsafeRawBufferPointer(rebasing: bytes[(quote + 1)..<index]), quote: quote)
        index += 1
        return text
    }

    /// Moves to the next quote or backslash.
    private mutating func skipPlainBytes() throws(JSONError) {
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
            guard byte >= 0x20 else { throw fault(.badString) }
            index += 1
        }
        throw fault(.unexpectedEnd)
    }

    private func validated(_ text: UnsafeRawBufferPointer, quote: Int) throws(JSONError) -> String {
        guard let text = String(validating: text, as: UTF8.self) else { throw fault(.badUTF8, at: quote) }
        return text
    }
}

extension JSONParser {
    /// Goes on with a string from its first backslash, which is at the index.
    ///
    /// Validating once at the end is enough: what an escape adds never completes a broken sequence beside it.
    private mutating func escapedString(quote: Int) throws(JSONError) -> String {
        var text = [UInt8](bytes[(quote + 1)..<index])
        while bytes[index] == UInt8(ascii: "\\") {
            try escape(into: &text)
            let start = index
            try skipPlainBytes()
            text.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
        }
        index += 1
        return try text.withUnsafeBytes { buffer in
            Result { () throws(JSONError) in try validated(buffer, quote: quote) }
        }.get()
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        let backslash = index
        index += 1
        guard let byte = current else { throw fault(.unexpectedEnd) }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: try unicodeEscape(backslash: backslash).utf8)
        default: throw fault(.badString, at: backslash)
        }
    }

    /// Reads what follows `\u`: four hex digits, or a surrogate pair written as two escapes.
    private mutating func unicodeEscape(backslash: Int) throws(JSONError) -> Unicode.Scalar {
        let first = try hexUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00 else { throw fault(.badString, at: backslash) }
        for expected in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
            guard let byte = current else { throw fault(.unexpectedEnd) }
            guard byte == expected else { throw fault(.badString, at: backslash) }
            index += 1
        }
        let second = try hexUnit()
        guard second & 0xFC00 == 0xDC00,
            let scalar = Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF))
        else { throw fault(.badString, at: backslash) }
        return scalar
    }

    private mutating func hexUnit() throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current else { throw fault(.unexpectedEnd) }
            guard let nibble = Hex.value(of: byte) else { throw fault(.badString) }
            unit = unit << 4 | UInt32(nibble)
            index += 1
        }
        return unit
    }
}
