import Foundation
import Testing

/// The exchanges that lie beside an API's tests, one file for each body.
public enum Golden {
    /// A body as it must be on the wire, byte for byte: the file without the white space that makes it readable.
    public static func wire(_ name: String, in bundle: Bundle) throws -> String {
        compact(try file(name, in: bundle))
    }

    public static func file(_ name: String, in bundle: Bundle) throws -> String {
        let url = try #require(bundle.url(forResource: "Golden/\(name)", withExtension: "json"), "\(name)")
        return try String(contentsOf: url, encoding: .utf8)
    }

    /// Leaves out white space outside of strings.
    public static func compact(_ text: String) -> String {
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
}
