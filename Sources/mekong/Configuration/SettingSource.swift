import Configuration

/// A place where settings are written.
struct SettingSource: Sendable {
    enum Kind: Sendable, Equatable {
        case flags
        case environment
        case file(String)
    }

    let kind: Kind
    private let provider: any ConfigProvider

    /// Flags of the command line. Their values are written as in the environment.
    init(flags: [Setting: String]) {
        kind = .flags
        let variables = flags.map { ($0.unprefixedVariable, $1) }
        provider = EnvironmentVariablesProvider(
            environmentVariables: Dictionary(uniqueKeysWithValues: variables), secretsSpecifier: .all)
    }

    /// Variables that begin with `MEKONG_`. One that is empty counts as not there.
    init(environment: [String: String]) {
        kind = .environment
        let own = environment.filter { $0.key.hasPrefix(Setting.variablePrefix) && !$0.value.isEmpty }
        // The provider does not tell upper from lower case, and must not be given both.
        let names = Set(Setting.allCases.map(\.variable))
        provider = EnvironmentVariablesProvider(
            environmentVariables: own.filter { names.contains($0.key) }, secretsSpecifier: .all
        ).prefixKeys(with: "mekong")
    }

    /// A configuration file.
    init(file: TOMLFile) {
        kind = .file(file.path)
        provider = InMemoryProvider(name: file.path, values: file.values)
    }

    /// What a setting is called here.
    func origin(of setting: Setting) -> String {
        switch kind {
        case .flags: setting.flag
        case .environment: setting.variable
        case .file(let path): path
        }
    }

    /// A setting's value; nil where it is not set here. Throws `SettingFault` where it is of another type.
    func value(of setting: Setting) throws(SettingFault) -> ConfigContent? {
        do {
            return try provider.value(forKey: setting.key, type: setting.type).value?.content
        } catch {
            throw SettingFault(setting, from: origin(of: setting), expectation(setting.type))
        }
    }

    private func expectation(_ type: ConfigType) -> String {
        let isFile = if case .file = kind { true } else { false }
        return switch type {
        case .int: isFile ? "is no whole number; write it without quotes" : "is no whole number"
        case .bool: "is neither true nor false; write one of them\(isFile ? ", without quotes" : "")"
        case .stringArray: "is no list of texts; write it as [\"one\", \"two\"]"
        default: "is no text; write it in quotes"
        }
    }
}
