import APISupport
import Testing

/// Faults of the rails `qr` and `redirect` (sandbox contract).
@Suite struct PushFaultTests {
    @Test(arguments: ["late_notice", "timeout"])
    func `a payment whose word does not come is found by an inquiry`(fault: String) async throws {
        try await withShop { shop in
            try await shop.listen()
            let qr = try await shop.presented()
            try await shop.fault("qr", fault, "authorize")
            _ = try await shop.scan(qr.id)
            #expect(try await shop.notices().isEmpty)
            #expect(try await shop.inquireQR(qr.id).state == "Authorized success")
            #expect(try await shop.notices().count == 1)
        }
    }

    @Test func `a payment whose word does not come is found by the gateway itself`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let qr = try await shop.presented()
            try await shop.fault("qr", "late_notice")
            _ = try await shop.scan(qr.id)
            try await shop.advance(seconds: 120)
            #expect(try await shop.notices().map(\.state) == ["Authorized success"])
        }
    }

    @Test func `a word that comes twice is told once`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let qr = try await shop.presented()
            try await shop.fault("qr", "duplicate_notice")
            _ = try await shop.scan(qr.id)
            #expect(try await shop.notices().count == 1)
            #expect(try await shop.books("qr", qr.id) == ["present 200.00 approved", "authorize 200.00 approved"])
        }
    }

    @Test(arguments: [
        ("qr_expired", "qr_expired"), ("EMQRE", "qr_expired"), ("EMACF", "account_error"),
        ("merchant_closed", "merchant_closed"),
    ])
    func `a payer's bank refuses with a code of the table`(code: String, failure: String) async throws {
        try await withShop { shop in
            try await shop.listen()
            let qr = try await shop.presented()
            try await shop.fault("qr", "decline", "authorize", code: code)
            #expect(try await shop.scan(qr.id).status == 409)
            let inquired = try await shop.inquireQR(qr.id)
            #expect(inquired.state == "Declined fail")
            #expect(inquired.show("failure_code") == failure)
            #expect(try await shop.notices().map { $0.show("object", "failure_code") } == ["qr \(failure)"])
        }
    }

    @Test(arguments: ["cancel", "void"])
    func `an answer that is lost is asked for`(operation: String) async throws {
        try await withShop { shop in
            try await shop.fault("qr", "timeout", operation)
            if operation == "cancel" {
                let qr = try await shop.presented()
                #expect(try await shop.cancelQR(qr.show("source.id")).show("status") == "success")
            } else {
                #expect(try await shop.voidQR(try await shop.paid()).state == "Voided success")
            }
        }
    }

    @Test func `a presentation that is refused is a declined charge, and the order can be shown again`() async throws {
        try await withShop { shop in
            try await shop.fault("qr", "unavailable", "present")
            let order = try await shop.order()
            let refused = try await shop.qr(order.id)
            #expect(refused.state == "Declined fail")
            #expect(refused.failure == "internal_error System unavailable. (EMIU)")
            let shown = try await shop.qr(order.id)
            #expect(shown.state == "Initialize success")
        }
    }

    @Test func `a fault of one rail leaves the others alone`() async throws {
        try await withShop { shop in
            try await shop.fault("redirect", "decline", code: "51")
            #expect(try await shop.charge().state == "Authorized success")
            _ = try await shop.presented()
            #expect(try await shop.redirect().show("transaction_state", "failure_code") == "Declined 51")
        }
    }
}
