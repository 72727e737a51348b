import APISupport
import HTTPTypes
import Testing
import WireKit

/// Callbacks: what is told, how it is signed, and what answer ends it.
@Suite struct WebhookTests {
    /// The schedule's first pauses, each with a second to spare.
    private static let pauses = [6, 31, 121, 601, 3_601]

    @Test func `each way an order can end is told once`() async throws {
        try await withShop { shop in
            try await shop.fund()
            let paid = try await shop.opened(.deposit("A"))
            _ = try await shop.opened(.deposit("B"))
            _ = try await shop.pay(paid.number)
            _ = try await shop.withdraw(.withdrawal("C"))
            let failing = try await shop.withdraw(.withdrawal("D", amount: "100.5"))
            try await shop.control(.post, "/payouts/\(failing.number)", #"{"outcome":"failed"}"#)
            try await shop.advance(seconds: 301)
            let told = try await shop.notices().dropFirst().map {
                $0.show("agent_order_no", "type", "status", "amount", "fee", "transfer_amount", "actual_amount")
            }
            #expect(
                told.sorted() == [
                    "A deposit completed 1000 5 995 995", "B deposit expired 1000 5 995 0",
                    "C withdrawal completed 1000 15 985 985", "D withdrawal failed 100.5 1.51 98.99 0",
                ])
        }
    }

    @Test func `the simulated bank has the transfer that paid a deposit in its own book`() async throws {
        try await withShop { shop in
            let deposit = try await shop.opened()
            #expect(try await shop.control(.get, "/rails/qr?payment=\(deposit.number)").show("operations") == "[]")
            try await shop.control(.post, "/qr/pay", "{\"id\":\"\(deposit.number)\"}")
            for name in [deposit.number, "T-1"] {
                let books = try await shop.control(.get, "/rails/qr?payment=\(name)")
                #expect(books.show("operations.0.kind", "operations.0.result") == "credit approved", "\(books.text)")
                #expect(books["operations"]?.arrayValue?.count == 1)
                #expect(try await shop.control(.get, "/rails/bank?payment=\(name)").show("operations") == "[]")
            }
        }
    }

    @Test func `the signature is over all other members, sorted`() async throws {
        try await withShop { shop in
            let deposit = try await shop.opened()
            _ = try await shop.pay(deposit.number)
            let notice = try #require(try await shop.notices().first)
            let signed = try #require(payload(of: notice.show("signature"), shop.key))
            #expect(
                signed == #"{"actual_amount":995,"agent_order_no":"T-1","amount":1000,"fee":5,"order_no":""#
                    + deposit.number + #"","status":"completed","timestamp":""# + notice.show("timestamp")
                    + #"","transfer_amount":995,"type":"deposit"}"#)
        }
    }

    /// Anything but the document's answer is tried again.
    @Test(arguments: [
        (200, ""), (200, "OK"), (200, "{}"), (200, #"{"code":200}"#), (200, #"{"code":"200","message":"Success"}"#),
        (200, #"{"code":200,"message":"success"}"#), (200, #"{"code":500,"message":"Success"}"#),
        (200, #"{"code":200,"message":"Success","x":1}"#), (200, #"[{"code":200,"message":"Success"}]"#),
        (201, #"{"code":200,"message":"Success"}"#), (204, ""), (302, ""), (400, #"{"code":200,"message":"Success"}"#),
        (500, #"{"code":200,"message":"Success"}"#),
    ])
    func `a wrong answer is no answer, and the right one ends it`(status: Int, body: String) async throws {
        let wrong = Sink.Reply(status: .init(code: status), body: body)
        try await Sink.serving([wrong, wrong]) { sink, url in
            try await withShop { shop in
                let deposit = try await shop.opened(Body.deposit().with("callbackUrl", text: url))
                _ = try await shop.pay(deposit.number)
                await shop.deliverDue()
                #expect(sink.bodies.count == 1)
                for pause in Self.pauses {
                    try await shop.advance(seconds: pause)
                    await shop.deliverDue()
                }
                #expect(sink.bodies.count == 3 && Set(sink.bodies).count == 1, "the same bytes each time")
                let list = try await shop.control(.get, "/webhooks")
                #expect(list.show("0.state") == "delivered")
            }
        }
    }

    @Test(arguments: [
        #"{"code":200,"message":"Success"}"#, "{ \"message\" : \"Success\",\n \"code\" : 200 }\n",
    ])
    func `the document's answer is taken, however it is laid out`(body: String) async throws {
        try await Sink.serving([Sink.Reply(body: body)]) { sink, url in
            try await withShop { shop in
                let deposit = try await shop.opened(Body.deposit().with("callbackUrl", text: url))
                _ = try await shop.pay(deposit.number)
                for pause in Self.pauses {
                    await shop.deliverDue()
                    try await shop.advance(seconds: pause)
                }
                #expect(sink.bodies.count == 1)
            }
        }
    }

    @Test func `an answer beyond bounds is read no further, and is a wrong one`() async throws {
        let huge = Sink.Reply(body: #"{"code":200,"message":"Success"}"# + String(repeating: " ", count: 70_000))
        try await Sink.serving([huge]) { sink, url in
            try await withShop { shop in
                let deposit = try await shop.opened(Body.deposit().with("callbackUrl", text: url))
                _ = try await shop.pay(deposit.number)
                await shop.deliverDue()
                let list = try await shop.control(.get, "/webhooks")
                #expect(list.show("0.state") == "pending")
                #expect(list.show("0.attempts.0.error") == #"the answer is not {"code":200,"message":"Success"}"#)
            }
        }
    }
}
