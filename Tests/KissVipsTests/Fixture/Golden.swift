import APISupport
import Foundation

extension Golden {
    static func wire(_ name: String) throws -> String { try wire(name, in: .module) }

    /// What differs from run to run, by what stands for it in the files.
    static func masked(_ text: String) -> String {
        text
            .replacing(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "<uuid>")
            .replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}Z/, with: "<time>")
    }
}
