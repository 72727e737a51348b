/// The field :86: behind a :61:. Its contents are the bank's own: subfields `?20…?33`, code words `/NAME/…`, or free
/// text, which is all description.
enum MT940Details {
    static func read(_ lines: [String], into parts: inout CreditParts) {
        let text = lines.joined()
        if let codes = subfields(text) {
            // ?30 bank, ?31 account, ?32 and ?33 name, ?00 and ?20 to ?29 and ?60 to ?63 what it is for.
            parts.payerBank = codes["30"]
            parts.payerAccount = codes["31"]
            parts.payerName = [codes["32"], codes["33"]].compactMap { $0 }.joined()
            let words = codes.keys.sorted().filter { $0 == "00" || ("20"..."29").contains($0) || $0.hasPrefix("6") }
            parts.description = words.compactMap { codes[$0] }.joined(separator: " ")
        } else if let codes = codeWords(text) {
            parts.payerBank = codes["BBK"] ?? codes["BIC"]
            parts.payerAccount = codes["ACCW"] ?? codes["ACCT"]
            parts.payerName = codes["NAME"] ?? codes["ORDP"]
            parts.description = codes["REMI"] ?? codes["PREF"] ?? text
        } else {
            parts.description = lines.joined(separator: " ")
        }
    }

    /// `166?00CREDIT?20ORDER 5?32SOMCHAI`: nil where the text has no such form.
    private static func subfields(_ text: String) -> [String: String]? {
        let pieces = text.split(separator: "?", omittingEmptySubsequences: false)
        guard pieces.count > 1, pieces[0].utf8.count <= 3, pieces[0].utf8.allSatisfy(\.isDigit),
            pieces[1].utf8.prefix(2).count == 2, pieces[1].utf8.prefix(2).allSatisfy(\.isDigit)
        else { return nil }
        var codes: [String: String] = [:]
        for piece in pieces.dropFirst() where piece.utf8.count > 2 {
            codes[String(piece.prefix(2)), default: ""] += piece.dropFirst(2)
        }
        return codes
    }

    /// `/NAME/SOMCHAI/ACCW/1112223334,KASITHBK`: nil where the text has none of these words.
    private static func codeWords(_ text: String) -> [String: String]? {
        let known: Set<Substring> = [
            "NAME", "ORDP", "ACCW", "ACCT", "BBK", "BIC", "REMI", "PREF", "EREF", "IREF", "KREF", "TYPE", "CODE",
        ]
        guard text.hasPrefix("/") else { return nil }
        var codes: [String: String] = [:]
        var current: String?
        for piece in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            if known.contains(piece) {
                current = String(piece)
            } else if let current, !piece.isEmpty {
                codes[current] = codes[current].map { $0 + "/" + piece } ?? String(piece)
            }
        }
        // The account may be followed by its bank.
        if let account = codes["ACCW"]?.split(separator: ","), account.count == 2 {
            (codes["ACCW"], codes["BBK"]) = (String(account[0]), codes["BBK"] ?? String(account[1]))
        }
        return codes.isEmpty ? nil : codes
    }
}
