import Money
import Payments
import Testing

@testable import Statements

@Suite struct MT940Tests {
    private let lunch = BankCredit(
        key: "", amount: Money(minorUnits: 10_000, .THB), creditedAt: moment(0), creditedUntil: dayEnd,
        payerBank: "004", payerAccount: "1112223334", payerName: "SOMYING K", description: "Lunch")

    @Test func `lines with their details become credits`() throws {
        let got = try read(sample("two-days.mt940"), .mt940)
        #expect(got.fault == nil && got.refused.isEmpty && got.debits == [9])
        #expect(got.lines == [6, 11, 13, 22])
        #expect(
            got.credits.first
                == BankCredit(
                    key: "2026-11-21 150025 BANKREF-1", amount: Money(minorUnits: 150_025, .THB),
                    creditedAt: moment(0), creditedUntil: dayEnd, payerBank: "014", payerAccount: "X434783",
                    payerName: "SOMCHAI JAIDEE", description: "TRANSFER Order 5", reference: "BANKREF-1"))
        for credit in got.credits[1...2] {
            #expect(credit.payerName == lunch.payerName && credit.payerAccount == lunch.payerAccount)
            #expect(credit.payerBank == lunch.payerBank && credit.description == lunch.description)
        }
        // Equal in all they say, and two all the same.
        #expect(got.credits[2].key == got.credits[1].key + " #2")
        // The entry date is of the year after the value date's.
        #expect(got.credits[3].key.hasPrefix("2027-01-01 750 "))
        #expect(got.credits[3].description == "free words over the line")
    }

    @Test func `line ends, a bare file and a byte order mark change nothing`() throws {
        let text = String(decoding: try sample("two-days.mt940"), as: UTF8.self)
        let wanted = read(text, .mt940).credits
        #expect(read(text.replacing("\n", with: "\r\n"), .mt940).credits == wanted)
        #expect(read("\u{FEFF}" + text, .mt940).credits == wanted)
        let bare = text.split(separator: "\n", omittingEmptySubsequences: false).filter {
            !$0.hasPrefix("{") && !$0.hasPrefix("-")
        }.joined(separator: "\n")
        #expect(read(bare, .mt940).credits == wanted && read(bare, .mt940).refused.isEmpty)
    }

    private func statement(_ lines: String..., account: String = "0123456789", opening: String = "C261121THB0,")
        -> String
    {
        ":20:S\n:25:\(account)\n:28C:1/1\n:60F:\(opening)\n" + lines.joined(separator: "\n")
            + "\n:62F:C261121THB0,\n-\n"
    }

    @Test(arguments: [
        (":61:261121RC10,NTRFX//B", "takes back a credit"), (":61:261121RD10,NTRFX//B", "takes back a debit"),
        (":61:261121ED10,NTRFX//B", "only expected"), (":61:261121X10,NTRFX//B", "the mark is none"),
        (":61:261121C10NTRFX//B", "no amount"), (":61:261121C1,0,0NTRFX//B", "no amount"),
        (":61:261121C1.000,00NTRFX//B", "no amount"), (":61:261121C,NTRFX//B", "missing"),
        (":61:261121C0,00NTRFX//B", "is zero"), (":61:261121C0,001NTRFX//B", "more decimals"),
        (":61:261121C1234567890123456,NTRFX//B", "15 characters"), (":61:261121C999999999999999NTRF", "no amount"),
        (":61:261131C10,NTRFX//B", "value date"), (":61:C10,NTRFX//B", "value date"), (":61:", "value date"),
        (":61:26112113C10,NTRF", "entry date"), (":61:2611211301C10,NTRF", "entry date"),
        (":61:261121C10,", "kind of transaction"), (":61:261121C10,XYZ", "kind of transaction"),
        (":61:261121C10,NTRFX//B\u{0}", "no UTF-8 text"),
    ])
    func `a bad line is refused with its number, and the next is read`(line: String, reason: String) {
        let got = read(statement(line, ":86:details", ":61:261121C10,NTRFNONREF//GOOD"), .mt940)
        #expect(got.refused.map(\.line) == [5] && got.reasons.allSatisfy { $0.contains(reason) }, "\(got)")
        #expect(got.credits.map(\.reference) == ["GOOD"] && got.fault == nil)
    }

    @Test func `of several statements those of other accounts are refused by their line`() {
        let own = statement(":61:261121C10,NTRFNONREF//GOOD")
        let other = statement(":61:261121C10,NTRFNONREF//BAD", account: "9876543210")
        for text in [own + other, other + own] {
            let got = read(text, .mt940)
            #expect(got.credits.map(\.reference) == ["GOOD"] && got.fault == nil)
            #expect(got.reasons == ["the statement is of account 9876543210, not 0123456789"])
        }
        #expect(read(other, .mt940).fault?.reason == "the file is of account 9876543210, not 0123456789")
        #expect(read(other, .mt940).credits.isEmpty)
    }

    @Test func `a statement twice, one in dollars, one without a balance or an account are left to a person`() {
        let own = statement(":61:261121C10,NTRFNONREF//GOOD")
        #expect(read(own + own, .mt940).credits.count == 1)
        #expect(read(own + own, .mt940).reasons == ["this statement stands in the file twice; the first was read"])
        let dollars = read(statement(":61:261121C10,NTRF", opening: "C261121USD0,"), .mt940)
        #expect(dollars.credits.isEmpty && dollars.reasons.first?.contains("in “USD”") == true)
        let unopened = read(own.replacing(":60F:C261121THB0,\n", with: "") + own, .mt940)
        #expect(unopened.credits.count == 1 && unopened.reasons.contains { $0.contains("opening balance") })
        let nobody = read(own.replacing(":25:0123456789\n", with: "") + own, .mt940)
        #expect(nobody.credits.count == 1 && nobody.reasons == ["the statement names no account (:25:)"])
    }

    @Test func `pages of a day are read together, and a later page alone gives only what the bank has named`() {
        let equal = ":61:261121C10,NTRFNONREF\n:86:Lunch"
        func page(_ number: Int, _ opening: String, _ closing: String) -> String {
            ":20:S\n:25:0123456789\n:28C:1/\(number)\n:60\(opening)\n\(equal)\n"
                + ":61:261121C10,NTRFNONREF//NAMED-\(number)\n:62\(closing)\n-\n"
        }
        let first = page(1, "F:C261121THB0,", "M:C261121THB20,")
        let second = page(2, "M:C261121THB20,", "F:C261121THB40,")
        let together = read(first + second, .mt940)
        #expect(together.refused.isEmpty && together.credits.count == 4)
        #expect(together.credits[2].key == together.credits[0].key + " #2")
        let alone = read(second, .mt940)
        #expect(alone.credits.map(\.reference) == ["NAMED-2"] && alone.refused.map(\.line) == [5])
        #expect(alone.reasons.allSatisfy { $0.contains(":60M:") })
        // Another day's page stands between.
        let other = read(page(1, "F:C261121THB5,", "M:C261121THB25,") + second, .mt940)
        #expect(other.credits.count == 3 && other.refused.map(\.line) == [14])
    }

    @Test(arguments: ["", "\n\n", "hello", "Date,Amount\n1,2", "<Document/>", ":99:x", "-}", "{1:F01}{4:\n-}"])
    func `what is no MT940 is refused as a whole`(text: String) {
        let got = read(text, .mt940)
        #expect(got.fault != nil && got.credits.isEmpty && got.refused.isEmpty)
    }

    @Test func `a huge line is refused and stops nothing`() {
        let long = ":86:" + String(repeating: "x", count: 200_000)
        let got = read(statement(":61:261121C10,NTRFX//B", long, ":61:261121C10,NTRFNONREF//GOOD"), .mt940)
        #expect(got.credits.map(\.reference) == ["GOOD"] && got.refused.map(\.line) == [5])
        let many = Array(repeating: "more", count: 100).joined(separator: "\n")
        let tall = read(statement(":61:261121C10,NTRFX//B", ":86:a", many, ":61:261121C10,NTRFNONREF//GOOD"), .mt940)
        #expect(tall.credits.map(\.reference) == ["GOOD"] && tall.refused.map(\.line) == [5])
    }

    @Test func `a file cut at any byte gives whole lines alone`() throws {
        let bytes = try sample("two-days.mt940")
        let whole = read(bytes, .mt940).credits
        for count in bytes.indices {
            let cut = read(Array(bytes.prefix(count)), .mt940)
            #expect(Array(whole.prefix(cut.credits.count)) == cut.credits, "cut at \(count)")
        }
    }
}
