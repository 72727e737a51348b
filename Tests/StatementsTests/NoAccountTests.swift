import Payments
import Testing

@testable import Statements

/// A payer's account of which a statement shows nothing is none, in every format.
@Suite struct NoAccountTests {
    static let nothing = ["-", "--", "N/A", "n/a", "XXXXXXXXXX", "xxx-x-xxxxx-x", "****", "none", "ไม่ระบุ", " - "]
    static let something = ["1112223334", "X434783", "xxx-x-x4783-x", "***1", "๑๒๓"]

    private func csv(_ account: String) throws -> BankCredit? {
        let map = try plainMap {
            $0["columns"] = .table(["date": .number(1), "amount": .number(2), "payer_account": .number(3)])
        }
        return read("2026-11-21,1,\(account)\n", .csv, map: map).credits.first
    }

    private func mt940(_ account: String) -> BankCredit? {
        read(
            ":20:S\n:25:0123456789\n:28C:1\n:60F:C261121THB0,\n:61:261121C1,NTRFNONREF\n"
                + ":86:166?00CREDIT?20x?31\(account)?32SOMCHAI\n:62F:C261121THB1,\n", .mt940
        ).credits.first
    }

    private func camt(_ account: String) -> BankCredit? {
        read(
            "<Document><BkToCstmrStmt><Stmt><Id>S</Id><Acct><Id><Othr><Id>0123456789</Id></Othr></Id></Acct><Ntry>"
                + "<Amt Ccy=\"THB\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-11-21</Dt></BookgDt><NtryDtls>"
                + "<TxDtls><RltdPties><DbtrAcct><Id><Othr><Id>\(account)</Id></Othr></Id></DbtrAcct></RltdPties>"
                + "</TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>", .camt053
        ).credits.first
    }

    private func shown(_ account: String) throws -> [String?] {
        let credits = [try #require(try csv(account)), try #require(mt940(account)), try #require(camt(account))]
        return credits.map(\.payerAccount)
    }

    @Test(arguments: nothing)
    func `an account without a digit is no account`(account: String) throws {
        #expect(try shown(account) == [nil, nil, nil])
    }

    @Test(arguments: something)
    func `one that shows any is the payer's`(account: String) throws {
        #expect(try shown(account) == [account, account, account])
    }

    @Test func `a line's key is of what the bank has written`() throws {
        let (dash, none) = (try #require(try csv("-")), try #require(try csv("")))
        #expect(dash.key != none.key)
        #expect(dash.payerAccount == none.payerAccount)
    }
}
