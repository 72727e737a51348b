import Foundation
import Payments
import Testing

@testable import Statements

/// What a reader made of a file.
struct Read {
    var credits: [BankCredit] = []
    var lines: [Int] = []
    var debits: [Int] = []
    var refused: [RefusedLine] = []
    var fault: StatementFault?

    var reasons: [String] { refused.map(\.reason) }
}

func read(
    _ bytes: [UInt8], _ format: StatementFormat, account: String = "0123456789", map: ColumnMap? = nil
) -> Read {
    var read = Read()
    do {
        try StatementReader(format, account: account, map: map).read(StatementSource(bytes: bytes)) { item in
            switch item {
            case .credit(let credit, let line):
                read.credits.append(credit)
                read.lines.append(line)
            case .debit(let line): read.debits.append(line)
            case .refused(let line): read.refused.append(line)
            }
        }
    } catch let fault as StatementFault {
        read.fault = fault
    } catch {
        Issue.record("\(error)")
    }
    return read
}

func read(_ text: String, _ format: StatementFormat, map: ColumnMap? = nil) -> Read {
    read(Array(text.utf8), format, map: map)
}

func sample(_ name: String) throws -> [UInt8] {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Samples"))
    return Array(try Data(contentsOf: url))
}

/// An instant of 2026-11-21 in Bangkok.
func moment(_ hour: Int, _ minute: Int = 0, _ second: Int = 0, microseconds: Int64 = 0) -> Instant {
    let midnight = CivilDay(bangkok: Instant(microseconds: 1_795_237_200_000_000)).bangkokMidnight
    let seconds = midnight.adding(seconds: Int64(hour * 3600 + minute * 60 + second))
    return Instant(microseconds: seconds.microseconds + microseconds)
}

let dayEnd = Instant(microseconds: moment(24).microseconds - 1)

func csvMap(_ change: (inout [String: MapValue]) -> Void = { _ in }) throws -> ColumnMap {
    var values: [String: MapValue] = [
        "skip": .number(1), "ignore": .list([.text("Total")]), "buddhist_years": .flag(true),
        "columns": .table([
            "date": .text("Date"), "time": .text("Time"), "credit": .text("Deposit"), "debit": .text("Withdrawal"),
            "balance": .text("Balance"), "payer_bank": .text("From bank"), "payer_account": .text("From account"),
            "description": .text("Description"),
        ]),
        "formats": .table(["date": .text("dd/MM/yyyy"), "time": .text("HH:mm:ss")]),
    ]
    change(&values)
    return try ColumnMap(values)
}

/// Columns by place, no header: date, amount with a sign, description.
func plainMap(_ change: (inout [String: MapValue]) -> Void = { _ in }) throws -> ColumnMap {
    try csvMap { values in
        values = [
            "header": .flag(false),
            "columns": .table(["date": .number(1), "amount": .number(2), "description": .number(3)]),
            "formats": .table(["date": .text("yyyy-MM-dd")]),
        ]
        change(&values)
    }
}
