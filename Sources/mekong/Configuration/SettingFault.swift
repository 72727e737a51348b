/// What is wrong with one setting, in one line: which, where it was set, what is wrong, what to write.
struct SettingFault: Error, Equatable, CustomStringConvertible {
    let description: String

    /// - Parameters:
    ///   - setting: its name, or the file's.
    ///   - origin: where its value came from, if it has one.
    ///   - problem: what is wrong, and after a semicolon what to write.
    init(_ setting: String, from origin: String? = nil, _ problem: String) {
        let text = setting + (origin.map { " (\($0))" } ?? "") + ": " + problem
        description = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    init(_ setting: Setting, from origin: String? = nil, _ problem: String) {
        self.init(setting.rawValue, from: origin, problem)
    }
}

/// Everything that is wrong with a configuration.
struct ConfigurationFaults: Error, Equatable {
    let faults: [SettingFault]
}
