import Foundation
import Testing

/// The exchanges that lie beside the tests, one file for each body.
enum Golden {
    /// A body as it must be on the wire, byte for byte: the file without the white space that makes it readable.
    static func wire(_ name: String) throws -> String {
        let url = try #require(Bundle.module.url(forResource: "Golden/\(name)", withExtension: "json"), "\(name)")
        return compact(try String(contentsOf: url, encoding: .utf8))
    }

    /// A request's body, with the token put in.
    static func request(_ name: String, token: String = "") throws -> String {
        try wire(name).replacingOccurrences(of: "<token>", with: token)
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
            .replacing(/(chrg|card|refd|cust|order|qr|redr)_test_[0-9a-f]{32}/) { "\($0.1)_test_<id>" }
            .replacing(/(tokn|auth)_test_[0-9a-f]{40}/) { "\($0.1)_test_<secret>" }
            .replacing(/"[0-9]{17}"/, with: "\"<time>\"")
            .replacing(/"approval_code":"[0-9]{6}"/, with: "\"approval_code\":\"<approval>\"")
            .replacing(/"(xid|cavv)":"[0-9a-f]{40}"/) { "\"\($0.1)\":\"<\($0.1)>\"" }
            .replacing(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "<uuid>")
            .replacing(/"checksum":"[0-9a-f]{64}"/, with: "\"checksum\":\"<checksum>\"")
    }
}
