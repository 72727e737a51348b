import Money
import Payments
import Testing

@testable import Statements

/// camt.053 files that are no XML in one place: what is complete before it stands, and nothing else is taken.
@Suite struct CamtFaultTests {
    private static let good = entry(1_000, "first")

    /// An entry without a reference of the bank's, on one line.
    private static func entry(_ satang: Int64, _ name: String) -> String {
        let amount = Money(minorUnits: satang, .THB).text(decimals: 2)
        return "<Ntry><Amt Ccy=\"THB\">\(amount)</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
            + "<BookgDt><Dt>2026-11-21</Dt></BookgDt><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>\(name)</Nm></Dbtr>"
            + "<DbtrAcct><Id><Othr><Id>1112223334</Id></Othr></Id></DbtrAcct></RltdPties>"
            + "<RmtInf><Ustrd>for \(name)</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    }

    private static func file(_ entries: String..., account: String = "0123456789", xmlns: String = "") -> String {
        "<Document\(xmlns)><BkToCstmrStmt><Stmt><Id>S</Id><Acct><Id><Othr><Id>\(account)</Id></Othr></Id></Acct>\n"
            + entries.joined(separator: "\n") + "\n</Stmt></BkToCstmrStmt></Document>"
    }

    @Test(arguments: [
        ("<Nm>second", "<Nm>R & D "), ("<Nm>second", "<Nm>R&D "), ("<Nm>second", "<Nm>a&nbsp;b"),
        ("for second", "caf&eacute;"), ("for second", "a<b"), ("for second", "a]]>b"), ("for second", "&#0;"),
        ("for second", "&#xFFFF;"), ("for second", "\u{1}"), ("for second", "\u{B}"), ("20.00<", "20&bad;00<"),
        ("20.00<", "20&00<"), ("20.00<", "20&#0;00<"), ("20.00<", "20\u{2}.00<"), ("1112223334", "111&x;2223334"),
        ("</Nm></Dbtr>", "</Dbtr></Nm>"), ("</CdtDbtInd>", "</CdtDbtInt>"), ("<Sts>BOOK</Sts>", "<Sts>BOOK<Sts>"),
        ("Ccy=\"THB\"", "Ccy=THB"), ("Ccy=\"THB\"", "Ccy=\"THB\" Ccy=\"THB\""), ("Ccy=\"THB\"", "Ccy=\"T&HB\""),
        ("<RmtInf>", "<!-- a -- b --><RmtInf>"), ("<RmtInf>", "<RmtInf"), ("<RmtInf>", "</Ntry><RmtInf>"),
    ])
    func `the entry in which the fault lies is not taken, nor any behind it`(from: String, to: String) {
        let second = Self.entry(2_000, "second")
        let damaged = second.replacing(from, with: to)
        #expect(damaged != second)
        let got = read(Self.file(Self.good, damaged, Self.entry(3_000, "third")), .camt053)
        #expect(got.credits.map(\.payerName) == ["first"] && got.refused.isEmpty, "\(got)")
        #expect(got.fault?.reason.contains("no XML from here on") == true)
        #expect(got.fault?.line == 3)
        // The mended file has what was taken under the same key, and the rest.
        let whole = read(Self.file(Self.good, second, Self.entry(3_000, "third")), .camt053)
        #expect(whole.credits.count == 3 && whole.credits.first == got.credits.first && whole.fault == nil)
    }

    @Test(arguments: ["012345&x;6789", "0123456789&", "0123456789&#0;", "0123\u{1}456789"])
    func `an account's number that is damaged is nobody's`(account: String) {
        let got = read(Self.file(Self.good, account: account), .camt053)
        #expect(got.credits.isEmpty && got.refused.isEmpty && got.fault?.line == 1, "\(got)")
    }

    @Test func `what stands behind the end of the statement takes nothing of it away`() {
        let got = read(Self.file(Self.good) + "\n<more/>", .camt053)
        #expect(got.credits.count == 1 && got.fault?.line == 4, "\(got)")
    }

    @Test func `a name of a namespace may be any text`() {
        let got = read(Self.file(Self.good, xmlns: " xmlns=\"camt.053.001.02\""), .camt053)
        #expect(got.credits.count == 1 && got.fault == nil, "\(got)")
    }
}
