import APISupport
import EMVQR
import Foundation
import Gateway
import HTTPTypes
import Money
import Payments
import Testing
import WireKit

@Suite struct DepositTests {
    @Test func `a QR deposit is paid, completed and available at once`() async throws {
        try await withShop { shop in
            let deposit = try await shop.opened()
            #expect(try await shop.query(("order_no", deposit.number)).show("data.status") == "pending")
            let code = try PromptPayQR(decoding: deposit.show("data.qrcode"))
            #expect(code.amount?.text == "1000" && code.account.digits == "0066812345678" && code.use == .once)
            #expect(code.reference == deposit.number)
            let paid = try await shop.pay(deposit.number)
            #expect(paid.show("status", "amount", "matched") == "paid 1000.00 true")
            let order = try await shop.query(("agent_order_no", "T-1"))
            #expect(order.show("data.status", "data.fee", "data.actual_amount") == "completed 5 995")
            #expect(try await shop.balance() == "995")
        }
    }

    @Test func `a QR is paid by its text, by another payer, once`() async throws {
        try await withShop { shop in
            let code = try await shop.opened().show("data.qrcode")
            let body = Body([
                ("qr", quoted(code)), ("payer", #"{"bank":"SCB","account_no":"9999999999","name":"ANY"}"#),
                ("amount", "\"1000.00\""),
            ])
            #expect(try await shop.ask(.post, "/qr/pay", body.text).status == 200)
            let again = try await shop.ask(.post, "/qr/pay", body.text)
            #expect(again.status == 409 && again.show("error") == "it is already paid")
            #expect(try await shop.balance() == "995")
        }
    }

    @Test func `another amount pays nothing`() async throws {
        try await withShop { shop in
            let deposit = try await shop.opened()
            #expect(
                try await shop.pay(deposit.number, [("amount", "999.99")]).show("error") == "it is for another amount")
            try await shop.credit("999.99", from: "1234567890")
            #expect(try await shop.query(("order_no", deposit.number)).show("data.status") == "pending")
            #expect(try await shop.balance() == "0")
        }
    }

    @Test func `a deposit expires after five minutes`() async throws {
        try await withShop { shop in
            let deposit = try await shop.opened()
            try await shop.advance(seconds: 150)
            #expect(try await shop.query(("order_no", deposit.number)).show("data.status") == "pending")
            try await shop.advance(seconds: 151)
            let order = try await shop.query(("order_no", deposit.number))
            #expect(order.show("data.status", "data.actual_amount", "data.completed_at") == "expired 0 null")
            #expect(try await shop.pay(deposit.number).show("error") == "it has expired")
            // Money that comes too late is nobody's until a person has looked at it.
            #expect(try await shop.credit("1000", from: "1234567890").show("matched") == "false")
            #expect(try await shop.balance() == "0")
        }
    }

    @Test func `equal QR deposits are told apart by their payers`() async throws {
        try await withShop { shop in
            let first = try await shop.opened(.deposit("A").with("bankAccountNumber", text: "1111111111"))
            let second = try await shop.opened(.deposit("B").with("bankAccountNumber", text: "2222222222"))
            #expect(first.show("data.amount") == "1000" && second.show("data.amount") == "1000")
            #expect(try await shop.credit("1000").show("matched") == "false", "nobody knows whose")
            #expect(try await shop.credit("1000", from: "2222222222").show("matched") == "true")
            #expect(try await shop.query(("order_no", first.number)).show("data.status") == "pending")
            #expect(try await shop.query(("order_no", second.number)).show("data.status") == "completed")
        }
    }

    @Test func `a masked payer's account names the deposit`() async throws {
        try await withShop { shop in
            let first = try await shop.opened(.deposit("A").with("bankAccountNumber", text: "1111111111"))
            let second = try await shop.opened(.deposit("B").with("bankAccountNumber", text: "2222222222"))
            try await shop.credit("1000", from: "XXX222222")
            #expect(try await shop.query(("order_no", first.number)).show("data.status") == "pending")
            #expect(try await shop.query(("order_no", second.number)).show("data.status") == "completed")
        }
    }

    @Test func `deposits that are equal in everything are told apart by the QR's reference`() async throws {
        try await withShop { shop in
            let deposits = try await (0..<5).asyncMap { try await shop.opened(.deposit("E-\($0)")) }
            for index in [3, 0, 4] {
                #expect(try await shop.pay(deposits[index].number).show("matched") == "true")
            }
            #expect(try await shop.pay(deposits[3].number).status == 409)
            let states = try await deposits.asyncMap {
                try await shop.query(("order_no", $0.number)).show("data.status")
            }
            #expect(states == ["completed", "pending", "pending", "completed", "completed"])
            // As a payer types it into the remark of a transfer.
            try await shop.credit("1000", from: "1234567890", [("description", quoted("for \(deposits[2].number) ok"))])
            #expect(try await shop.query(("order_no", deposits[2].number)).show("data.status") == "completed")
        }
    }

    @Test func `a transactionId is used once, for deposits and withdrawals alike`() async throws {
        try await withShop { shop in
            try await shop.fund()
            _ = try await shop.opened()
            let duplicate = "400 transactionId already exists"
            #expect(try await shop.deposit(.deposit(amount: "5")).error == duplicate)
            #expect(try await shop.withdraw(.withdrawal("T-1")).error == duplicate)
            #expect(try await shop.withdraw().status == 200)
            #expect(try await shop.withdraw(.withdrawal(amount: "5")).error == duplicate)
            #expect(try await shop.deposit(.deposit("W-1")).error == duplicate)
            try await shop.advance(seconds: 301)
            #expect(try await shop.deposit().error == duplicate, "for good")
            let rival = try await shop.rival()
            #expect(try await rival.deposit(Body.deposit().with("merchantId", text: "rival")).status == 200)
        }
    }

    @Test func `a merchant without an account for it takes no deposit`() async throws {
        try await withShop { shop in
            try await shop.changeMerchant { merchant in
                merchant.collectionAccounts?[0].isActive = false
                merchant.collectionAccounts?[1].promptPay = nil
            }
            #expect(try await shop.deposit().error == "400 No bank account can take this deposit now")
            let transfer = try await shop.opened(.deposit(type: "BANK_TRANSFER"))
            #expect(
                transfer.show("data.bankName", "data.bankAccountNumber", "data.promptpayNumber")
                    == "SCB 9876543210 null")
            try await shop.changeMerchant { $0.collectionAccounts = nil }
            #expect(try await shop.deposit(.deposit("X", type: "BANK_TRANSFER")).status == 400)
        }
    }

    @Test func `limits are kept, and told`() async throws {
        try await withShop { shop in
            try await shop.control(
                .put, "/merchant",
                #"{"limits":{"jwtpay":{"per_transaction":"1000","per_day":"1500","count_per_day":3}}}"#)
            #expect(
                try await shop.deposit(.deposit(amount: "1000.01")).error
                    == "400 Invalid amount: over the limit of one transaction")
            #expect(try await shop.deposit(.deposit("A")).status == 200)
            #expect(try await shop.deposit(.deposit("B")).error == "400 Invalid amount: over the limit of the day")
            #expect(try await shop.deposit(.deposit("C", amount: "1")).status == 200)
            #expect(try await shop.deposit(.deposit("D", amount: "1")).status == 200)
            #expect(
                try await shop.deposit(.deposit("E", amount: "1")).error == "400 Over the number of deposits of the day"
            )
            // What has expired counts no more.
            try await shop.advance(seconds: 301)
            #expect(try await shop.deposit(.deposit("F")).status == 200)
        }
    }
}

extension Sequence {
    func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
