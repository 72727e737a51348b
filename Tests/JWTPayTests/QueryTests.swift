import APISupport
import HTTPTypes
import Testing

/// `POST /api/v1/order/query` and `/balance`.
@Suite struct QueryTests {
    @Test func `an order is found by either number, or by both where they agree`() async throws {
        try await withShop { shop in
            let first = try await shop.opened(.deposit("A"))
            let second = try await shop.opened(.deposit("B"))
            for answer in [
                try await shop.query(("order_no", first.number)), try await shop.query(("agent_order_no", "A")),
                try await shop.query(("order_no", first.number), ("agent_order_no", "A")),
            ] {
                #expect(answer.show("code", "data.order_no", "data.agent_order_no") == "200 \(first.number) A")
            }
            let mixed = try await shop.query(("order_no", second.number), ("agent_order_no", "A"))
            #expect(mixed.error == "404 Order not found")
        }
    }

    @Test func `without a number there is nothing to look for`() async throws {
        try await withShop { shop in
            let answer = try await shop.query()
            #expect(answer.error == "400 order_no or agent_order_no is required")
            #expect(try await shop.query(("order_no", "")).error == "400 order_no or agent_order_no is required")
        }
    }

    @Test(arguments: [
        "DP1640995200ABC123", "x", "' OR 1=1 --", "ใบสั่ง", "WD", "0",
    ])
    func `what is not there is not found`(name: String) async throws {
        try await withShop { shop in
            _ = try await shop.opened()
            #expect(try await shop.query(("order_no", name)).error == "404 Order not found")
            #expect(try await shop.query(("agent_order_no", name)).error == "404 Order not found")
        }
    }

    @Test func `a number of one kind is none of the other`() async throws {
        try await withShop { shop in
            let deposit = try await shop.opened()
            #expect(try await shop.query(("agent_order_no", deposit.number)).status == 404)
            #expect(try await shop.query(("order_no", "T-1")).status == 404)
        }
    }

    @Test func `an order of mine may bear another's number for a name`() async throws {
        try await withShop { shop in
            let first = try await shop.opened(.deposit("A"))
            let second = try await shop.opened(.deposit(first.number))
            #expect(try await shop.query(("agent_order_no", first.number)).number == second.number)
            #expect(try await shop.query(("order_no", first.number)).show("data.agent_order_no") == "A")
        }
    }

    @Test func `the balance is what may be used now`() async throws {
        try await withShop { shop in
            #expect(try await shop.balance() == "0")
            try await shop.fund("10.1")
            // 10.10 less 0.05.
            #expect(try await shop.balance() == "10.05")
        }
    }
}
