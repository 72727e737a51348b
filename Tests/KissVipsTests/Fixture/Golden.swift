import Foundation
import Testing

/// The exchanges that lie beside the tests, one file for each body.
enum Golden {
    /// A body as it must be on the wire, byte for byte: the file without the white space that makes it readable.
    static func wire(_ name: String) throws -> String {
        let url = try #require(Bundle.module.url(forResource: "Golden/\(name)", withExtension: "json"), "\(name)")
        return compact(try String(contentsOf: url, encoding: .utf8))
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
            .replacing(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "<uuid>")
            .replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}Z/, with: "<time>")
    }
}
