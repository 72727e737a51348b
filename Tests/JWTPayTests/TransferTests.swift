import APISupport
import HTTPTypes
import Money
import Testing

/// Deposits by bank transfer, told apart by their satang.
@Suite struct TransferTests {
    @Test func `a transfer of a waited-for amount asks for some satang more`() async throws {
        try await withShop { shop in
            let first = try await shop.opened(.deposit("A", type: "BANK_TRANSFER"))
            let second = try await shop.opened(.deposit("B", type: "bank_transfer"))
            #expect(first.show("data.amount", "data.depositAmount", "data.qrcode") == "1000 995 null")
            let asked = second.show("data.amount")
            let added = try #require(Money(parsingBaht: asked)).minorUnits - 100_000
            #expect((1...99).contains(added))
            #expect(try await shop.credit(asked).show("matched") == "true")
            let order = try await shop.query(("agent_order_no", "B"))
            #expect(order.show("data.status", "data.amount") == "completed 1000")
            #expect(order.show("data.actual_amount") == second.show("data.depositAmount"))
            #expect(try await shop.query(("agent_order_no", "A")).show("data.status") == "pending")
            try await shop.credit("1000", from: "0987654321")
            #expect(try await shop.query(("agent_order_no", "A")).show("data.status") == "completed")
        }
    }

    @Test func `a hundred transfers of one amount may wait at once, and then their amounts are free again`()
        async throws
    {
        try await withShop { shop in
            var amounts = Set<String>()
            for number in 0..<100 {
                amounts.insert(
                    try await shop.opened(.deposit("T-\(number)", type: "BANK_TRANSFER")).show("data.amount"))
            }
            #expect(amounts.count == 100)
            let refused = try await shop.deposit(.deposit("T-100", type: "BANK_TRANSFER"))
            #expect(refused.error == "400 No bank account can take this deposit now")
            #expect(try await shop.opened(.deposit("QR")).show("data.amount") == "1000")
            try await shop.advance(seconds: 301)
            #expect(try await shop.opened(.deposit("T-101", type: "BANK_TRANSFER")).show("data.amount") == "1000")
        }
    }

    private func transfer(_ shop: Shop, _ id: String, _ amount: String) async throws -> Answer {
        try await shop.deposit(.deposit(id, amount: amount, type: "BANK_TRANSFER"))
    }

    @Test func `limits are for what was asked for, whatever satang are added`() async throws {
        try await withShop { shop in
            try await shop.control(
                .put, "/merchant", #"{"limits":{"jwtpay":{"per_transaction":"100.00","per_day":"300"}}}"#)
            for id in ["A", "B", "C"] {
                let answer = try await transfer(shop, id, "100")
                #expect(answer.status == 200, "\(id): \(answer.text)")
            }
            #expect(try await transfer(shop, "D", "0.01").error == "400 Invalid amount: over the limit of the day")
            let over = try await transfer(shop, "E", "100.01")
            #expect(over.error == "400 Invalid amount: over the limit of one transaction")
        }
    }

    @Test func `added satang never make an amount longer than amounts may be`() async throws {
        try await withShop { shop in
            let nothingFree = "400 No bank account can take this deposit now"
            #expect(try await transfer(shop, "L-0", "9999999999.99").status == 200)
            #expect(try await transfer(shop, "L-1", "9999999999.99").error == nothingFree)
            var amounts: Set<String> = []
            for number in 0..<3 {
                amounts.insert(try await transfer(shop, "S-\(number)", "9999999999.96").show("data.amount"))
            }
            #expect(amounts == ["9999999999.96", "9999999999.97", "9999999999.98"])
            #expect(try await transfer(shop, "S-3", "9999999999.96").error == nothingFree)
        }
    }
}

extension Money {
    fileprivate init?(parsingBaht text: String) {
        guard let money = try? Money(parsing: text, in: .THB) else { return nil }
        self = money
    }
}
