import Checkout

extension Language {
    /// Whether a text holds letters of this language's script.
    func isWritten(in text: String) -> Bool { text.unicodeScalars.contains { letters.contains($0.value) } }

    /// Whether a text holds letters of another language's script than this one's. Names are written in Latin everywhere.
    func isForeign(_ text: String) -> Bool {
        Language.allCases.contains { $0 != self && $0 != .english && $0.isWritten(in: text) }
    }

    private var letters: ClosedRange<UInt32> {
        switch self {
        case .english: 0x41...0x7A
        case .thai: 0xE00...0xE7F
        case .khmer: 0x1780...0x17FF
        }
    }
}
