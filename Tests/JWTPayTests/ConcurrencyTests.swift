import APISupport
import HTTPTypes
import TestSupport
import Testing

/// What may not come twice, and what may not be spent twice, on both engines.
@Suite(.serialized) struct ConcurrencyTests {
    @Test(arguments: DatabaseKind.allCases)
    func `of a hundred deposits with one transactionId one is made`(engine: DatabaseKind) async throws {
        try await withShop(engine) { shop in
            let answers = try await together(100) { _ in try await shop.deposit() }
            #expect(count(answers, "200") == 1)
            #expect(count(answers, "400 transactionId already exists") == 99)
            let made = try #require(answers.first { $0.status == 200 })
            #expect(try await shop.query(("agent_order_no", "T-1")).number == made.number)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a QR that many pay at once is paid once`(engine: DatabaseKind) async throws {
        try await withShop(engine) { shop in
            let deposit = try await shop.opened()
            let answers = try await together(20) { _ in try await shop.pay(deposit.number) }
            #expect(count(answers, "200") == 1)
            #expect(count(answers, "409") == 19)
            #expect(try await shop.balance() == "995")
            #expect(try await shop.notices().count == 1)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `money that arrives many times at once for one deposit, once with its reference, pays it once`(
        engine: DatabaseKind
    ) async throws {
        try await withShop(engine) { shop in
            for round in 0..<5 {
                let deposit = try await shop.opened(.deposit("T-\(round)"))
                let answers = try await together(8) { index in
                    let description = index == 3 ? "for \(deposit.number)" : "thanks"
                    return try await shop.credit(
                        "1000", from: "1234567890",
                        [("reference", quoted("R-\(round)-\(index)")), ("description", quoted(description))])
                }
                #expect(answers.count { $0.show("matched") == "true" } == 1)
                #expect(try await shop.query(("order_no", deposit.number)).show("data.status") == "completed")
                #expect(try await shop.balance() == "\(995 * (round + 1))")
                try await shop.control(.post, "/clock/advance", #"{"seconds":7200}"#)
            }
        }
    }

    /// Lines that are kept at the same moment fit alike, and no guess is made.
    @Test(arguments: DatabaseKind.allCases)
    func `money that arrives many times at once for one deposit pays it once, or waits for a person`(
        engine: DatabaseKind
    ) async throws {
        try await withShop(engine) { shop in
            let deposit = try await shop.opened()
            let answers = try await together(8) { index in
                try await shop.credit("1000", from: "1234567890", [("reference", quoted("R-\(index)"))])
            }
            let matched = answers.count { $0.show("matched") == "true" }
            #expect(matched <= 1)
            #expect(count(answers, "200") == 8)
            let status = try await shop.query(("order_no", deposit.number)).show("data.status")
            #expect(status == (matched == 1 ? "completed" : "pending"))
            #expect(try await shop.balance() == (matched == 1 ? "995" : "0"))
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `one line pays one of two deposits of its amount, or neither`(engine: DatabaseKind) async throws {
        try await withShop(engine) { shop in
            for round in 0..<5 {
                let amount = "\(1_000 + round)"
                async let line = shop.credit(amount, from: "1234567890")
                let deposits = try await together(2) {
                    try await shop.deposit(.deposit("\(round)-\($0)", amount: amount))
                }
                _ = try await line
                let states = try await deposits.asyncMap {
                    try await shop.query(("order_no", $0.number)).show("data.status")
                }
                let paid = states.filter { $0 == "completed" }
                #expect(paid.count <= 1)
            }
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `transfers of one amount that are asked for at once differ`(engine: DatabaseKind) async throws {
        try await withShop(engine) { shop in
            let answers = try await together(20) { try await shop.deposit(.deposit("T-\($0)", type: "BANK_TRANSFER")) }
            let made = answers.filter { $0.status == 200 }
            #expect(made.count >= 19, "\(answers.map(\.error))")
            let amounts = Set(made.map { $0.show("data.amount") })
            #expect(amounts.count == made.count)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `withdrawals that race for too small a balance do not overdraw it`(engine: DatabaseKind) async throws {
        try await withShop(engine) { shop in
            try await shop.fund("3100")
            let answers = try await together(20) { try await shop.withdraw(.withdrawal("W-\($0)")) }
            #expect(count(answers, "200") == 3)
            #expect(count(answers, "400 Insufficient balance") == 17)
            #expect(try await shop.balance() == "84.5")
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `a withdrawal that is sent twice leaves once`(engine: DatabaseKind) async throws {
        try await withShop(engine) { shop in
            try await shop.fund("5000")
            let answers = try await together(20) { _ in try await shop.withdraw() }
            let made = answers.filter { $0.status == 200 }
            #expect(made.count == 1)
            #expect(count(answers, "400 transactionId already exists") == 19)
            _ = try await together(8) { _ in try await shop.ask(.post, "/clock/advance", #"{"seconds":1}"#) }
            #expect(try await shop.books(made[0].number) == ["payout 985.00 approved"])
            #expect(try await shop.balance() == "3975")
        }
    }
}

/// How many answers have this status, or this status and message.
private func count(_ answers: [Answer], _ what: String) -> Int {
    answers.filter { "\($0.status)" == what || $0.error == what }.count
}
