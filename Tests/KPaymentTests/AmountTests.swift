import APISupport
import Testing

/// Decimal (12,2) as it is read and printed.
@Suite struct AmountTests {
    @Test(arguments: [
        ("305", "305"), ("305.00", "305"), ("11.50", "11.5"), ("1.07", "1.07"), ("0.01", "0.01"), ("\"74.00\"", "74"),
        ("\"74\"", "74"), ("\"0.5\"", "0.5"), ("1e2", "100"), ("1E+2", "100"), ("1.5e1", "15"), ("\"1e2\"", "100"),
        ("12345e-2", "123.45"), ("10.000", "10"), ("0.010000000000000000000000000000000000000", "0.01"),
        ("9999999999", "9999999999"), ("9999999999.99", "9999999999.99"), ("1e9", "1000000000"),
        ("0.00000000000000000000000000000000000000000001e44", "1"), ("100000000000e-2", "1000000000"),
    ])
    func `an amount is read exactly and printed without padding`(raw: String, printed: String) async throws {
        try await withShop { shop in
            let answer = try await shop.charge { $0.with("amount", raw) }
            #expect(answer.state == "Authorized success", "\(answer.text)")
            #expect(answer.show("amount") == printed)
            #expect(try await shop.inquire(answer.id).show("amount") == printed)
        }
    }

    @Test(arguments: [
        ("0", "amount_invalid"), ("-0", "amount_invalid"), ("0.00", "amount_invalid"), ("-1", "amount_invalid"),
        ("-0.01", "amount_invalid"), ("\"-74.00\"", "amount_invalid"), ("0e999999999", "amount_invalid"),
        ("0e-999999999", "amount_invalid"), ("\"-0\"", "amount_invalid"),
        ("1.001", "invalid_parameter"), ("200.505", "invalid_parameter"), ("0.001", "invalid_parameter"),
        ("1e-3", "invalid_parameter"), ("10000000000", "invalid_parameter"), ("99999999999.99", "invalid_parameter"),
        ("1e10", "invalid_parameter"), ("1e400", "invalid_parameter"), ("1e-400", "invalid_parameter"),
        ("1e999999999999999999999", "invalid_parameter"), ("1e-999999999999999999999", "invalid_parameter"),
        ("9223372036854775808", "invalid_parameter"), ("92233720368547758.08", "invalid_parameter"),
        ("-10000000000", "invalid_parameter"), ("\"abc\"", "invalid_parameter"), ("\"1,000.00\"", "invalid_parameter"),
        ("\" 74.00\"", "invalid_parameter"), ("\"74.00 \"", "invalid_parameter"), ("\"+74\"", "invalid_parameter"),
        ("\"฿74\"", "invalid_parameter"), ("\"๗๔\"", "invalid_parameter"), ("\"0x10\"", "invalid_parameter"),
        ("\"74.\"", "invalid_parameter"), ("\".5\"", "invalid_parameter"), ("\"1e\"", "invalid_parameter"),
        ("\"NaN\"", "invalid_parameter"), ("\"1\\u0000\"", "invalid_parameter"), ("true", "invalid_parameter"),
        ("{}", "invalid_parameter"), ("[200.50]", "invalid_parameter"), ("{\"value\":1}", "invalid_parameter"),
    ])
    func `an amount that cannot be charged is refused`(raw: String, code: String) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            let answer = try await shop.charge(body.with("amount", raw))
            #expect(answer.error == "400 \(code)", "\(answer.text)")
            if code == "invalid_parameter" { #expect(answer.message.contains("amount")) }
            #expect(try await shop.charge(body).state == "Authorized success")
        }
    }

    @Test func `twenty thousand digits are looked at once`() async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            let nines = String(repeating: "9", count: 20_000)
            for raw in [nines, "0." + nines, "1e" + nines, "\"\(nines)\"", "-" + nines] {
                #expect(try await shop.charge(body.with("amount", raw)).error == "400 invalid_parameter")
            }
        }
    }
}
