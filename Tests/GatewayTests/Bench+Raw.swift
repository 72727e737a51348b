import Foundation
import GRDB

/// The database as its files hold it.
extension Bench {
    /// Whether the text stands anywhere in the database or its write-ahead log.
    func fileHolds(_ text: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("gateway") }
            .contains { name in
                try Data(contentsOf: URL(filePath: folder + "/" + name)).range(of: Data(text.utf8)) != nil
            }
    }

    /// How many rows the condition holds for.
    func count(_ table: String, where condition: String = "TRUE") async throws -> Int {
        try await shell().read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM \(table) WHERE \(condition)") ?? 0 }
    }

    /// Changes the database past the gateway.
    func tamper(_ sql: String) async throws {
        try await shell().write { try $0.execute(sql: sql) }
    }

    private func shell() throws -> DatabaseQueue { try DatabaseQueue(path: folder + "/gateway.sqlite") }

    /// How many tokens still have a security code.
    func tokenCodes() async throws -> Int { try await count("card_tokens", where: "sealed_code IS NOT NULL") }

    /// How many challenges still keep anything of a card.
    func challengeCards() async throws -> Int {
        try await count("challenges", where: "sealed_card IS NOT NULL OR sealed_code IS NOT NULL")
    }
}
