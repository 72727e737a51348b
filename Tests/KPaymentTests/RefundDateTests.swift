import APISupport
import Testing

/// `transaction_date` of a refund, and how long a charge can be refunded.
@Suite struct RefundDateTests {
    @Test func `the charge's own date in Bangkok is taken`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            #expect(try await shop.refund(id, "1", date: "20260302").state == "Refund Sent success")
            #expect(try await shop.refund(id, "1", date: "").state == "Refund Sent success", "empty is none")
        }
    }

    @Test(arguments: ["20260303", "20260301", "20250302", "20260228", "20240229"])
    func `another date does not match`(date: String) async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            let answer = try await shop.refund(id, "1", date: date)
            #expect(answer.error == "400 invalid_parameter")
            #expect(answer.message == "Invalid Charge ID or Transaction date value")
        }
    }

    @Test(arguments: [
        "2026030", "20261302", "20260230", "20250229", "abcdefgh", "2026-3-2", "02032026", "0", "2026 302", "+2026030",
        "๒๐๒๖๐๓๐๒", "2026-03-02", "202603021", "20260302120000000", "2026-03-02T12:00:00Z", "        ",
    ])
    func `what is no date of eight digits is of an invalid format`(date: String) async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            #expect(try await shop.refund(id, "1", date: date).error == "400 transaction_date_invalid")
            #expect(try await shop.inquire(id).state == "Settled success")
        }
    }

    @Test(arguments: ["20260302", "true", "[]", "{}"])
    func `a date is text`(raw: String) async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            let body = "{\"amount\":1,\"reason\":\"r\",\"transaction_date\":\(raw)}"
            let answer = try await shop.post("/card/v2/charge/\(id)/refund", body)
            #expect(answer.error == "400 invalid_parameter" && answer.message.contains("transaction_date"))
        }
    }

    /// Days after the day of the charge, whether the date is named, and what comes of it.
    @Test(arguments: [
        (180, false, "200"), (180, true, "200"), (181, false, "400 refund_transaction_is_not_owed"), (181, true, "200"),
        (366, false, "400 refund_transaction_is_not_owed"), (366, true, "200"),
        (367, false, "400 refund_transaction_is_not_owed"), (367, true, "400 refund_transaction_is_not_owed"),
    ])
    func `after 180 days a date is needed, after 366 it is too late`(days: Int, dated: Bool, error: String) async throws
    {
        try await withShop { shop in
            let id = try await shop.settled()
            try await shop.advance(days: days - 1)
            #expect(try await shop.refund(id, "1", date: dated ? "20260302" : nil).error == error)
        }
    }
}
