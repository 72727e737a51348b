import APISupport
import HTTPTypes
import Rails
import Testing

@testable import mekong

/// Ordered misbehaviour of the banks (sandbox contract, rail `bank`): what it does to how transfers end.
@Suite struct TransferFaultTests {
    @Test(arguments: ["S", "F"])
    func `the end of a payout that the bank tells of late is known when it does`(end: String) async throws {
        try await withShop { shop in
            try await shop.fund("10")
            try await shop.control(.post, "/faults", "{\"rail\":\"bank\",\"fault\":\"late_notice\"}")
            _ = try await shop.done("create_transfer", .transfer)
            let outcome = end == "S" ? "success" : "failed"
            #expect(try await shop.ask(.post, "/payouts/1", "{\"outcome\":\"\(outcome)\"}").status == 200)
            try await shop.advance(seconds: 30)
            #expect(try await shop.transferStatus("1") == "Q")
            let early = try await shop.notices().map { $0.show("status") }
            #expect(early == ["Q"])
            try await shop.advance(seconds: 30)
            #expect(try await shop.transferStatus("1") == end)
            try await shop.advance(seconds: 600)
            let told = try await shop.notices().map { $0.show("status") }
            #expect(told == ["Q", end])
        }
    }

    @Test(arguments: [true, false])
    func `the end of a payout that the bank tells twice counts once`(isByItself: Bool) async throws {
        try await withShop { shop in
            try await shop.fund("10")
            try await shop.control(
                .post, "/faults", "{\"rail\":\"bank\",\"fault\":\"duplicate_notice\",\"operation\":\"payout\"}")
            _ = try await shop.done("create_transfer", .transfer)
            if isByItself {
                try await shop.advance(seconds: 10)
            } else {
                _ = try await shop.control(.post, "/payouts/1", "{\"outcome\":\"success\"}")
            }
            #expect(try await shop.transferStatus("1") == "S")
            #expect(try await shop.host.faults.orders().isEmpty)
            try await shop.advance(seconds: 600)
            let told = try await shop.notices().map { $0.show("status") }
            #expect(told == ["Q", "S"])
            #expect(try await shop.balance == "5.00")
        }
    }

    @Test func `a payout that cannot be ended says why`() async throws {
        try await withShop { shop in
            try await shop.fund("20")
            let success = "{\"outcome\":\"success\"}"
            try await shop.control(.post, "/faults", "{\"rail\":\"bank\",\"fault\":\"unavailable\",\"count\":1}")
            _ = try await shop.done("create_transfer", .transfer)
            let away = try await shop.ask(.post, "/payouts/1", success)
            #expect(away.status == 409 && away.text.contains("has not reached the bank"))
            try await shop.advance(seconds: 600)
            let over = try await shop.ask(.post, "/payouts/1", success)
            #expect(over.status == 409 && over.text.contains("payout 1 has succeeded"))

            try await shop.control(
                .post, "/faults", "{\"rail\":\"bank\",\"fault\":\"decline\",\"code\":\"57\"}")
            _ = try await shop.done("create_transfer", .transfer)
            let refused = try await shop.ask(.post, "/payouts/2", success)
            #expect(refused.status == 409 && refused.text.contains("has failed: 57"))

            try await shop.control(.post, "/faults", "{\"rail\":\"bank\",\"fault\":\"timeout\"}")
            _ = try await shop.done("create_transfer", .transfer)
            #expect(try await shop.ask(.post, "/payouts/3", success).status == 200)
            #expect(try await shop.transferStatus("3") == "S")
        }
    }
}
