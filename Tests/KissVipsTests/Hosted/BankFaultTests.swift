import APISupport
import HTTPTypes
import Payments
import Rails
import Testing
import WireKit

@testable import mekong

/// Ordered misbehaviour of the banks (sandbox contract, rail `bank`): what it does to the hosted flow and to transfers.
@Suite struct BankFaultTests {
    private func order(_ shop: HostedShop, _ fault: String, _ more: String = "") async throws {
        try await shop.control(.post, "/faults", "{\"rail\":\"bank\",\"fault\":\"\(fault)\"\(more)}")
    }

    private func books(_ shop: HostedShop, _ token: String) async throws -> String {
        try await shop.get("/sandbox/rails/bank?payment=" + token).text
    }

    /// A payer's page before one of the three things that the bank is told.
    private func page(
        _ shop: HostedShop, _ token: String, before step: String
    ) async throws -> Page {
        let browser = Browser(shop: shop)
        let first = try await browser.openPG(token)
        if step == "sign-in" { return first }
        let code = try await browser.signIn(first)
        return step == "otp1" ? code : try await browser.fill(code, ("otp1", "123456"))
    }

    private func submit(_ shop: HostedShop, _ page: Page, _ step: String) async throws
        -> Page
    {
        let browser = Browser(shop: shop)
        return step == "sign-in" ? try await browser.signIn(page) : try await browser.fill(page, (step, "123456"))
    }

    private static let business: [(String, JSON)] = [("bank_type", .string("B"))]
    private static let steps = ["sign-in", "otp1", "otp2"]

    @Test(arguments: steps)
    func `a declined step ends in E, told as an error, and no money moves`(step: String) async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG(Self.business)
            let before = try await page(shop, token, before: step)
            try await order(shop, "decline")
            let end = try await submit(shop, before, step)
            #expect(end.heading == "Payment not completed")
            let deposit = try await shop.deposit(token)
            #expect(deposit.show("response.deposit.status") == "E")
            #expect(deposit.show("response.deposit.error_message") == "Transfer Error")
            #expect(try await shop.callBacks() == ["W ", "E Transfer Error"])
            let books = try await books(shop, token)
            #expect(books.contains("operations") && !books.contains("approved"))
        }
    }

    @Test(arguments: zip(steps, ["W", "O", "T"]))
    func `a bank that cannot be reached wants the step again, and then it goes on`(
        step: String, status: String
    ) async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG(Self.business)
            let before = try await page(shop, token, before: step)
            try await order(shop, "unavailable", ",\"operation\":\"authorize\"")
            var shown = try await submit(shop, before, step)
            #expect(try await shop.status(token) == status)
            #expect(shown.html.contains("Your bank could not be reached."))
            #expect(try await shop.deposit(token).show("response.deposit.error_message") == "Bank Unavailable")
            for next in Self.steps.drop(while: { $0 != step }) { shown = try await submit(shop, shown, next) }
            #expect(shown.heading == "Payment received")
            #expect(try await shop.deposit(token).show("response.deposit.error_message") == "null")
            #expect(try await shop.callBacks() == ["W ", "S "])
        }
    }

    @Test func `a right code that did not reach the bank is not called wrong, as the one before it was`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let code = try await page(shop, token, before: "otp1")
            let wrong = try await Browser(shop: shop).fill(code, ("otp1", "000000"))
            #expect(wrong.html.contains("The code is wrong."))
            try await order(shop, "unavailable", ",\"operation\":\"authorize\"")
            let lost = try await submit(shop, wrong, "otp1")
            #expect(lost.html.contains("Your bank could not be reached.") && !lost.html.contains("The code is wrong."))
            #expect(try await submit(shop, lost, "otp1").heading == "Payment received")
        }
    }

    @Test(arguments: steps)
    func `a step whose answer is lost is asked for at once, and done once`(step: String) async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG(Self.business)
            var shown = try await page(shop, token, before: step)
            // For the step and, after a sign-in, for the transfer's order.
            try await order(shop, "timeout", ",\"count\":\(step == "sign-in" ? 2 : 1)")
            for next in Self.steps.drop(while: { $0 != step }) { shown = try await submit(shop, shown, next) }
            #expect(shown.heading == "Payment received")
            #expect(try await shop.callBacks() == ["W ", "S "])
            #expect(try await books(shop, token).contains("approved"))
        }
    }

    @Test func `a transfer that cannot be ordered is ordered when the payer looks again`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let first = try await page(shop, token, before: "sign-in")
            // The sign-in is done; the order of the transfer that follows it is not, nor at the payer's first look.
            try await order(shop, "timeout")
            try await order(shop, "unavailable", ",\"count\":2")
            _ = try await submit(shop, first, "sign-in")
            #expect(try await shop.status(token) == "B")
            let code = try await Browser(shop: shop).openPG(token)
            #expect(try await shop.status(token) == "O")
            #expect(try await submit(shop, code, "otp1").heading == "Payment received")
        }
    }

    @Test func `a fault of payouts leaves payers alone, and one of payers the payouts`() async throws {
        try await withHostedShop { shop in
            try await order(shop, "decline", ",\"operation\":\"payout\"")
            let token = try await shop.createPG()
            let code = try await page(shop, token, before: "otp1")
            #expect(try await submit(shop, code, "otp1").heading == "Payment received")
            try await shop.control(.delete, "/faults")
            try await shop.shop.fund("10")
            try await order(shop, "decline", ",\"operation\":\"authorize\"")
            _ = try await shop.shop.done("create_transfer", .transfer)
            try await shop.advance(seconds: 5)
            #expect(try await shop.shop.transferStatus("1") == "S")
        }
    }

    @Test func `a transfer that the bank tells of late is one, and waits for its word`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let code = try await page(shop, token, before: "otp1")
            try await order(shop, "late_notice")
            _ = try await submit(shop, code, "otp1")
            #expect(try await shop.status(token) == "I")
            #expect(try await books(shop, token).contains("approved"))
            // Nor does the bank say anything to who looks.
            _ = try await Browser(shop: shop).openPG(token)
            try await shop.advance(seconds: 30)
            #expect(try await shop.status(token) == "I")
            #expect(try await shop.callBacks() == ["W "])
            try await shop.advance(seconds: 30)
            #expect(try await shop.status(token) == "S")
            try await shop.advance(seconds: 600)
            #expect(try await shop.callBacks() == ["W ", "S "])
        }
    }

    @Test func `a transfer that the bank tells of twice is one`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let code = try await page(shop, token, before: "otp1")
            try await order(shop, "duplicate_notice")
            #expect(try await submit(shop, code, "otp1").heading == "Payment received")
            #expect(try await shop.host.bank.nextNews(after: shop.host.clock.now()) != nil)
            try await shop.advance(seconds: 60)
            #expect(try await shop.host.bank.news(by: shop.host.clock.now()).isEmpty)
            #expect(try await shop.callBacks() == ["W ", "S "])
            #expect(try await shop.shop.balance == "10.00")
        }
    }

    @Test(arguments: ["refund", "void", "PAYOUT", ""])
    func `an operation that the banks do not have makes no sense`(operation: String) async throws {
        try await withShop { shop async throws in
            let body = "{\"rail\":\"bank\",\"fault\":\"decline\",\"operation\":\"\(operation)\"}"
            #expect(try await shop.ask(.post, "/faults", body).status == 422)
        }
    }

    @Test(arguments: ["POST", "GET", "PUT", "PATCH", "DELETE"])
    func `an operation that there is not is 404 in the document's shape`(method: String) async throws {
        try await withHostedShop { shop in
            let name = try #require(HTTPRequest.Method(method))
            let answer = try await shop.send(name, "/api/foo", body: "{}")
            #expect(answer.status == 404)
            #expect(answer.show("response.status") == "ERROR")
            #expect(answer.show("response.error_code") == "OPERATION_NOT_FOUND")
            #expect(!answer.show("response.message").isEmpty)
            // Other APIs' paths below are theirs.
            #expect(try await shop.get("/api/v1/health").status == 200)
        }
    }
}
