import Foundation
import Testing

/// The exchanges that lie beside the tests, one file for each body.
enum Golden {
    /// A body as it must be on the wire, byte for byte: the file without the white space that makes it readable.
    static func wire(_ name: String) throws -> String {
        compact(try file(name))
    }

    static func file(_ name: String) throws -> String {
        let url = try #require(Bundle.module.url(forResource: "Golden/\(name)", withExtension: "json"), "\(name)")
        return try String(contentsOf: url, encoding: .utf8)
    }

    /// Leaves out white space outside of strings.
    static func compact(_ text: String) -> String {
        var result = ""
        var isInString = false
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isInString {
                result.unicodeScalars.append(scalar)
                if isEscaped {
                    isEscaped = false
                } else if scalar == "\\" {
                    isEscaped = true
                } else if scalar == "\"" {
                    isInString = false
                }
            } else if !CharacterSet.whitespacesAndNewlines.contains(scalar) {
                result.unicodeScalars.append(scalar)
                isInString = scalar == "\""
            }
        }
        return result
    }

    /// What differs from run to run, by what stands for it in the files.
    static func masked(_ text: String) -> String {
        text
            .replacing(/"00020101[^"]*"/, with: "\"<qr>\"")
            .replacing(/(DP|WD)[0-9]{10}[0-9A-Z]{6}/) { "\($0.1)<number>" }
            .replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z/, with: "<time>")
            .replacing(/"timestamp":"[0-9]{10}"/, with: "\"timestamp\":\"<seconds>\"")
            .replacing(/"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9\.[A-Za-z0-9_\-]+\.[A-Za-z0-9_\-]{43}"/, with: "\"<jwt>\"")
            .replacing(/"uptime":[0-9]+\.[0-9]}/, with: "\"uptime\":\"<seconds.tenth>\"}")
    }
}
