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
}

extension Money {
    fileprivate init?(parsingBaht text: String) {
        guard let money = try? Money(parsing: text, in: .THB) else { return nil }
        self = money
    }
}
