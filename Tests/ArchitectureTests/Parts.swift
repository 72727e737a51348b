/// What each part may know: the table of `docs/architecture.md`. A part that is not here does not exist: it is added
/// here, deliberately, before it is written.
enum Parts {
    /// What a part builds on. It may also reach through to what that builds on.
    private static let buildsOn: [String: Set<String>] = [
        "Money": [],
        "EMVQR": ["Money"],
        "GroupCommit": [],
        "Ledger": ["Money"],
        "Payments": ["Money", "Ledger"],
        "Store": ["Payments", "GroupCommit"],
        "Rails": ["Payments", "GroupCommit", "EMVQR"],
        "Gateway": ["Store", "Rails"],
        "Webhooks": ["Gateway"],
        "WireKit": ["Money"],
        "Checkout": ["Gateway", "WireKit", "EMVQR"],
        "Statements": ["Payments"],
    ]

    /// The wire APIs. Each may be deleted without the others noticing.
    static let dialects: Set<String> = ["KPayment", "KissVips", "JWTPay"]

    /// All that a dialect may know, and nothing through it: no SQL, no rail, no other dialect.
    private static let dialectMayImport: Set<String> = [
        "Gateway", "Payments", "Money", "Ledger", "WireKit", "Checkout", "EMVQR",
    ]

    static let executable = "mekong"

    static let all = Set(buildsOn.keys).union(dialects).union([executable])

    /// The parts that a part may import.
    static func mayImport(_ part: String) -> Set<String> {
        if part == executable { return all.subtracting([part]) }
        if dialects.contains(part) { return dialectMayImport }
        return below(part)
    }

    private static func below(_ part: String) -> Set<String> {
        (buildsOn[part] ?? []).reduce(into: []) { $0.formUnion(below($1).union([$1])) }
    }

    /// These do no I/O and read no clock, so they import nothing from outside but what `pureMayImport` names.
    static let pure: Set<String> = ["Money", "EMVQR", "Ledger", "Payments"]

    /// C libraries that only compute, by the pure part that they were taken for.
    static let pureMayImport: [String: Set<String>] = ["EMVQR": ["CQREncode", "CPNG"]]

    /// Modules from outside that only some parts may import. A name stands for everything that begins with it.
    static let reserved: [(module: String, parts: Set<String>)] = [
        ("GRDB", ["Store", "Rails"]),
        ("CPQ", ["Store"]),
        ("CQREncode", ["EMVQR"]),
        ("CPNG", ["EMVQR"]),
        ("AsyncHTTPClient", ["Webhooks"]),
        ("Hummingbird", dialects.union(["WireKit", "Checkout", executable])),
        ("ArgumentParser", [executable]),
        ("Configuration", [executable]),
        ("TOMLKit", [executable]),
    ]
}
