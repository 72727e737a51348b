/// A value of a map file, TOML or JSON alike.
public enum MapValue: Sendable, Equatable {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([MapValue])
    case table([String: MapValue])
    /// What no setting of a map can be.
    case other

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Int? { if case .number(let number) = self { number } else { nil } }
    var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    var table: [String: MapValue]? { if case .table(let table) = self { table } else { nil } }

    /// One text or a list of them.
    var texts: [String]? {
        guard case .list(let list) = self else { return text.map { [$0] } }
        let texts = list.compactMap(\.text)
        return texts.count == list.count ? texts : nil
    }
}
