import Crypto
import Foundation
import Gateway
import Payments
import Rails
import Store

extension ExistingData {
    /// The gateway on an open store, as `serve` or the sandbox would have it, for a command that works on its data by
    /// itself. What it leaves to be delivered is the next running gateway's.
    func gateway(
        on store: Store, for command: String, masterKeyFile: String?, publicURL: String
    ) async throws -> Gateway {
        let served = try config.map {
            try ServeConfiguration.read(flags: [:], environment: ProcessInfo.processInfo.environment, file: $0)
        }
        let key = try served?.masterKey ?? masterKey(masterKeyFile)
        let vault: Vault
        do {
            vault = try Vault(masterKey: key, records: try await store.read { try $0.keys() })
        } catch Vault.Fault.wrongMasterKey {
            throw DataFolder.Fault(description: "the master key does not open this database's keys")
        }
        let directory = MerchantDirectory(vault: vault)
        try await directory.refresh(from: store)
        let offset = try await store.read { try $0.setting(SandboxClock.setting) }
        let dialects = (served?.dialects ?? ServedDialect.known).compactMap {
            ServedDialect.make(
                $0, isLive: served != nil, publicURL: served?.publicURL ?? publicURL, directory: directory)?.dialect
        }
        let clock: any GatewayClock =
            served != nil ? SystemClock() : SandboxClock(setting: offset)
        return Gateway(
            store: store, vault: vault, directory: directory, rails: served?.rails ?? Rails.none, clock: clock,
            entropy: SystemEntropy(), dialects: dialects, logger: Log.make(command))
    }

    private func masterKey(_ file: String?) throws -> SymmetricKey {
        let path = file ?? (data ?? "./mekong-data") + "/master.key"
        let text: String
        do {
            text = try TextFile.read(path, for: "the master key")
        } catch {
            throw DataFolder.Fault(description: error.description)
        }
        do {
            return try MasterKey.parse(text.trimmingCharacters(in: .whitespacesAndNewlines))
        } catch {
            throw DataFolder.Fault(description: "the master key in \(path) \(error)")
        }
    }
}
