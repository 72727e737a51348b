import Foundation
import Payments

/// Statements over HTTP: who may hand them in.
extension SettingReader {
    mutating func statements() -> StatementAccess? {
        let maps = mapFolder()
        let limit = statementsLimit()
        let before = faults.count
        guard let key = secret(.statementsKey, orFile: .statementsKeyFile) else {
            if faults.count == before, isComplete, isSet(.statementsMaps) || isSet(.statementsLimit) {
                note(SettingFault(.statementsKey, "is not set; write statements.key_file, or take out [statements]"))
            }
            return nil
        }
        let advice = "write \(StatementAccess.shortestKey) characters or more, as `openssl rand -hex 32` makes them"
        guard key.value.utf8.count >= StatementAccess.shortestKey, key.value.utf8.allSatisfy({ (33...126).contains($0) })
        else {
            note(SettingFault(.statementsKey, from: key.origin, "could be guessed, or is no key; \(advice)"))
            return nil
        }
        guard key.value != DemoMerchant.statementsKey else {
            note(SettingFault(.statementsKey, from: key.origin, "is the sandbox's, which everyone knows; \(advice)"))
            return nil
        }
        return StatementAccess(key: Secret(key.value), maps: maps, limit: limit)
    }

    private mutating func mapFolder() -> String? {
        guard let found = text(.statementsMaps) else { return nil }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: found.value, isDirectory: &isFolder), isFolder.boolValue else {
            note(SettingFault(.statementsMaps, from: found.origin, "\(found.value) is no folder; make it"))
            return nil
        }
        return found.value
    }

    private mutating func statementsLimit() -> Int {
        guard let found = number(.statementsLimit) else { return StatementAccess.usualLimit }
        guard (1...4_096).contains(found.value) else {
            note(SettingFault(.statementsLimit, from: found.origin, "\(found.value) is none; write 1 to 4096"))
            return StatementAccess.usualLimit
        }
        return found.value << 20
    }
}
