import Money
import Payments
import Testing

@testable import Statements

@Suite struct CamtTests {
    @Test func `entries become credits, one for each transaction of a batch`() throws {
        let got = try read(sample("two-entries.camt053.xml"), .camt053)
        #expect(got.fault == nil && got.refused.isEmpty && got.debits.count == 1)
        #expect(got.lines == [10, 35, 35])
        #expect(
            got.credits == [
                BankCredit(
                    key: "2026-11-21 150025 BANKREF-1", amount: Money(minorUnits: 150_025, .THB),
                    creditedAt: moment(10, 20, 30, microseconds: 500_000), payerBank: "014", payerAccount: "X434783",
                    payerName: "สมชาย ใจดี", description: "Order 5 Thank you & bye", reference: "BANKREF-1"),
                BankCredit(
                    key: "2026-11-21 10000 BATCH-7/1", amount: Money(minorUnits: 10_000, .THB), creditedAt: moment(0),
                    creditedUntil: dayEnd, payerBank: "004", reference: "BATCH-7"),
                BankCredit(
                    key: "2026-11-21 20000 BATCH-7/2", amount: Money(minorUnits: 20_000, .THB),
                    creditedAt: moment(8), reference: "BATCH-7"),
            ])
    }

    @Test func `the oldest version, with a prefix, is read alike`() throws {
        let got = try read(sample("version-2.camt053.xml"), .camt053)
        #expect(got.fault == nil && got.refused.isEmpty)
        #expect(got.credits.map(\.payerName) == ["A & B"] && got.credits.map(\.payerBank) == ["004"])
        #expect(got.credits.map(\.key) == ["2026-11-21 4200 9"])
        // A day in London is another stretch of time.
        #expect(got.credits.map(\.creditedAt) == [moment(7)])
    }

    private func entry(_ change: (String) -> String) -> Read {
        let entry = """
            <Ntry><Amt Ccy="THB">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
            <BookgDt><Dt>2026-11-21</Dt></BookgDt><AcctSvcrRef>R</AcctSvcrRef></Ntry>
            """
        return read(document(change(entry) + "\n" + entry.replacing(">R<", with: ">GOOD<")), .camt053)
    }

    private func document(_ entries: String, account: String = "0123456789") -> String {
        """
        <Document><BkToCstmrStmt><Stmt><Id>S</Id><Acct><Id><Othr><Id>\(account)</Id></Othr></Id></Acct>
        \(entries)</Stmt></BkToCstmrStmt></Document>
        """
    }

    @Test(arguments: [
        (">10.00<", ">10,00<", "is no amount"), (">10.00<", ">-10.00<", "is no amount"), (">10.00<", "><", "missing"),
        (">10.00<", ">0.00<", "is zero"), (">10.00<", ">1.005<", "more decimals"), (">10.00<", ">1e2<", "is no amount"),
        (">10.00<", ">99999999999999999999<", "larger than"), ("THB", "USD", "in “USD”"), (" Ccy=\"THB\"", "", "in “”"),
        ("CRDT", "CR", "neither CRDT"), ("BOOK", "PDNG", "not booked"), ("2026-11-21", "2026-02-30", "no date"),
        ("<Dt>2026-11-21</Dt>", "<DtTm>2026-11-21T25:00:00</DtTm>", "no date and time"),
        ("<BookgDt><Dt>2026-11-21</Dt></BookgDt>", "", "no date"),
        ("<Sts>", "<RvslInd>true</RvslInd><Sts>", "takes back"), ("<Sts>", "<RvslInd>yes</RvslInd><Sts>", "RvslInd"),
        ("</Ntry>", "<NtryDtls><Btch><NbOfTxs>3</NbOfTxs></Btch></NtryDtls></Ntry>", "batch of 3"),
        (
            "</Ntry>",
            "<NtryDtls><TxDtls><Amt Ccy=\"THB\">4</Amt></TxDtls><TxDtls><Amt Ccy=\"THB\">5</Amt></TxDtls></NtryDtls></Ntry>",
            "do not add up"
        ),
        ("</Ntry>", "<NtryDtls><TxDtls/><TxDtls/></NtryDtls></Ntry>", "has no amount"),
    ])
    func `a bad entry is refused with its line, and the next is read`(
        from: String, to: String, reason: String
    ) {
        let got = entry { $0.replacing(from, with: to) }
        #expect(got.refused.map(\.line) == [2] && got.reasons.allSatisfy { $0.contains(reason) }, "\(got)")
        #expect(got.credits.map(\.reference) == ["GOOD"] && got.fault == nil)
    }

    @Test func `a second entry under one reference of the bank is left to a person`() {
        let got = entry { $0 + "\n" + $0.replacing("10.00", with: "20.00") + "\n" + $0 }
        #expect(got.credits.map(\.amount.minorUnits) == [1_000, 2_000, 1_000], "\(got)")
        #expect(got.refused.map(\.line) == [6])
        #expect(got.reasons.allSatisfy { $0.contains("the reference “R”, the same day and the same amount") })
    }

    @Test func `a text without bound is not kept`() {
        let got = entry { $0.replacing(">R<", with: ">" + String(repeating: "x", count: 100_000) + "<") }
        #expect(got.reasons.count == 1 && got.credits.map(\.reference) == ["GOOD"])
    }

    @Test func `another account's file is refused, and says whose it is`() {
        let got = read(document("<Ntry/>", account: "9876543210"), .camt053)
        #expect(got.fault?.reason == "the file is of account 9876543210, not 0123456789" && got.refused.isEmpty)
    }

    @Test func `a statement that stands in a file twice is read once`() throws {
        let text = String(decoding: try sample("two-entries.camt053.xml"), as: UTF8.self)
        let start = try #require(text.firstRange(of: "<Stmt>")).lowerBound
        let end = try #require(text.firstRange(of: "</Stmt>")).upperBound
        let twice = text.replacing("</BkToCstmrStmt>", with: text[start..<end] + "</BkToCstmrStmt>")
        let got = read(twice, .camt053)
        #expect(got.credits.count == 3 && got.reasons.count == 1 && got.reasons[0].contains("twice"))
    }

    @Test(arguments: [
        "", "   ", "hello", "<a/>", "<Document/>", "<Document><BkToCstmrAcctRpt/></Document>", "{\"a\":1}",
        "<Document><BkToCstmrStmt/></Document>", "\u{0}\u{0}", "<?xml version=\"1.0\" encoding=\"UTF-7\"?><Document/>",
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Document/>",
    ])
    func `what is no camt.053 is refused as a whole`(text: String) {
        let got = read(text, .camt053)
        #expect(got.fault != nil && got.credits.isEmpty && got.refused.isEmpty)
    }

    @Test(arguments: [
        "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;\">]>",
        "<!DOCTYPE d [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>", "<!DOCTYPE d SYSTEM \"http://127.0.0.1/d.dtd\">",
    ])
    func `a document type is refused before anything is read`(type: String) {
        let good = document("<Ntry/>")
        #expect(read(type + good, .camt053).fault?.reason.contains("DOCTYPE") == true)
        // Also where it is cut by the reader's chunks.
        let far = "<?xml version=\"1.0\"?>" + String(repeating: " ", count: 65_536 - 24) + type + good
        #expect(read(far, .camt053).fault?.reason.contains("DOCTYPE") == true)
    }

    @Test func `elements without end, and UTF-16, are refused`() {
        let deep = document(String(repeating: "<x>", count: 100_000))
        #expect(read(deep, .camt053).fault?.reason.contains("deep") == true)
        let wide = document("<Ntry/>").utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(read([0xFF, 0xFE] + wide, .camt053).fault != nil && read(wide, .camt053).fault != nil)
        let good = Array(document("<Ntry><a b=\"c\">é</a></Ntry>").utf8)
        for index in good.indices {
            for byte: UInt8 in [0xFF, 0xC3, 0x80, 0x00, 0x01] {
                var bytes = good
                bytes[index] = byte
                #expect(read(bytes, .camt053).credits.isEmpty)
            }
        }
    }

    @Test func `a file cut at any byte gives whole entries alone, and is reported`() throws {
        let bytes = try sample("two-entries.camt053.xml")
        let whole = read(bytes, .camt053).credits
        for count in 0..<bytes.count - 1 {
            let cut = read(Array(bytes.prefix(count)), .camt053)
            #expect(cut.fault != nil, "cut at \(count)")
            #expect(cut.credits == Array(whole.prefix(cut.credits.count)), "cut at \(count)")
        }
    }
}
