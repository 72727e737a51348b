import Foundation
import TestSupport

@testable import mekong

/// A folder with everything that a complete configuration names.
final class ConfigurationFolder: Sendable {
    let path = FileManager.default.temporaryDirectory.path + "/mekong-test-\(UUID().uuidString)"

    static let masterKey = "8f3a1c5b77e29d046b1e8a90c4d2f6537a1b0e9d8c6f42513e7d9a0b1c2d3e4f"

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try put("master.key", Self.masterKey + "\n")
        try put("tls.pem", TestCertificate.certificate)
        try put("tls.key", TestCertificate.key)
        try put("other.key", TestCertificate.otherKey)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var database: String { path + "/gateway.sqlite" }

    @discardableResult
    func put(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }

    /// Settings that are enough, as lines of a file.
    var enough: [Setting: String] {
        [
            .publicURL: "\"https://pay.example.com\"", .dialects: "[\"kpayment\"]",
            .masterKeyFile: "\"\(path)/master.key\"", .databaseURL: "\"sqlite:\(database)\"", .cardRail: "\"none\"",
        ]
    }

    /// Reads a file with those that are enough, some of them changed or, where nil, left out.
    func read(
        _ changes: [Setting: String?] = [:], flags: [Setting: String] = [:], environment: [String: String] = [:],
        and more: String = ""
    ) throws -> ServeConfiguration {
        var lines = enough
        for (setting, value) in changes { lines[setting] = value }
        let text = lines.map { "\($0.key.rawValue) = \($0.value)\n" }.sorted().joined()
        return try ServeConfiguration.read(
            flags: flags, environment: environment, file: try put("mekong.toml", text + more))
    }

    /// What is said of such a file, with the folder's path left out.
    func faults(
        _ changes: [Setting: String?] = [:], flags: [Setting: String] = [:], environment: [String: String] = [:],
        and more: String = ""
    ) throws -> [String] {
        do {
            _ = try read(changes, flags: flags, environment: environment, and: more)
            return []
        } catch let faults as ConfigurationFaults {
            return faults.faults.map { $0.description.replacing(path + "/", with: "") }
        }
    }
}
