import Foundation
import Statements
import TOMLKit
import WireKit

/// A file that says which column of a CSV statement is what: TOML, or JSON where its name ends so.
enum MapFile {
    /// Throws `ColumnMap.Fault`.
    static func read(_ path: String) throws -> ColumnMap {
        let text: String
        do {
            text = try TextFile.read(path, for: path)
        } catch {
            throw ColumnMap.Fault(error.description)
        }
        do {
            return try ColumnMap(path.hasSuffix(".json") ? json(text) : toml(text))
        } catch let fault as ColumnMap.Fault {
            throw ColumnMap.Fault("\(path): \(fault)")
        }
    }

    /// The map of this name in a folder: `name.toml` or `name.json`; nil where there is none. Throws `ColumnMap.Fault`.
    static func named(_ name: String, in folder: String) throws -> ColumnMap? {
        let isPlain = !name.isEmpty && name.utf8.count <= 64
        guard isPlain, name.utf8.allSatisfy({ isLetterOrDigit($0) || $0 == 45 || $0 == 95 }) else { return nil }
        let paths = ["toml", "json"].map { "\(folder)/\(name).\($0)" }
        return try paths.first { FileManager.default.fileExists(atPath: $0) }.map(read)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    private static func json(_ text: String) throws -> [String: MapValue] {
        guard let object = (try? JSON.parse(Array(text.utf8)))?.objectValue else {
            throw ColumnMap.Fault("is no JSON object")
        }
        return table(object)
    }

    private static func table(_ object: JSONObject) -> [String: MapValue] {
        Dictionary(object.members.map { ($0.name, value($0.value)) }) { $1 }
    }

    private static func value(_ json: JSON) -> MapValue {
        switch json {
        case .string(let text): .text(text)
        case .bool(let flag): .flag(flag)
        case .number(let digits): Int(digits).map { .number($0) } ?? .other
        case .array(let list): .list(list.map(value))
        case .object(let object): .table(table(object))
        case .null: .other
        }
    }

    private static func toml(_ text: String) throws -> [String: MapValue] {
        do {
            return table(try TOMLTable(string: text))
        } catch let error as TOMLParseError {
            throw ColumnMap.Fault("line \(error.source.begin.line) is not TOML")
        }
    }

    private static func table(_ table: TOMLTable) -> [String: MapValue] {
        var values: [String: MapValue] = [:]
        for (name, value) in table { values[name] = Self.value(value) }
        return values
    }

    private static func value(_ value: any TOMLValueConvertible) -> MapValue {
        switch value.type {
        case .string: value.string.map { .text($0) } ?? .other
        case .int: value.int.map { .number($0) } ?? .other
        case .bool: value.bool.map { .flag($0) } ?? .other
        case .array: value.array.map { .list($0.map { Self.value($0) }) } ?? .other
        case .table: value.table.map { .table(table($0)) } ?? .other
        default: .other
        }
    }
}
