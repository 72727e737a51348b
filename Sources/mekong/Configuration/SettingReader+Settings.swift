import Crypto
import Foundation
import Logging
import NIOSSL
import Payments
import Rails
import Store
import WireKit

/// Each setting's own rules.
extension SettingReader {
    mutating func publicURL() -> String? {
        let advice = "write the address that payers and merchants reach, such as https://pay.example.com"
        guard let found = text(.publicURL) else { return needed(.publicURL, advice) }
        guard let url = URLComponents(string: found.value), let scheme = url.scheme?.lowercased(),
            let host = url.host, !host.isEmpty, ["http", "https"].contains(scheme),
            (1...65_535).contains(url.port ?? 443)
        else { return refuse(.publicURL, found, "is no http or https URL; \(advice)") }
        guard url.user == nil, url.password == nil, url.query == nil, url.fragment == nil,
            ["", "/"].contains(url.path)
        else { return refuse(.publicURL, found, "has more than scheme, host and port; \(advice)") }
        guard scheme == "https" || ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host.lowercased()) else {
            return refuse(.publicURL, found, "would have cards sent in the clear; begin it with https://")
        }
        return found.value.hasSuffix("/") ? String(found.value.dropLast()) : found.value
    }

    mutating func dialects() -> [DialectID] {
        let known = ServedDialect.known.map(\.rawValue)
        let advice = "write some of [\(known.map { "\"\($0)\"" }.joined(separator: ", "))]"
        guard let found = list(.dialects) else { return needed(.dialects, advice) ?? [] }
        var served: [DialectID] = []
        for name in found.value {
            if !known.contains(name) {
                note(SettingFault(.dialects, from: found.origin, "\(name) is no API of this program; \(advice)"))
            } else if !served.contains(DialectID(rawValue: name)) {
                served.append(DialectID(rawValue: name))
            }
        }
        if found.value.isEmpty { note(SettingFault(.dialects, from: found.origin, "names none; \(advice)")) }
        return served
    }

    mutating func masterKey() -> SymmetricKey? {
        let before = faults.count
        guard let found = secret(.masterKey, orFile: .masterKeyFile) else {
            let advice = "write master_key_file with the path of a file that holds 64 hex digits"
            return faults.count > before ? nil : needed(.masterKey, advice)
        }
        do {
            return try MasterKey.parse(found.value)
        } catch {
            return refuse(.masterKey, found, error.description)
        }
    }

    mutating func database() -> DatabaseLocation? {
        let before = faults.count
        let advice = "write sqlite:/path/to/file or postgresql://…"
        guard let found = secret(.databaseURL, orFile: .databaseURLFile) else {
            return faults.count > before ? nil : needed(.databaseURL, advice)
        }
        do {
            let location = try DatabaseLocation(parsing: found.value)
            if case .sqlite(let path) = location, let problem = Self.problem(ofFile: path) {
                return refuse(.databaseURL, found, problem)
            }
            return location
        } catch {
            let said = error.description
            return refuse(.databaseURL, found, said.contains("; ") ? said : "\(said); \(advice)")
        }
    }

    private static func problem(ofFile path: String) -> String? {
        if path == ":memory:" { return "keeps nothing; write sqlite:/path/to/file" }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            return "the folder \(folder) does not exist; make it, or write another path"
        }
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            return "\(path) is a folder; write the path of a file"
        }
        return nil
    }

    mutating func listenHost() -> String {
        guard let found = text(.listenHost) else { return "127.0.0.1" }
        if found.value.isEmpty || found.value.contains(where: { $0.isWhitespace || $0 == "/" }) {
            note(
                SettingFault(
                    .listenHost, from: found.origin,
                    "is no address of this machine; write 127.0.0.1 behind a proxy on it, or 0.0.0.0 or :: for all"))
        }
        return found.value
    }

    mutating func listenPort() -> Found<Int> {
        guard let found = number(.listenPort) else { return Found(value: 8080, origin: Setting.listenPort.rawValue) }
        if !(1...65_535).contains(found.value) {
            note(SettingFault(.listenPort, from: found.origin, "\(found.value) is no port; write one from 1 to 65535"))
        }
        return Found(value: found.value, origin: Setting.listenPort.rawValue)
    }

    mutating func tls() -> TLSConfiguration? {
        switch (text(.certificateFile), text(.certificateKeyFile)) {
        case (let certificate?, let key?):
            do throws(SettingFault) {
                // Each file is read for its own faults before the two are set against each other.
                _ = try ServerCertificate.chain(certificate)
            } catch {
                note(error)
                do throws(SettingFault) { _ = try ServerCertificate.privateKey(key) } catch { note(error) }
                return nil
            }
            do throws(SettingFault) {
                return try ServerCertificate.read(certificate: certificate, key: key)
            } catch {
                note(error)
                return nil
            }
        case (nil, nil): return nil
        case (nil, let key?):
            if !isSet(.certificateFile) {
                note(
                    SettingFault(.certificateKeyFile, from: key.origin, "stands alone; write tls.certificate_file too"))
            }
            return nil
        case (let certificate?, nil):
            if !isSet(.certificateKeyFile) {
                note(SettingFault(.certificateFile, from: certificate.origin, "stands alone; write tls.key_file too"))
            }
            return nil
        }
    }

    mutating func trustedProxies() -> [AddressRange] {
        guard let found = list(.trustedProxies) else { return [] }
        let advice = "write the addresses of your proxies alone, such as [\"10.0.0.0/8\", \"2001:db8::5\"]"
        var ranges: [AddressRange] = []
        for text in found.value {
            do throws(AddressRange.Fault) {
                let range = try AddressRange(parsing: text)
                guard !range.isEverything else {
                    note(SettingFault(.trustedProxies, from: found.origin, "\(text) is everyone; \(advice)"))
                    continue
                }
                ranges.append(range)
            } catch {
                note(SettingFault(.trustedProxies, from: found.origin, "\(error.description); \(advice)"))
            }
        }
        return ranges
    }

    mutating func rails() -> Rails? {
        let advice = "write \"none\", which refuses every charge; this program has no card acquirer yet"
        guard let found = text(.cardRail) else { return needed(.cardRail, advice) }
        switch found.value {
        case "none": return Rails.none
        case "sandbox":
            return refuse(
                .cardRail, found, "the sandbox's banks pay no money and are not for production; \(advice)")
        default: return refuse(.cardRail, found, "\(found.value) is no card acquirer; \(advice)")
        }
    }

    mutating func logLevel() -> Logger.Level? {
        guard let found = text(.logLevel) else { return nil }
        guard let level = Logger.Level(rawValue: found.value.lowercased()) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            return refuse(.logLevel, found, "\(found.value) is no level; write one of \(levels)")
        }
        return level
    }

    /// A setting that must be there; nil where its value was refused already.
    private mutating func needed<Value>(_ setting: Setting, _ advice: String) -> Value? {
        if isComplete, !isSet(setting) { note(SettingFault(setting, "is not set; \(advice)")) }
        return nil
    }

    private mutating func refuse<Value, Told>(_ setting: Setting, _ found: Found<Told>, _ problem: String) -> Value? {
        note(SettingFault(setting, from: found.origin, problem))
        return nil
    }
}
