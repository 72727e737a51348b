import APISupport
import Gateway
import HTTPTypes
import Money
import Payments
import TestSupport
import Testing

@testable import mekong

/// Transfers from creation to their end, and the balance.
@Suite struct TransferTests {
    @Test func `a transfer is pending, then queued, then done`() async throws {
        try await withShop { shop in
            try await shop.fund("10")
            let made = try await shop.done("create_transfer", .transfer)
            #expect(made.reply("transfer_id") == "1")
            // The money is held at once.
            #expect(try await shop.balance == "5.00")
            let early = try await shop.transferStatus("1")
            #expect(early == "P" || early == "Q")
            try await shop.host.gateway.runDue()
            #expect(try await shop.transferStatus("1") == "Q")
            try await shop.advance(seconds: 5)
            #expect(try await shop.transferStatus("1") == "S")
            #expect(try await shop.balance == "5.00")
        }
    }

    @Test func `one that fails gives the money back`() async throws {
        try await withShop { shop in
            try await shop.fund("10")
            _ = try await shop.done("create_transfer", .transfer)
            try await shop.control(.post, "/payouts/1", "{\"outcome\":\"failed\",\"reason\":\"closed account\"}")
            #expect(try await shop.transferStatus("1") == "F")
            #expect(try await shop.balance == "10.00")
            #expect(try await shop.ask(.post, "/payouts/1", "{\"outcome\":\"success\"}").status == 409)
        }
    }

    @Test func `a bank that does not answer is asked until it does`() async throws {
        try await withShop { shop in
            try await shop.fund("10")
            try await shop.control(
                .post, "/faults", "{\"rail\":\"bank\",\"operation\":\"payout\",\"fault\":\"timeout\",\"count\":1}")
            _ = try await shop.done("create_transfer", .transfer)
            try await shop.host.gateway.runDue()
            #expect(try await shop.transferStatus("1") == "Q")
            #expect(try await shop.balance == "5.00")
            try await shop.advance(seconds: 600)
            #expect(try await shop.transferStatus("1") == "S")
        }
    }

    @Test func `transfers are numbered one after the other, each merchant's from one`() async throws {
        try await withShop { shop in
            try await shop.fund("100")
            var numbers: [String] = []
            for _ in 0..<3 {
                numbers.append(try await shop.done("create_transfer", .transfer).reply("transfer_id"))
            }
            #expect(numbers == ["1", "2", "3"])
            let rival = try await shop.rival()
            #expect(try await rival.transfer("1").outcome == "404 TRANSFER_NOT_FOUND")
        }
    }

    @Test func `more than there is cannot be sent, and nothing is held`() async throws {
        try await withShop { shop in
            #expect(try await shop.call("create_transfer", .transfer).outcome == "409 INSUFFICIENT_BALANCE")
            try await shop.fund("10")
            let over = Body.transfer.with("amount", "10.01")
            #expect(try await shop.call("create_transfer", over).outcome == "409 INSUFFICIENT_BALANCE")
            #expect(try await shop.balance == "10.00")
            #expect(try await shop.call("create_transfer", .transfer.with("amount", "10")).outcome == "200 OK")
            #expect(try await shop.balance == "0.00")
        }
    }

    @Test func `satang are sent as they are`() async throws {
        try await withShop { shop in
            try await shop.fund("10")
            let number = try await shop.done("create_transfer", .transfer.with("amount", "\"1.07\"")).reply(
                "transfer_id")
            #expect(try await shop.transfer(number).reply("transfer.0.amount") == "1.0700")
            #expect(try await shop.balance == "8.93")
        }
    }

    /// A field, a raw value, and what is answered.
    static let wrong: [(String, String, String)] = [
        ("to_bank_id", "null", "400 MISSING_PARAMETER"), ("to_bank_id", "\"\"", "400 MISSING_PARAMETER"),
        ("to_bank_id", "true", "400 INVALID_PARAMETER"), ("to_bank_id", "1.5", "400 INVALID_PARAMETER"),
        ("to_bank_id", "-2", "400 INVALID_PARAMETER"), ("to_bank_id", "\"KBANK\"", "400 INVALID_PARAMETER"),
        ("to_bank_id", "99999999999999999999", "400 INVALID_PARAMETER"), ("to_bank_id", "0", "404 BANK_NOT_FOUND"),
        ("to_bank_id", "99", "404 BANK_NOT_FOUND"), ("to_bank_id", "12", "409 BANK_DISABLED"),
        ("to_account_no", "null", "400 MISSING_PARAMETER"), ("to_account_no", "true", "400 INVALID_PARAMETER"),
        ("to_account_no", "-5", "400 INVALID_PARAMETER"), ("to_account_no", "1.5", "400 INVALID_PARAMETER"),
        ("to_account_no", "\"12-34\"", "400 INVALID_PARAMETER"),
        ("to_account_no", "\"X434783\"", "400 INVALID_PARAMETER"),
        ("to_account_no", "\"١٢٣\"", "400 INVALID_PARAMETER"),
        ("to_account_no", "\"\(String(repeating: "1", count: 129))\"", "400 INVALID_PARAMETER"),
        ("amount", "null", "400 MISSING_PARAMETER"), ("amount", "0", "400 INVALID_AMOUNT"),
        ("amount", "0.00", "400 INVALID_AMOUNT"), ("amount", "-5", "400 INVALID_AMOUNT"),
        ("amount", "5.001", "400 INVALID_PARAMETER"), ("amount", "\"five\"", "400 INVALID_PARAMETER"),
        ("amount", "[5]", "400 INVALID_PARAMETER"), ("amount", "1e30", "400 INVALID_PARAMETER"),
        ("amount", "2000000.01", "400 AMOUNT_LIMIT_EXCEEDED"),
        ("remark", "null", "400 MISSING_PARAMETER"), ("remark", "\"  \"", "400 MISSING_PARAMETER"),
        ("remark", "5", "400 INVALID_PARAMETER"), ("remark", "\"12345678901234567\"", "400 INVALID_PARAMETER"),
        ("remark", "\"a\\u0000\"", "400 INVALID_PARAMETER"),
        ("callback_url", "\"shop\"", "400 INVALID_PARAMETER"), ("callback_url", "5", "400 INVALID_PARAMETER"),
        ("callback_url", "\"http://a.test/\(String(repeating: "a", count: 499))\"", "400 INVALID_PARAMETER"),
    ]

    @Test func `whatever is wrong with a transfer is named, and nothing is held`() async throws {
        try await withShop { shop in
            try await shop.fund("10")
            for (field, value, outcome) in Self.wrong {
                let answer = try await shop.call("create_transfer", .transfer.with(field, value))
                #expect(answer.outcome == outcome, "\(field) \(value)")
                #expect(!answer.outcome.hasSuffix("PARAMETER") || answer.message.contains(field))
            }
            #expect(try await shop.balance == "10.00")
            #expect(try await shop.transfer("1").outcome == "404 TRANSFER_NOT_FOUND")
        }
    }

    @Test(arguments: [
        ("create_transfer", "to_bank_id", Body.transfer), ("get_deposit", "from_bank_id", .deposit),
        ("get_transfer_by_id", "transfer_id", Body()), ("redeem_deposit", "deposit_id", Body()),
    ])
    func `what should be an integer and is none is told so`(name: String, field: String, body: Body) async throws {
        try await withShop { shop in
            for (raw, kind) in [("true", "boolean"), ("[1]", "array"), ("{}", "object")] {
                let answer = try await shop.call(name, body.with(field, raw))
                #expect(answer.message == "Invalid parameter \(field): a whole number is expected, not \(kind)")
            }
        }
    }

    @Test func `the longest values are taken and shown again`() async throws {
        try await withShop { shop in
            try await shop.fund("10")
            let account = "0" + String(repeating: "1", count: 127)
            let remark = "<b>'\";--ค่าข้าว\u{1F4B8}"
            let number = try await shop.done(
                "create_transfer",
                .transfer.with("to_account_no", text: account).with("remark", text: remark).with("to_bank_id", "\"1\"")
                    .without("callback_url")
            ).reply("transfer_id")
            let shown = try await shop.transfer(number)
            #expect(shown.reply("transfer.0.to_account") == account)
            #expect(shown.reply("transfer.0.remark") == remark)
            #expect(shown.reply("transfer.0.to_bank") == "BANGKOK BANK PUBLIC COMPANY LTD.")
        }
    }

    @Test(arguments: [
        ("null", "400 MISSING_PARAMETER"), ("\"\"", "400 MISSING_PARAMETER"), ("true", "400 INVALID_PARAMETER"),
        ("\"abc\"", "400 INVALID_PARAMETER"), ("1.5", "400 INVALID_PARAMETER"), ("-1", "400 INVALID_PARAMETER"),
        ("{}", "400 INVALID_PARAMETER"), ("9223372036854775808", "400 INVALID_PARAMETER"),
        ("0", "404 TRANSFER_NOT_FOUND"), ("999999999999999999", "404 TRANSFER_NOT_FOUND"),
        ("2", "404 TRANSFER_NOT_FOUND"),
        ("\"1\"", "200 OK"), ("1", "200 OK"),
    ])
    func `a transfer is found by its number alone`(number: String, outcome: String) async throws {
        try await withShop { shop in
            try await shop.fund("10")
            _ = try await shop.done("create_transfer", .transfer)
            #expect(try await shop.transfer(number).outcome == outcome)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `the balance says when it last moved`(database: DatabaseKind) async throws {
        try await withShop(on: database) { shop in
            let clock = { @Sendable in try await shop.control(.get, "/clock").show("now") }
            let moved = { @Sendable in try await shop.done("get_balance").reply("balance.last_updated_at") }
            let start = try await clock()
            #expect(try await moved() >= start)
            try await shop.advance(seconds: 3_600)
            let before = try await clock()
            try await shop.fund("10")
            let funded = try await moved()
            #expect(funded >= before)
            let after = try await clock()
            #expect(funded <= after)
            try await shop.advance(seconds: 3_600)
            #expect(try await moved() == funded)
            let late = try await clock()
            _ = try await shop.done("create_transfer", .transfer)
            #expect(try await moved() >= late)
        }
    }

    @Test func `what a transfer costs is held beside it`() async throws {
        try await withShop { shop in
            try await shop.changeMerchant {
                $0.dialects["kissvips"]?.payoutFees = .init(
                    discount: .init(partsPerMillion: 10_000), vat: .init(partsPerMillion: 0))
            }
            try await shop.fund("101")
            let all = Body.transfer.with("amount", "101")
            #expect(try await shop.call("create_transfer", all).outcome == "409 INSUFFICIENT_BALANCE")
            #expect(try await shop.call("create_transfer", .transfer.with("amount", "100")).outcome == "200 OK")
            #expect(try await shop.balance == "0.00")
        }
    }
}
