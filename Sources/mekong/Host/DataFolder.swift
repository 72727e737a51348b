import Crypto
import Foundation
import Gateway
import WireKit

/// The folder where a gateway on SQLite keeps its data.
struct DataFolder: Sendable {
    /// Why a folder cannot be used.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    let path: String
    private let isTemporary: Bool

    /// Makes the folder if it is missing. `:memory:` is a private folder that goes when the process ends: SQLite has
    /// no separate readers in memory.
    init(preparing path: String) throws {
        isTemporary = path == ":memory:"
        self.path =
            isTemporary
            ? FileManager.default.temporaryDirectory.appendingPathComponent("mekong-\(UUID().uuidString)").path : path
        try FileManager.default.createDirectory(
            atPath: self.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// A folder that must hold a gateway's data already.
    init(existing path: String) throws {
        isTemporary = false
        self.path = path
        guard FileManager.default.fileExists(atPath: gatewayDatabase) else {
            throw Fault(description: "\(path) holds no gateway's data")
        }
    }

    /// The gateway's own database.
    var gatewayDatabase: String { path + "/gateway.sqlite" }
    /// The simulated banks' own books.
    var banksDatabase: String { path + "/banks.sqlite" }

    /// The sandbox's master key, made once. In production the key comes from configuration, never from beside the data.
    ///
    /// Of two processes that make it at the same time, one's is kept, and both have that one.
    func sandboxMasterKey(_ entropy: any Entropy) throws -> SymmetricKey {
        let file = path + "/master.key"
        if !FileManager.default.fileExists(atPath: file) {
            let bytes = entropy.bytes(32)
            try NewFile.make(file, Data((Hex.encode(bytes) + "\n").utf8))
        }
        let text = try? String(contentsOfFile: file, encoding: .utf8)
        guard let bytes = text.flatMap({ Hex.decode($0.trimmingCharacters(in: .whitespacesAndNewlines)) }),
            bytes.count == 32
        else { throw Fault(description: "\(file) holds no master key") }
        return SymmetricKey(data: bytes)
    }

    /// Deletes a `:memory:` folder.
    func removeIfTemporary() {
        if isTemporary { try? FileManager.default.removeItem(atPath: path) }
    }
}
