import APISupport
import HTTPTypes
import Testing
import WireKit

/// `GET /sandbox/rails/{rail}?payment={id}`: what the simulated bank itself believes.
@Suite struct RailBookTests {
    @Test func `an operation has its kind, reference, amount, currency, result and time`() async throws {
        try await withSandbox { sandbox in
            let charge = try await sandbox.charge(amount: "1000", currency: "JPY")
            let books = try await sandbox.control(.get, "/rails/card?payment=\(charge.id)")
            #expect(books.json.objectValue?.names == ["operations"] && books.show("operations.count") == "1")
            let names = books["operations.0"]?.objectValue?.names ?? []
            #expect(Set(["kind", "reference", "amount", "currency", "result", "at"]).isSubset(of: names))
            #expect(
                books.show("operations.0.kind", "operations.0.amount", "operations.0.currency", "operations.0.result")
                    == "authorize 1000 JPY approved")
            #expect(books.show("operations.0.at").wholeMatch(of: /2026-03-02T05:0\d:\d\d\.\d{6}Z/) != nil)
        }
    }

    @Test func `the books follow a charge to its refund`() async throws {
        try await withSandbox { sandbox in
            let charge = try await sandbox.charge()
            try await sandbox.advance(seconds: 43_200)
            for amount in ["100", "50"] {
                _ = try await sandbox.post(
                    "/card/v2/charge/\(charge.id)/refund", "{\"amount\":\(amount),\"reason\":\"r\"}")
            }
            #expect(
                try await sandbox.books(charge.id)
                    == ["authorize approved", "capture approved", "refund approved", "refund approved"])
            let books = try await sandbox.control(.get, "/rails/card?payment=\(charge.id)")
            let references = (0..<4).map { books.show("operations.\($0).reference") }
            #expect(Set(references).count == 4)
            #expect(books.show("operations.2.amount", "operations.3.amount") == "100.00 50.00")
        }
    }

    @Test func `a decline is in the books, and a call that never arrived is not`() async throws {
        try await withSandbox { sandbox in
            #expect(try await sandbox.books(try await sandbox.charge("5596886582263266").id) == ["authorize declined"])
            try await sandbox.order("unavailable")
            #expect(try await sandbox.books(try await sandbox.charge().id) == [])
            #expect(
                try await sandbox.books(try await sandbox.charge(mid: Sandbox.full).id) == [], "the payer has not begun"
            )
        }
    }

    @Test(arguments: ["qr", "bank", "redirect", "cards", "x"])
    func `a rail that there is not does not exist`(rail: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.ask(.get, "/rails/\(rail)?payment=x")
            #expect(answer.status == 404 && answer["error"] != nil)
        }
    }

    @Test(arguments: ["", "?payment=", "?payment=x", "?payment=chrg_test_0", "?payments=1", "?payment=%00"])
    func `a payment that there cannot be does not exist`(query: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.ask(.get, "/rails/card" + query)
            #expect(answer.status == 404 && answer["error"] != nil)
        }
    }

    @Test func `a charge that was never made does not exist on any rail, one that was is there`() async throws {
        try await withSandbox { sandbox in
            let charge = try await sandbox.charge()
            for rail in ["card", "qr", "redirect", "bank"] {
                let ghost = "chrg_test_" + String(repeating: "0", count: 32)
                let answer = try await sandbox.ask(.get, "/rails/\(rail)?payment=\(ghost)")
                #expect(answer.status == 404 && answer["error"] != nil, "\(rail)")
            }
            #expect(try await sandbox.control(.get, "/rails/qr?payment=\(charge.id)").show("operations.count") == "0")
            try await sandbox.control(.post, "/reset")
            #expect(try await sandbox.ask(.get, "/rails/card?payment=\(charge.id)").status == 404)
        }
    }

    @Test func `an order has the operations of the attempt to pay it`() async throws {
        try await withSandbox { sandbox in
            let order = try await sandbox.post(
                "/qr/v2/order",
                """
                {"amount":20,"currency":"THB","description":"d","source_type":"qr","reference_order":"R1"}
                """)
            try #require(order.status == 200, "\(order.text)")
            #expect(try await sandbox.control(.get, "/rails/qr?payment=\(order.id)").show("operations.count") == "0")
            try await sandbox.control(.post, "/qr/pay", "{\"id\":\"\(order.id)\"}")
            let books = try await sandbox.control(.get, "/rails/qr?payment=\(order.id)")
            #expect(books["operations"]?.arrayValue?.isEmpty == false, "\(books.text)")
        }
    }
}
