import APISupport
import HTTPTypes
import Testing

/// Every failure code of the appendix, ordered from the simulated acquirer.
@Suite struct FailureCodeTests {
    @Test func `the appendix lists 82 codes`() {
        #expect(DocumentFailures.cards.count == 82)
        #expect(Set(DocumentFailures.cards.map(\.code)).count == 82)
    }

    @Test func `a declined authorisation tells the code and its message`() async throws {
        try await withShop { shop in
            for (code, message) in DocumentFailures.cards {
                try await shop.decline("authorize", code)
                let answer = try await shop.charge()
                #expect(answer.state == "Declined fail" && answer.failure == "\(code) \(message)")
                #expect(answer.show("approval_code") == "null")
            }
            #expect(try await shop.charge().state == "Authorized success", "every fault was for one call")
        }
    }

    @Test func `so does one after 3-D Secure, and its webhook`() async throws {
        try await withShop { shop in
            try await shop.listen()
            for (code, message) in DocumentFailures.cards {
                let answer = try await shop.charge(mid: Shop.Mid.full)
                try await shop.decline("authorize", code)
                _ = try await Browser(shop: shop).authenticate(answer.show("redirect_url"))
                let inquired = try await shop.inquire(answer.id)
                #expect(inquired.state == "Declined fail" && inquired.failure == "\(code) \(message)")
                #expect(inquired.show("mpi.eci") == "05", "the payer did authenticate")
            }
            let notices = try await shop.notices()
            #expect(notices.map(\.failure) == DocumentFailures.cards.map { "\($0.code) \($0.message)" })
        }
    }

    @Test(arguments: ["void", "capture"])
    func `a refused void or settlement answers the unchanged charge with the code`(operation: String) async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            for (code, message) in DocumentFailures.cards {
                try await shop.decline(operation, code)
                let answer = operation == "void" ? try await shop.void(id) : try await shop.settle(id, "200.50")
                #expect(answer.status == 200 && answer.state == "Authorized fail")
                #expect(answer.failure == "\(code) \(message)")
                let inquired = try await shop.inquire(id)
                #expect(inquired.state == "Authorized success" && inquired.failure == "null null")
            }
            #expect(try await shop.void(id).state == "Voided success")
        }
    }

    @Test func `a refused refund answers the unchanged charge with the code`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            for (code, message) in DocumentFailures.cards {
                try await shop.decline("refund", code)
                let answer = try await shop.refund(id, "200.50")
                #expect(answer.status == 200 && answer.state == "Settled fail")
                #expect(answer.failure == "\(code) \(message)")
            }
            let inquired = try await shop.inquire(id)
            #expect(inquired.state == "Settled success" && inquired.failure == "null null")
            #expect(inquired.show("refund_info.count") == "82")
            #expect(
                inquired.show("refund_info.81.error_code", "refund_info.81.error_message") == "600 Reverse Transaction")
        }
    }

    @Test func `an acquirer that cannot be reached declines with 91`() async throws {
        try await withShop { shop in
            try await shop.control(.post, "/faults", "{\"rail\":\"card\",\"fault\":\"unavailable\"}")
            let answer = try await shop.charge()
            #expect(answer.state == "Declined fail" && answer.failure == "91 Issuer or Switch is Inoperative")
            #expect(try await shop.books(answer.id) == [])
        }
    }

    @Test func `an authorisation whose answer is lost is reversed with 500`() async throws {
        try await withShop { shop in
            try await shop.listen()
            try await shop.control(.post, "/faults", "{\"rail\":\"card\",\"fault\":\"timeout\"}")
            let answer = try await shop.charge()
            #expect(answer.state == "Reversed fail" && answer.failure == "500 Timeout")
            #expect(try await shop.books(answer.id) == ["authorize 200.50 approved", "reverse 200.50 approved"])
            #expect(try await shop.notices().map(\.state) == ["Reversed fail"])
        }
    }

    /// Until the acquirer has acknowledged the reversal the charge has no outcome.
    @Test func `a reversal that is not acknowledged is sent again when its minute is over`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let fault = "{\"rail\":\"card\",\"fault\":\"unavailable\",\"operation\":\"reverse\",\"count\":2}"
            try await shop.control(.post, "/faults", fault)
            let answer = try await shop.charge(Cards.silent)
            #expect(answer.state == "Initialize Pending")
            #expect(try await shop.void(answer.id).error == "400 pending_state")
            #expect(try await shop.settle(answer.id, "200.50").error == "400 pending_state")
            #expect(try await shop.refund(answer.id, "200.50").error == "400 Pending_state")
            try await shop.advance(seconds: 61)
            #expect(try await shop.inquire(answer.id).state == "Initialize Pending")
            #expect(try await shop.notices().isEmpty)
            try await shop.advance(seconds: 61)
            #expect(try await shop.inquire(answer.id).show("transaction_state", "failure_code") == "Reversed 500")
            #expect(try await shop.notices().map(\.state) == ["Reversed fail"])
        }
    }
}
