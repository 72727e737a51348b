/// Which deposits' references lines say: as their own, or in their text.
struct ReferenceIndex {
    private let references: Set<String>
    /// In characters, each once.
    private let lengths: [Int]

    init(_ references: Set<String>) {
        self.references = references
        lengths = Set(references.map(\.count)).sorted()
    }

    /// The references that a line says, each once.
    func said(in credit: BankCredit) -> Set<String> {
        guard !references.isEmpty else { return [] }
        var said: Set<String> = []
        if let reference = credit.reference, references.contains(reference) { said.insert(reference) }
        let text = credit.description
        guard references.count > Self.fewReferences else {
            said.formUnion(references.filter { text.contains($0) })
            return said
        }
        // Every stretch of the text that is as long as some reference.
        let places = Array(text.indices) + [text.endIndex]
        for length in lengths where length < places.count {
            for start in 0..<(places.count - length) {
                let stretch = String(text[places[start]..<places[start + length]])
                if references.contains(stretch) { said.insert(stretch) }
            }
        }
        return said
    }

    /// So many are looked for one by one.
    private static let fewReferences = 4
}
