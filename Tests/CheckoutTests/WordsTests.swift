import Testing

@testable import Checkout

@Suite struct WordsTests {
    struct Group: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let table: PageWords.Table
    }

    static let groups = [
        Group(testDescription: "common", table: CommonWords.table),
        Group(testDescription: "card", table: CardWords.table),
        Group(testDescription: "choice", table: ChoiceWords.table),
        Group(testDescription: "waiting", table: WaitingWords.table),
        Group(testDescription: "wallet", table: WalletWords.table),
        Group(testDescription: "bank", table: BankWords.table),
        Group(testDescription: "outcome", table: OutcomeWords.table),
        Group(testDescription: "result", table: ResultWords.table),
    ]

    @Test(arguments: groups) func `every word is there once, in English and in Thai`(group: Group) {
        let names = group.table.map(\.name)
        #expect(Set(names).count == names.count)
        for word in group.table {
            #expect(!word.english.isEmpty && !word.thai.isEmpty, "\(word.name)")
            #expect(word.english.contains("{}") == word.thai.contains("{}"), "\(word.name)")
        }
    }

    @Test(arguments: groups) func `a Thai word is in Thai where it is no name`(group: Group) {
        let names = ["secured", "idLabel", "codeLabel"]
        for word in group.table where !names.contains(word.name) {
            let isThai = word.thai.unicodeScalars.contains { (0xE00...0xE7F).contains($0.value) }
            #expect(isThai, "\(word.name)")
        }
    }

    @Test func `a hole is filled once, whatever fills it`() {
        let words = PageWords(CardWords.table, .english)
        #expect(words.filled("payButton", "1.00 THB") == "Pay 1.00 THB")
        #expect(words.filled("payButton", "{}") == "Pay {}")
        #expect(words["no such word"] == "")
    }
}
