/// An account's number, place by place from its end.
struct AccountPattern {
    /// Which places show a digit. Numbers with the same places shown are of one shape.
    let shown: [Bool]
    /// The digits; 0 where none is shown.
    let digits: [UInt8]

    init(_ text: String) {
        let places = MaskedAccount.places(text).reversed()
        shown = places.map { $0 != nil }
        digits = places.map { $0 ?? 0 }
    }
}

/// The shapes in which some accounts are written.
enum AccountShapes {
    /// How many shapes of one amount's accounts are told apart. Banks have a dozen; a merchant may make up any.
    static let most = 64

    /// Whether there are more.
    static func areTooMany(_ accounts: some Sequence<String>) -> Bool {
        var shapes: Set<[Bool]> = []
        for account in accounts {
            shapes.insert(AccountPattern(account).shown)
            if shapes.count > most { return true }
        }
        return false
    }
}

/// Items by the accounts that they name, found by another spelling of such an account (`MaskedAccount.areSame`).
///
/// There are few shapes of numbers (`AccountShapes`). For each pair of them it is known which digits must be the same, and the items are
/// found by those.
struct AccountIndex {
    private struct Pair: Hashable {
        let ours: [Bool]
        let theirs: [Bool]
    }

    private var shapes: [[Bool]: [(digits: [UInt8], item: Int)]] = [:]
    private var tables: [Pair: [[UInt8]: SpanIndex]] = [:]
    private let spans: [Span]

    /// - Parameter items: in order, each with every account that it names.
    init(_ items: [(item: Int, account: AccountPattern)], _ spans: [Span]) {
        self.spans = spans
        for (item, account) in items { shapes[account.shown, default: []].append((account.digits, item)) }
    }

    /// The items that name this account and whose span meets `span`.
    mutating func naming(_ account: AccountPattern, meeting span: Span) -> Few {
        var found = Few.none
        for shape in shapes.keys {
            guard let places = Self.common(shape, account.shown) else { continue }
            let table = table(of: Pair(ours: shape, theirs: account.shown), places)
            if let items = table[places.map { account.digits[$0] }] { found.formUnion(items.meeting(span)) }
            if found == .many { break }
        }
        return found
    }

    /// The places that both shapes show; nil where no two numbers of these shapes can be one account.
    private static func common(_ a: [Bool], _ b: [Bool]) -> [Int]? {
        if a.count != b.count, (a.count < b.count ? a : b).last != false { return nil }
        let places = (0..<min(a.count, b.count)).filter { a[$0] && b[$0] }
        return places.isEmpty ? nil : places
    }

    private mutating func table(of pair: Pair, _ places: [Int]) -> [[UInt8]: SpanIndex] {
        if let table = tables[pair] { return table }
        var groups: [[UInt8]: [Int]] = [:]
        for (digits, item) in shapes[pair.ours] ?? [] {
            let key = places.map { digits[$0] }
            // An item that spells one account twice counts once.
            if groups[key]?.last != item { groups[key, default: []].append(item) }
        }
        let table = groups.mapValues { SpanIndex($0, spans) }
        tables[pair] = table
        return table
    }
}
