import Configuration

/// Reads settings from where they are written, the first source that has one deciding, and collects what is wrong.
struct SettingReader {
    /// A value and where it was written.
    struct Found<Value> {
        let value: Value
        let origin: String
    }

    /// First those that decide over the others.
    private let sources: [SettingSource]
    private(set) var faults: [SettingFault] = []
    /// Whether every source could be read, so that what is found nowhere is not set.
    let isComplete: Bool

    init(_ sources: [SettingSource], isComplete: Bool = true) {
        self.sources = sources
        self.isComplete = isComplete
    }

    mutating func note(_ fault: SettingFault) { faults.append(fault) }

    mutating func text(_ setting: Setting) -> Found<String>? {
        find(setting) { if case .string(let text) = $0 { text } else { nil } }
    }

    mutating func number(_ setting: Setting) -> Found<Int>? {
        find(setting) { if case .int(let number) = $0 { number } else { nil } }
    }

    mutating func flag(_ setting: Setting) -> Found<Bool>? {
        find(setting) { if case .bool(let flag) = $0 { flag } else { nil } }
    }

    mutating func list(_ setting: Setting) -> Found<[String]>? {
        find(setting) { if case .stringArray(let list) = $0 { list } else { nil } }
    }

    /// A secret, which stands either as it is or in a file of its own. The first source that has one of the two decides;
    /// it must not have both.
    mutating func secret(_ setting: Setting, orFile fileSetting: Setting) -> Found<String>? {
        for source in sources {
            do throws(SettingFault) {
                let text = try source.value(of: setting)
                guard case .string(let path) = try source.value(of: fileSetting) else {
                    guard case .string(let text) = text else { continue }
                    return Found(value: text, origin: source.origin(of: setting))
                }
                let origin = source.origin(of: fileSetting)
                if text != nil {
                    throw SettingFault(
                        setting, from: source.origin(of: setting),
                        "stands beside \(fileSetting.rawValue); write one of the two")
                }
                let contents = try TextFile.read(path, for: fileSetting.rawValue, from: origin)
                return Found(value: String(contents.trimmingPrefix(while: \.isWhitespace)).trimmedEnd, origin: origin)
            } catch {
                note(error)
                return nil
            }
        }
        return nil
    }

    /// Whether a setting is written anywhere, even if wrongly.
    func isSet(_ setting: Setting) -> Bool {
        sources.contains { source in
            do { return try source.value(of: setting) != nil } catch { return true }
        }
    }

    private mutating func find<Value>(_ setting: Setting, _ read: (ConfigContent) -> Value?) -> Found<Value>? {
        for source in sources {
            do throws(SettingFault) {
                guard let value = try source.value(of: setting).flatMap(read) else { continue }
                return Found(value: value, origin: source.origin(of: setting))
            } catch {
                note(error)
                return nil
            }
        }
        return nil
    }
}

extension String {
    /// The text without white space behind it.
    fileprivate var trimmedEnd: String {
        var text = self
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return text
    }
}
