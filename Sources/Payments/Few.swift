/// How many there are, as far as it matters: none, one, or more than one.
enum Few: Equatable {
    case none
    case one(Int)
    case many

    /// The one.
    var only: Int? {
        guard case .one(let item) = self else { return nil }
        return item
    }

    /// Together with others, of which some may be the same.
    mutating func formUnion(_ other: Few) {
        switch (self, other) {
        case (_, .none): return
        case (.none, _): self = other
        case (.one(let a), .one(let b)) where a == b: return
        default: self = .many
        }
    }
}

/// From one moment to another, both included, in microseconds.
struct Span {
    let begin: Int64
    let end: Int64
}

/// Items with a span each: which of them meet another span, answered in the time of one search.
struct SpanIndex {
    /// Of the first items by their beginning: which of them ends last, when it does, and when the last but one.
    private struct Prefix {
        let begin: Int64
        var last: Int
        var end: Int64
        var second: Int64?
    }

    private var prefixes: [Prefix] = []

    /// - Parameter items: each at most once.
    init(_ items: [Int], _ spans: [Span]) {
        prefixes.reserveCapacity(items.count)
        for item in items.sorted(by: { spans[$0].begin < spans[$1].begin }) {
            let span = spans[item]
            guard let before = prefixes.last else {
                prefixes.append(Prefix(begin: span.begin, last: item, end: span.end, second: nil))
                continue
            }
            let isLater = span.end > before.end
            let beaten = isLater ? before.end : span.end
            prefixes.append(
                Prefix(
                    begin: span.begin, last: isLater ? item : before.last, end: max(span.end, before.end),
                    second: max(beaten, before.second ?? beaten)))
        }
    }

    func meeting(_ span: Span) -> Few {
        var (low, high) = (0, prefixes.count)
        while low < high {
            let middle = (low + high) / 2
            if prefixes[middle].begin <= span.end { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return .none }
        let prefix = prefixes[low - 1]
        if prefix.end < span.begin { return .none }
        if let second = prefix.second, second >= span.begin { return .many }
        return .one(prefix.last)
    }
}
