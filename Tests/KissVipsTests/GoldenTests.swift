import APISupport
import HTTPTypes
import Testing
import WireKit

/// Answers and call backs as the document's samples show them, byte for byte but for ids, addresses and times.
@Suite struct GoldenTests {
    private func expect(
        _ answer: Answer, _ name: String, status: Int = 200, at location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(answer.status == status, sourceLocation: location)
        let type = answer.headers[.contentType]
        #expect(type == "application/json; charset=utf-8", sourceLocation: location)
        let golden = try Golden.wire(name)
        #expect(Golden.masked(answer.text) == golden, sourceLocation: location)
    }

    @Test func `create_prompt_pay_deposit`() async throws {
        try await withShop { shop in
            let name = "create_prompt_pay_deposit"
            try expect(try await shop.call(name, .promptPayDeposit), name)
        }
    }

    @Test func `create_prompt_pay_qrcode`() async throws {
        try await withShop { shop in
            let name = "create_prompt_pay_qrcode"
            try expect(try await shop.call(name, .qrCode), name)
        }
    }

    @Test func `create_transfer and get_transfer_by_id`() async throws {
        try await withShop { shop in
            try await shop.fund("10")
            try expect(try await shop.call("create_transfer", .transfer), "create_transfer")
            try await shop.advance(seconds: 5)
            try expect(try await shop.transfer("1"), "get_transfer_by_id")
        }
    }

    @Test func `get_balance`() async throws {
        try await withShop { shop in try expect(try await shop.call("get_balance"), "get_balance") }
    }

    @Test func `get_bank_config`() async throws {
        try await withShop { shop in try expect(try await shop.call("get_bank_config"), "get_bank_config") }
    }

    @Test func `get_deposit`() async throws {
        try await withShop { shop in
            try await shop.credit(
                "50",
                "\"from_account_no\":\"X434783\",\"at\":\"2026-03-02T04:20:00Z\","
                    + "\"description\":\"กรุงไทย (KTB) /X434783\"")
            try expect(try await shop.call("get_deposit", .deposit), "get_deposit")
        }
    }

    @Test func `get_deposit_accounts`() async throws {
        try await withShop { shop in
            try expect(try await shop.call("get_deposit_accounts"), "get_deposit_accounts")
        }
    }

    @Test func `get_prompt_pay_qrcode_by_uuid`() async throws {
        try await withShop { shop in
            let made = try await shop.done("create_prompt_pay_deposit", .promptPayDeposit)
            try expect(try await shop.code(made.reply("uuid")), "get_prompt_pay_qrcode_by_uuid")
        }
    }

    @Test func `redeem_deposit`() async throws {
        try await withShop { shop in
            try await shop.credit(
                "20",
                "\"account_id\":2,\"at\":\"2026-03-02T04:00:00Z\","
                    + "\"description\":\"SCB\\nFrom Acc No. : X517188\\nRef. No. : 1402517188\"")
            let answer = try await shop.call("redeem_deposit", Body([("deposit_id", "1")]))
            try expect(answer, "redeem_deposit")
        }
    }

    @Test func `update_prompt_pay_scanned_time`() async throws {
        try await withShop { shop in
            try expect(try await shop.scan(shop.newCode()), "update_prompt_pay_scanned_time")
        }
    }

    @Test func `an error`() async throws {
        try await withShop { shop in try expect(try await shop.transfer("9"), "error", status: 404) }
    }

    @Test func `the call back of a transfer`() async throws {
        try await withShop { shop in
            try await shop.fund("3000")
            _ = try await shop.done("create_transfer", .transfer.with("amount", "3000"))
            try await shop.advance(seconds: 5)
            let told = try #require(try await shop.notices().last)
            let golden = try Golden.wire("transfer_call_back")
            #expect(told.text == golden)
        }
    }

    @Test func `the call back of a PromptPay QR code`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode()
            _ = try await shop.scan(uuid)
            try await shop.credit("1")
            let told = try #require(try await shop.notices().last)
            let golden = try Golden.wire("prompt_pay_call_back")
            #expect(Golden.masked(told.text) == golden)
            #expect(told.show("uuid") == uuid)
        }
    }
}
