import APISupport
import Testing
import WireKit

/// 6.1.2 Inquiry Transaction.
@Suite struct InquiryTests {
    @Test func `a charge is found by its id and by its reference, with and without its date`() async throws {
        try await withShop { shop in
            let charge = try await shop.charge { $0.with("reference_order", text: "INV-1") }
            let answers = [
                try await shop.inquire(charge.id), try await shop.inquire("INV-1"),
                try await shop.inquire(charge.id, date: "20260302"), try await shop.inquire("INV-1", date: "20260302"),
                try await shop.inquire(charge.id + "/"), try await shop.inquire("INV-1/"),
            ]
            #expect(Set(answers.map(\.text)).count == 1)
            #expect(answers[0].id == charge.id && answers[0].state == "Authorized success")
        }
    }

    @Test(arguments: [
        "a b", "a/b", "100%", "%41", "a+b", "a?b=c&d", "#1", "ใบสั่งซื้อ", "😀", "\"quoted\"", "a\\b", "..", ".", "INV;1",
        "é",
        "e\u{301}", " x ", "chrg_test_", "20260302",
    ])
    func `a reference is found whatever characters it holds`(reference: String) async throws {
        try await withShop { shop in
            let charge = try await shop.charge { $0.with("reference_order", text: reference) }
            try #require(charge.status == 200, "\(charge.text)")
            #expect(try await shop.inquire(percentEncode(reference)).id == charge.id)
            #expect(try await shop.inquire(percentEncode(reference), date: "20260302").id == charge.id)
        }
    }

    @Test func `a reference is compared to the byte`() async throws {
        try await withShop { shop in
            _ = try await shop.charge { $0.with("reference_order", text: "Inv é") }
            for other in ["inv é", "Inv e\u{301}", "Inv é ", "Inv"] {
                #expect(try await shop.inquire(percentEncode(other)).error == "404 charge_id_not_exist", "\(other)")
            }
        }
    }

    /// The merchant chose it, so the merchant may ask by it.
    @Test func `a reference that looks like a charge's id is found`() async throws {
        try await withShop { shop in
            let reference = "chrg_test_0123456789abcdef0123456789abcdef"
            let charge = try await shop.charge { $0.with("reference_order", text: reference) }
            #expect(try await shop.inquire(reference).id == charge.id)
        }
    }

    @Test(arguments: ChargeIDs.unknown)
    func `what there is not does not exist`(name: String) async throws {
        try await withShop { shop in
            let answers = [try await shop.inquire(name), try await shop.inquire(name, date: "20260302")]
            #expect(answers.map(\.error) == ["404 charge_id_not_exist", "404 charge_id_not_exist"])
        }
    }

    @Test(arguments: ["20260301", "20260303", "20250302"])
    func `another date than the charge's does not match`(date: String) async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let answer = try await shop.inquire(id, date: date)
            #expect(answer.error == "400 invalid_parameter")
        }
    }

    @Test(arguments: ["2026030", "202603021", "20261301", "20260230", "abcdefgh", "2026-03-02", "%00", "%20", "0"])
    func `what is no date of eight digits is of an invalid format`(date: String) async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let answer = try await shop.inquire(id, date: date)
            #expect(answer.error == "400 transaction_date_invalid")
        }
    }

    @Test func `the date is Bangkok's, not the world's`() async throws {
        try await withShop { shop in
            // 2026-03-03 01:00 in Bangkok is still 2 March in UTC.
            try await shop.advance(seconds: 13 * 3_600)
            let id = try await shop.authorized()
            #expect(try await shop.inquire(id, date: "20260303").state == "Authorized success")
            #expect(try await shop.inquire(id, date: "20260302").error == "400 invalid_parameter")
        }
    }

    @Test(arguments: [
        (180, false, "200"), (180, true, "200"), (181, false, "400 mandatory_is_empty"), (181, true, "200"),
        (366, false, "400 mandatory_is_empty"), (366, true, "200"), (367, false, "404 charge_id_not_exist"),
        (367, true, "404 charge_id_not_exist"),
    ])
    func `after 180 days the date is mandatory, after 366 the charge is gone`(
        days: Int, dated: Bool, error: String
    ) async throws {
        try await withShop { shop in
            let charge = try await shop.charge { $0.with("reference_order", text: "INV-1") }
            try await shop.advance(days: days)
            for name in [charge.id, "INV-1"] {
                let answer = try await shop.inquire(name, date: dated ? "20260302" : nil)
                #expect(answer.error == error)
                if error.hasSuffix("empty") { #expect(answer.message.contains("transaction_date")) }
            }
        }
    }

    /// What the inquiry shows of a charge in each of its states is told by the tests of what leads there.
    @Test func `an inquiry changes nothing and repeats itself`() async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let first = try await shop.inquire(id)
            for _ in 0..<3 { #expect(try await shop.inquire(id).text == first.text) }
        }
    }
}
