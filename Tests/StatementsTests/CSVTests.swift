import Money
import Payments
import Testing

@testable import Statements

@Suite struct CSVTests {
    @Test func `records become credits by the map`() throws {
        let got = try read(sample("bank.csv"), .csv, map: csvMap())
        #expect(got.fault == nil && got.refused.isEmpty && got.debits == [4] && got.lines == [3, 5])
        #expect(got.credits.map(\.amount.minorUnits) == [150_025, 10_000])
        #expect(got.credits.map(\.creditedAt) == [moment(10, 20, 30), moment(10, 22)])
        #expect(got.credits.map(\.creditedUntil) == [nil, nil])
        #expect(got.credits.map(\.payerBank) == ["014", "004"])
        #expect(got.credits.map(\.payerAccount) == ["X434783", "1112223334"])
        #expect(got.credits.map(\.description) == ["Transfer, with \"thanks\"", "two lines"])
    }

    @Test func `a byte order mark, line ends and a missing last one change nothing`() throws {
        let text = String(decoding: try sample("bank.csv"), as: UTF8.self)
        let wanted = read(text, .csv, map: try csvMap()).credits
        #expect(try read("\u{FEFF}" + text, .csv, map: csvMap()).credits == wanted)
        #expect(try read(text.replacing("\n", with: "\r\n"), .csv, map: csvMap()).credits.count == 2)
        #expect(try read(String(text.dropLast()), .csv, map: csvMap()).credits == wanted)
    }

    @Test func `equal lines are counted, and files that overlap number them alike`() throws {
        let (a, b) = ("2026-11-21,100,x", "2026-11-21,5,y")
        let map = try plainMap()
        let first = read([a, b].joined(separator: "\n"), .csv, map: map).credits.map(\.key)
        let both = read([b, a, a].joined(separator: "\n"), .csv, map: map).credits.map(\.key)
        #expect(Set(first).count == 2 && Set(both).count == 3 && Set(first).isSubset(of: both))
        #expect(both[2] == both[1] + " #2")
        let named = try plainMap {
            $0["columns"] = .table(["date": .number(1), "amount": .number(2), "id": .number(3)])
        }
        // What the map calls unique stands twice: perhaps the same line, perhaps not.
        let twice = read([a, b, a].joined(separator: "\n"), .csv, map: named)
        #expect(twice.credits.map(\.key) == ["2026-11-21 10000 x", "2026-11-21 500 y"])
        #expect(twice.refused.map(\.line) == [3])
    }

    @Test func `a time without seconds is a whole minute`() throws {
        let map = try plainMap { $0["formats"] = .table(["date": .text("yyyy-MM-dd HH:mm")]) }
        let credit = try #require(read("2026-11-21 10:05,1,x", .csv, map: map).credits.first)
        #expect(credit.creditedAt == moment(10, 5))
        #expect(credit.creditedUntil == moment(10, 5, 59, microseconds: 999_999))
    }

    @Test func `a date alone is a whole day of its zone`() throws {
        let map = try plainMap { $0["zone"] = .text("Z") }
        let credit = try #require(read("2026-11-21,1,x", .csv, map: map).credits.first)
        #expect(
            credit.creditedAt == moment(7)
                && credit.creditedUntil == Instant(microseconds: dayEnd.microseconds + 7 * 3_600_000_000))
    }

    @Test(arguments: [
        ("dd/MM/yyyy", "28/11/2569", true), ("dd/MM/yy", "28/11/69", true), ("dd/MM/yyyy", "28/11/2026", false),
        ("dd/MM/yyyy", "28/11/1969", false), ("dd/MM/yyyy", "28/11/2399", false), ("dd/MM/yyyy", "28/11/0069", false),
    ])
    func `a year of four digits that is not of the Buddhist calendar is refused where years are`(
        format: String, date: String, isTaken: Bool
    ) throws {
        let map = try plainMap {
            $0["buddhist_years"] = .flag(true)
            $0["formats"] = .table(["date": .text(format)])
        }
        let got = read("\(date),1,x\n", .csv, map: map)
        #expect(got.credits.map(\.creditedAt) == (isTaken ? [moment(24 * 7)] : []), "\(got)")
        #expect(got.reasons.allSatisfy { $0.contains("not of the Buddhist calendar") })
        #expect(got.refused.map(\.line) == (isTaken ? [] : [1]))
    }

    @Test(arguments: [
        ("2026-13-01,1,x", "no day of the calendar"), ("21/11/2026,1,x", "not written as"), (",1,x", "date is missing"),
        ("2026-11-21,,x", "amount is missing"), ("2026-11-21,abc,x", "is no amount"), ("2026-11-21,0,x", "is zero"),
        ("2026-11-21,1e3,x", "is no amount"), ("2026-11-21,1.2.3,x", "is no amount"),
        ("2026-11-21,1.,x", "is no amount"),
        ("2026-11-21,1.001,x", "more decimals"), ("2026-11-21,\"1,50\",x", "does not divide thousands"),
        ("2026-11-21,1", "2 columns, not 3"), ("2026-11-21,1,x,y", "4 columns, not 3"),
        ("2026-11-21,1,\"x\"y", "behind a closing quote"), ("2026-11-21,1,x\"y", "does not begin with one"),
        ("2026-11-21,1,\"x", "never closed"), ("2026-11-21,1,x\u{0}", "no UTF-8"),
        ("2026-11-21,99999999999999999999,x", "larger than"),
    ])
    func `a bad line is refused with its number, and the next is read`(line: String, reason: String) throws {
        let got = read("2026-11-21,1,a\n\(line)\n2026-11-21,2,b\n", .csv, map: try plainMap())
        #expect(got.refused.map(\.line) == [2] && got.reasons.allSatisfy { $0.contains(reason) }, "\(got)")
        #expect(got.credits.map(\.description) == ["a", "b"] && got.fault == nil)
    }

    @Test func `what is no UTF-8, and what is too long, is refused line by line`() throws {
        var bytes = Array("2026-11-21,1,a\n2026-11-21,1,".utf8)
        bytes += [0xA1, 0xB2] + Array("\n2026-11-21,1,b\n".utf8)
        bytes += Array(repeating: UInt8(ascii: "x"), count: 300_000) + Array("\n2026-11-21,1,c".utf8)
        let got = read(bytes, .csv, map: try plainMap())
        #expect(got.refused.map(\.line) == [2, 4] && got.credits.map(\.description) == ["a", "b", "c"])
    }

    @Test func `marks, separate columns and other marks for thousands are understood`() throws {
        let marked = try plainMap {
            $0["columns"] = .table(["date": .number(1), "amount": .number(2), "mark": .number(3)])
            $0["marks"] = .table(["credit": .text("CR"), "debit": .list([.text("DR"), .text("D")])])
            $0["delimiter"] = .text(";")
            $0["decimal"] = .text(",")
            $0["thousands"] = .text(".")
        }
        let got = read(
            "2026-11-21;1.234,50;CR\n2026-11-21;1;DR\n2026-11-21;1;D\n2026-11-21;1;?\n2026-11-21;-1;CR", .csv,
            map: marked)
        #expect(got.credits.map(\.amount.minorUnits) == [123_450] && got.debits == [2, 3])
        #expect(got.refused.map(\.line) == [4, 5])
    }

    @Test func `a line of another account is refused`() throws {
        let map = try plainMap {
            $0["columns"] = .table(["date": .number(1), "amount": .number(2), "account": .number(3)])
        }
        let got = read("2026-11-21,1,012-3-45678-9\n2026-11-21,1,9876543210", .csv, map: map)
        #expect(got.credits.count == 1 && got.reasons == ["the line is of account 9876543210, not 0123456789"])
    }

    @Test func `a file without the columns is refused as a whole`() throws {
        for text in [
            "", "a\n", "x\nDate,Time\n",
            "x\nDate,Date,Time,Description,Deposit,Withdrawal,Balance,From bank,From account",
        ] {
            let got = read(text, .csv, map: try csvMap())
            #expect(got.fault != nil && got.credits.isEmpty, "\(text)")
        }
        #expect(read("a", .csv).fault?.reason.contains("map") == true)
    }

    @Test func `a file cut at any byte does not crash, and gives no line that was never there but its last`() throws {
        let bytes = try sample("bank.csv")
        let map = try csvMap()
        let whole = Set(read(bytes, .csv, map: map).credits.map(\.key))
        for count in bytes.indices {
            let cut = read(Array(bytes.prefix(count)), .csv, map: map).credits
            #expect(Set(cut.dropLast().map(\.key)).isSubset(of: whole), "cut at \(count)")
        }
    }

    @Test(arguments: [
        ("columns", MapValue.text("x")), ("columns", .table(["amount": .number(2)])),
        ("columns", .table(["date": .number(1)])), ("columns", .table(["date": .number(0), "amount": .number(2)])),
        ("columns", .table(["date": .number(1), "amount": .number(2), "credit": .number(3)])),
        ("columns", .table(["date": .number(1), "amount": .number(2), "time": .number(3)])),
        ("columns", .table(["date": .text("Date"), "amount": .number(2)])),
        ("columns", .table(["date": .number(1), "amount": .number(2), "colour": .number(3)])),
        ("columns", .table(["date": .number(1), "amount": .number(2), "mark": .number(3)])),
        ("formats", .table([:])), ("formats", .table(["date": .text("qq")])),
        ("formats", .table(["date": .text("HH:mm")])),
        ("delimiter", .text("ab")), ("delimiter", .text("\"")), ("header", .text("yes")), ("skip", .number(-1)),
        ("zone", .text("Asia/Bangkok")), ("decimal", .text("x")), ("thousands", .text(".")),
        ("ignore", .list([.text("")])),
        ("buddhist_years", .number(1)), ("marks", .table([:])), ("shape", .text("round")),
    ])
    func `a map that says nothing clear is refused`(name: String, value: MapValue) {
        #expect(throws: ColumnMap.Fault.self) { try plainMap { $0[name] = value } }
    }
}
