import APISupport
import Foundation

extension Golden {
    static func wire(_ name: String) throws -> String { try wire(name, in: .module) }

    /// A request's body, with the token put in.
    static func request(_ name: String, token: String = "") throws -> String {
        try wire(name).replacingOccurrences(of: "<token>", with: token)
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
