/// The languages in which every page is written.
public enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case thai = "th"
    case khmer = "km"

    /// The one that a browser likes best (`Accept-Language`); English where it names none of them.
    public static func preferred(_ header: String?) -> Language {
        let wanted = (header ?? "").split(separator: ",").map { part -> (tag: Substring, weight: Double) in
            let pieces = part.split(separator: ";")
            let tag = (pieces.first ?? "").drop { $0 == " " }.prefix { $0 != "-" && $0 != " " }
            let weight = pieces.dropFirst().first.flatMap { piece in
                piece.contains("q=") ? Double(piece.drop { $0 != "=" }.dropFirst()) : nil
            }
            return (tag, weight ?? 1)
        }
        // A stable order: of equal weights the first named wins.
        for (tag, _) in wanted.enumerated().filter({ $0.element.weight > 0 }).sorted(by: {
            ($0.element.weight, -$0.offset) > ($1.element.weight, -$1.offset)
        }).map(\.element) {
            if let language = Language(rawValue: tag.lowercased()) { return language }
        }
        return .english
    }
}
