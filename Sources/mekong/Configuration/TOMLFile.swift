import Configuration
import Foundation
import TOMLKit

/// A configuration file, read.
struct TOMLFile: Sendable {
    let path: String
    let values: [AbsoluteConfigKey: ConfigValue]

    /// Reads a file. Throws `SettingFault` where it cannot be read or is no TOML.
    init(reading path: String) throws(SettingFault) {
        try self.init(path: path, text: TextFile.read(path, for: path))
    }

    init(path: String, text: String) throws(SettingFault) {
        self.path = path
        do {
            values = Self.values(of: try TOMLTable(string: text), in: [])
        } catch let error as TOMLParseError {
            // The parser's own words may quote what stands there, which may be a secret.
            throw SettingFault(
                path,
                "line \(error.source.begin.line), column \(error.source.begin.column) is not TOML; "
                    + "texts stand in quotes, a setting stands once, tables are named as [name]")
        } catch {
            throw SettingFault(path, "is not TOML")
        }
    }

    /// Names that are no setting's.
    func unknown() -> [SettingFault] {
        let known = Set(Setting.allCases.map(\.key))
        return values.keys.filter { !known.contains($0) }.map(Self.name).sorted().map { name in
            let hint = NearMiss.hint(name, among: Setting.allCases.map(\.rawValue))
            return SettingFault(
                name, from: path, "is no setting; \(hint.map { "did you mean \($0)?" } ?? "take it out")")
        }
    }

    /// A key as the file writes it: a dot within quotes divides nothing.
    private static func name(_ key: AbsoluteConfigKey) -> String {
        key.components.map { $0.contains(".") ? "\"\($0)\"" : $0 }.joined(separator: ".")
    }

    private static func values(of table: TOMLTable, in path: [String]) -> [AbsoluteConfigKey: ConfigValue] {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, value) in table {
            if let inner = value.table {
                values.merge(Self.values(of: inner, in: path + [name])) { $1 }
            } else {
                values[AbsoluteConfigKey(path + [name])] = ConfigValue(content(of: value), isSecret: true)
            }
        }
        return values
    }

    /// What no setting can be is kept as something that no setting is.
    private static func content(of value: any TOMLValueConvertible) -> ConfigContent {
        switch value.type {
        case .string: return value.string.map { .string($0) } ?? .bytes([])
        case .int: return value.int.map { .int($0) } ?? .bytes([])
        case .bool: return value.bool.map { .bool($0) } ?? .bytes([])
        case .array:
            let texts = value.array.map { $0.map(\.string) } ?? []
            return texts.contains(nil) ? .bytes([]) : .stringArray(texts.compactMap { $0 })
        default: return .bytes([])
        }
    }
}
