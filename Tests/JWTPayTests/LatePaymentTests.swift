import APISupport
import Gateway
import HTTPTypes
import Payments
import Testing
import WireKit

@testable import mekong

/// A deposit that expired, and whose money a person finds.
@Suite struct LatePaymentTests {
    @Test func `it is told as expired, and then as completed`() async throws {
        try await withShop { shop in
            let deposit = try await shop.opened(.deposit("A"))
            try await shop.advance(seconds: 301)
            try await shop.credit("1000")
            let expired = try await shop.query(("agent_order_no", "A"))
            #expect(expired.show("data.status", "data.actual_amount", "data.completed_at") == "expired 0 null")
            let done = try await assign(shop, to: "A")
            #expect(done.isLate)
            let completed = try await shop.query(("order_no", deposit.number))
            let money = completed.show("data.status", "data.amount", "data.fee", "data.actual_amount")
            #expect(money == "completed 1000 5 995")
            #expect(completed.show("data.completed_at").hasPrefix("2026-"))
            let told = try await shop.notices()
            #expect(
                told.map { $0.show("agent_order_no", "status", "fee", "transfer_amount", "actual_amount") } == [
                    "A expired 5 995 0", "A completed 5 995 995",
                ])
            #expect(told.allSatisfy { payload(of: $0.show("signature"), shop.key) != nil })
            #expect(try await shop.balance() == "995")
        }
    }

    @Test func `it is found by its own number too, and is paid once`() async throws {
        try await withShop { shop in
            let deposit = try await shop.opened(.deposit("A"))
            try await shop.advance(seconds: 301)
            try await shop.credit("1000")
            _ = try await assign(shop, to: deposit.number)
            try await shop.credit("1000")
            var words = ""
            do {
                _ = try await assign(shop, to: "A", line: 2)
            } catch let refusal as AssignmentRefusal {
                words = "\(refusal)"
            }
            #expect(words.hasSuffix("is paid already"))
            #expect(try await shop.balance() == "995")
        }
    }

    private func assign(_ shop: Shop, to name: String, line: Int64 = 1) async throws -> AssignmentStep {
        try await shop.host.gateway.assign(
            line: line, of: DemoMerchant.id, account: 1, to: name,
            by: Assignment(stored: "somchai", at: shop.host.clock.now()))
    }
}
