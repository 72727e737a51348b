/// What someone may have meant to write.
enum NearMiss {
    /// The known name that is nearest to `name`; nil where none is near.
    static func hint(_ name: String, among known: [String]) -> String? {
        if let extended = known.first(where: { $0.hasPrefix(name + ".") || $0.hasSuffix("." + name) }) {
            return extended
        }
        let allowed = name.count < 5 ? 1 : 2
        let nearest = known.map { ($0, distance(Array(name), Array($0))) }.min { $0.1 < $1.1 }
        return nearest.flatMap { $0.1 <= allowed ? $0.0 : nil }
    }

    /// How many characters must be put in, taken out or changed to make one text of the other.
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, right) in b.enumerated() {
                let changed = diagonal + (left == right ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
