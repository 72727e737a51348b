extension SettingReader {
    /// A reader of all three sources, that has noted what is wrong with the file itself and with names nobody knows.
    static func opening(flags: [Setting: String], environment: [String: String], file: String?) -> SettingReader {
        var sources = [SettingSource(flags: flags), SettingSource(environment: environment)]
        var faults = unknownVariables(environment)
        var isComplete = true
        if let file {
            do throws(SettingFault) {
                let toml = try TOMLFile(reading: file)
                faults += toml.unknown()
                sources.append(SettingSource(file: toml))
            } catch {
                faults.append(error)
                isComplete = false
            }
        }
        var reader = SettingReader(sources, isComplete: isComplete)
        for fault in faults { reader.note(fault) }
        return reader
    }

    /// Variables that look like a setting's with a slip in them. Others that begin alike may be anyone's: orchestrators
    /// name the services they know so.
    private static func unknownVariables(_ environment: [String: String]) -> [SettingFault] {
        let known = Setting.allCases.map(\.variable)
        return environment.keys.filter { $0.hasPrefix(Setting.variablePrefix) && !known.contains($0) }.sorted()
            .compactMap { name in
                NearMiss.hint(name, among: known).map {
                    SettingFault(name, "is no setting of the environment; did you mean \($0)?")
                }
            }
    }
}
