import APISupport
import HTTPTypes
import TestSupport
import Testing

/// Many at once: one wins, and the books are right, which `withShop` looks at in the end.
@Suite struct ConcurrencyTests {
    @Test(arguments: DatabaseKind.allCases)
    func `of a thousand calls that redeem one deposit one wins`(database: DatabaseKind) async throws {
        try await withShop(on: database) { shop in
            try await shop.credit("50")
            let outcomes = try await together(1_000) { _ in
                try await shop.call("redeem_deposit", Body([("deposit_id", "1")])).outcome
            }
            #expect(outcomes.count(of: "200 OK") == 1)
            #expect(outcomes.count(of: "409 DEPOSIT_ALREADY_REDEEMED") == 999)
            #expect(try await shop.balance == "50.00")
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a QR code that is paid by many at once is paid once`(database: DatabaseKind) async throws {
        try await withShop(on: database) { shop in
            let uuid = try await shop.newCode()
            _ = try await shop.scan(uuid)
            let outcomes = try await together(20) { _ in
                try await shop.ask(.post, "/qr/pay", "{\"id\":\"\(uuid)\"}").status
            }
            #expect(outcomes.count(of: 200) == 1)
            #expect(outcomes.count(of: 409) == 19)
            #expect(try await shop.codeStatus(uuid) == "V")
            #expect(try await shop.balance == "1.00")
            #expect(try await shop.notices().count == 1)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `the payer's word and the money may come at once, often`(database: DatabaseKind) async throws {
        try await withShop(on: database) { shop in
            let uuid = try await shop.newCode()
            let answers = try await together(20) { index in
                index % 2 == 0
                    ? try await shop.scan(uuid).status
                    : try await shop.ask(
                        .post, "/bank/credits", "{\"amount\":\"1\",\"reference\":\"same\"}"
                    ).status
            }
            #expect(answers.count(of: 200) + answers.count(of: 409) == 20)
            #expect(answers.indices.contains { $0 % 2 == 0 && answers[$0] == 200 })
            #expect(answers.indices.contains { $0 % 2 == 1 && answers[$0] == 200 })
            _ = try await shop.scan(uuid)
            #expect(try await shop.codeStatus(uuid) == "V")
            #expect(try await shop.balance == "1.00")
            #expect(try await shop.notices().count == 1)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `codes of one amount that are made and paid at once keep their payers apart`(
        database: DatabaseKind
    ) async throws {
        try await withShop(on: database) { shop in
            let codes = try await together(12) { index in
                let uuid = try await shop.newCode(.qrCode.with("account_no_list", "[\"10000000\(10 + index)\"]"))
                _ = try await shop.scan(uuid)
                return uuid
            }
            _ = try await together(12) { index in
                try await shop.credit("1", "\"from_account_no\":\"10000000\(10 + index)\",\"reference\":\"\(index)\"")
            }
            var verified: [String] = []
            for uuid in codes { verified.append(try await shop.codeStatus(uuid)) }
            #expect(verified.count(of: "V") == 12)
            #expect(try await shop.balance == "12.00")
            #expect(try await shop.notices().count == 12)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a transfer that is sent many times at once is made once`(database: DatabaseKind) async throws {
        try await withShop(on: database) { shop in
            try await shop.fund("1000")
            var body = shop.signed()
            body.members += Body.transfer.members
            let text = body.text
            let outcomes = try await together(30) { _ in try await shop.post("create_transfer", text).outcome }
            #expect(outcomes.count(of: "200 OK") == 1)
            #expect(outcomes.count(of: "401 TIME_ALREADY_USED") == 29)
            #expect(try await shop.balance == "995.00")
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `transfers beyond the balance are refused, as many as there are`(database: DatabaseKind) async throws {
        try await withShop(on: database) { shop in
            try await shop.fund("50")
            let outcomes = try await together(40) { _ in try await shop.call("create_transfer", .transfer).outcome }
            #expect(outcomes.count(of: "200 OK") == 10)
            #expect(outcomes.count(of: "409 INSUFFICIENT_BALANCE") == 30)
            #expect(try await shop.balance == "0.00")
            try await shop.advance(seconds: 10)
            #expect(try await shop.balance == "0.00")
            let told = try await shop.notices().map { $0.show("status") }
            #expect(told.count(of: "S") == 10)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a deposit is either redeemed or pays a code, never both`(database: DatabaseKind) async throws {
        try await withShop(on: database) { shop in
            var codes: [String] = []
            for index in 0..<8 {
                codes.append(try await shop.newCode(.qrCode.with("amount", "\(100 + index)")))
                try await shop.credit("\(100 + index)")
            }
            let uuids = codes
            let redeemed = try await together(16) { index in
                index % 2 == 0
                    ? try await shop.call("redeem_deposit", Body([("deposit_id", "\(index / 2 + 1)")])).outcome
                        == "200 OK"
                    : try await shop.scan(uuids[index / 2]).reply("prompt_pay_qrcode.status") == "V"
            }
            for index in 0..<8 { #expect(redeemed[2 * index] != redeemed[2 * index + 1]) }
            #expect(try await shop.balance == "828.00")
        }
    }
}
