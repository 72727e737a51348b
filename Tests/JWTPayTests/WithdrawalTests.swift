import APISupport
import Foundation
import Gateway
import HTTPTypes
import Payments
import TestSupport
import Testing

@testable import mekong

@Suite struct WithdrawalTests {
    @Test func `money is held, leaves, and the fee is part of the amount`() async throws {
        try await withShop { shop in
            try await shop.fund("2000")
            let answer = try await shop.withdraw()
            #expect(
                answer.show("data.amount", "data.fee", "data.transfer_amount", "data.status") == "1000 15 985 pending")
            #expect(try await shop.balance() == "990")
            let pending = try await shop.query(("order_no", answer.number))
            #expect(pending.show("data.status", "data.actual_amount", "data.completed_at") == "pending 0 null")
            try await shop.advance(seconds: 2)
            let done = try await shop.query(("order_no", answer.number))
            #expect(done.show("data.status", "data.fee", "data.actual_amount") == "completed 15 985")
            #expect(done.show("data.completed_at") != "null")
            #expect(try await shop.balance() == "990")
            #expect(try await shop.books(answer.number) == ["payout 985.00 approved"])
        }
    }

    @Test func `what fails is given back, fee and all, and told`() async throws {
        try await withShop { shop in
            try await shop.fund("2000")
            let answer = try await shop.withdraw()
            try await shop.control(
                .post, "/payouts/\(answer.number)", #"{"outcome":"failed","reason":"account closed"}"#)
            let order = try await shop.query(("agent_order_no", "W-1"))
            #expect(order.show("data.status", "data.actual_amount", "data.completed_at") == "failed 0 null")
            #expect(try await shop.balance() == "1990")
            let notice = try #require(try await shop.notices().last)
            #expect(notice.show("type", "status", "amount", "actual_amount") == "withdrawal failed 1000 0")
            #expect(try await shop.ask(.post, "/payouts/\(answer.number)", #"{"outcome":"success"}"#).status == 409)
        }
    }

    @Test func `more than there is, is refused, and nothing is kept of it`() async throws {
        try await withShop { shop in
            #expect(try await shop.withdraw().error == "400 Insufficient balance")
            try await shop.fund("1000")
            #expect(try await shop.withdraw(.withdrawal(amount: "995.01")).error == "400 Insufficient balance")
            #expect(try await shop.query(("agent_order_no", "W-1")).status == 404)
            #expect(try await shop.withdraw(.withdrawal(amount: "995")).status == 200, "all of it, the fee included")
            #expect(try await shop.balance() == "0")
            #expect(try await shop.withdraw(.withdrawal("W-2", amount: "0.01")).error == "400 Insufficient balance")
        }
    }

    @Test func `an amount too small for a fee has none`() async throws {
        try await withShop { shop in
            try await shop.fund("1000")
            let answer = try await shop.withdraw(.withdrawal(amount: "0.01"))
            #expect(answer.show("data.fee", "data.transfer_amount") == "0 0.01")
        }
    }

    /// The bank was told, or may have been, and said nothing: it is asked until it does.
    @Test func `a bank that does not answer is asked again, and pays once`() async throws {
        try await withShop { shop in
            try await shop.fund("2000")
            try await shop.control(
                .post, "/faults", #"{"rail":"bank","fault":"timeout","operation":"payout","count":1}"#)
            let answer = try await shop.withdraw()
            try await shop.advance(seconds: 1)
            #expect(try await shop.query(("order_no", answer.number)).show("data.status") == "pending")
            try await shop.advance(seconds: 600)
            #expect(try await shop.query(("order_no", answer.number)).show("data.status") == "completed")
            #expect(try await shop.books(answer.number) == ["payout 985.00 approved"])
        }
    }

    @Test func `a withdrawal that was answered survives the process`() async throws {
        let folder = NSTemporaryDirectory() + "mekong-jwt-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await Gate.stores.pass {
            let number = try await withShop(in: try DataFolder(preparing: folder)) { shop in
                try await shop.fund("2000")
                return try await shop.withdraw().number
            }
            // Nobody has told the bank yet.
            try await withShop(in: try DataFolder(preparing: folder)) { shop in
                #expect(try await shop.books(number).isEmpty)
                #expect(try await shop.balance() == "990")
                try await shop.advance(seconds: 5)
                #expect(try await shop.query(("order_no", number)).show("data.status") == "completed")
                #expect(try await shop.books(number) == ["payout 985.00 approved"])
                #expect(try await shop.withdraw().error == "400 transactionId already exists")
            }
        }
    }

    @Test func `a merchant sees no other's orders, and pays from no other's balance`() async throws {
        try await withShop { shop in
            try await shop.fund("2000")
            let order = try await shop.withdraw()
            let rival = try await shop.rival()
            #expect(try await rival.query(("order_no", order.number)).error == "404 Order not found")
            #expect(try await rival.query(("agent_order_no", "W-1")).error == "404 Order not found")
            #expect(try await rival.withdraw().error == "400 Insufficient balance")
            #expect(try await rival.balance() == "0")
        }
    }

    @Test func `the limit of one transaction is for withdrawals too, those of a day are for deposits`() async throws {
        try await withShop { shop in
            try await shop.fund("5000")
            try await shop.control(
                .put, "/merchant", #"{"limits":{"jwtpay":{"per_transaction":"100.00","per_day":"1.00"}}}"#)
            let over = try await shop.withdraw(.withdrawal(amount: "100.01"))
            #expect(over.error == "400 Invalid amount: over the limit of one transaction")
            #expect(try await shop.balance() == "4975")
            #expect(try await shop.withdraw(.withdrawal("W-2", amount: "100")).status == 200)
            try await shop.control(.put, "/merchant", #"{"limits":{"jwtpay":null}}"#)
            #expect(try await shop.withdraw(.withdrawal(amount: "100.01")).status == 200)
        }
    }
}
