import APISupport
import Foundation

extension Golden {
    static func wire(_ name: String) throws -> String { try wire(name, in: .module) }
    static func file(_ name: String) throws -> String { try file(name, in: .module) }

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
