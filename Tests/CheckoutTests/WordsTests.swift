import Foundation
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

    @Test func `every table of words is looked at here`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Checkout/Words")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let tables = try files.map { try String(contentsOf: $0, encoding: .utf8) }
            .reduce(0) { $0 + $1.components(separatedBy: "table: PageWords.Table").count - 1 }
        #expect(tables == Self.groups.count)
    }

    @Test(arguments: groups, Language.allCases)
    func `every word is there once, with the same holes as in English`(group: Group, language: Language) {
        let names = group.table.map(\.name)
        #expect(Set(names).count == names.count)
        for word in group.table {
            let text = PageWords.text(of: word, in: language)
            #expect(!text.isEmpty && text == text.trimmingCharacters(in: .whitespaces), "\(word.name)")
            #expect(Self.holes(text) == Self.holes(word.english) && Self.holes(text) <= 1, "\(word.name)")
        }
    }

    @Test(arguments: groups, Language.allCases)
    func `a word is in its language, and in none but it`(group: Group, language: Language) {
        for word in group.table where language != .thai || !Self.thaiNames.contains(word.english) {
            let text = PageWords.text(of: word, in: language)
            #expect(language.isWritten(in: text) && !language.isForeign(text), "\(word.name)")
        }
    }

    /// What Thai has no words for.
    private static let thaiNames = ["QR ID", "CVN2"]

    private static func holes(_ text: String) -> Int { text.components(separatedBy: "{}").count - 1 }

    @Test func `the shop's script says the same in every language`() throws {
        let script = String(decoding: PackageResources.kpayment_js, as: UTF8.self)
        let lines = script.matches(of: /(?m)^    ([a-z]{2}): \{ (.*) \},?$/)
        #expect(Set(lines.map { String($0.1) }) == Set(Language.allCases.map(\.rawValue)))
        for line in lines {
            let language = try #require(Language(rawValue: String(line.1)))
            let words = line.2.matches(of: /([a-z]+): "([^"]+)"/).map { (name: String($0.1), text: String($0.2)) }
            #expect(words.map(\.name) == ["pay", "title", "close", "wait"])
            for word in words {
                #expect(language.isWritten(in: word.text) && !language.isForeign(word.text), "\(word.name)")
            }
        }
    }

    @Test func `a hole is filled once, whatever fills it`() {
        let words = PageWords(CardWords.table, .english)
        #expect(words.filled("payButton", "1.00 THB") == "Pay 1.00 THB")
        #expect(words.filled("payButton", "{}") == "Pay {}")
        #expect(words["no such word"] == "")
    }
}
