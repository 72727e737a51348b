import APISupport
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import KissVips
import Money
import Payments
import Rails
import Store
import TestSupport
import Testing
import WireKit

@testable import mekong

/// The hosted flow as a payer without scripts goes through it (Appendix C).
@Suite struct PGFlowTests {
    @Test(arguments: DatabaseKind.allCases)
    func `a personal account pays: C, W, O, S`(database: DatabaseKind) async throws {
        try await withHostedShop(on: database) { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            #expect(try await shop.status(token) == "C")
            let first = try await browser.openPG(token)
            #expect(first.heading == "Sign in to your bank")
            #expect(first.html.contains("Siam Commercial Bank") && first.html.contains("Demo Shop"))
            #expect(try await shop.status(token) == "W")
            let code = try await browser.signIn(first)
            #expect(try await shop.status(token) == "O")
            let done = try await browser.fill(code, ("otp1", "123456"))
            #expect(done.heading == "Payment received")
            #expect(try await shop.status(token) == "S")
            let back = try #require(done.form(button: "Back to the shop"))
            #expect(back.action == "https://shop.example/back#top")
            #expect(
                back.fields.map { "\($0.name)=\($0.value)" } == [
                    "order=7", "token=\(token)", "status=S", "ref=Testing",
                ])
            #expect(try await shop.callBacks() == ["W ", "S "])
        }
    }

    private func number(_ shop: HostedShop, _ account: Int64) -> String {
        shop.host.gateway.directory.merchant(DemoMerchant.id)?.collectionAccount(account)?.account ?? "none"
    }

    @Test func `the statement that shows the payer's transfer later has nothing new`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let code = try await browser.signIn(try await browser.openPG(token))
            _ = try await browser.fill(code, ("otp1", "123456"))
            let line = try #require(try await shop.host.gateway.store.read { try $0.line(1, of: DemoMerchant.id) })
            let credit = line.credit
            let reference = try #require(credit.reference)
            let shown = number(shop, line.account)
            let day = CivilDay(bangkok: credit.creditedAt).description.filter { $0 != "-" }.dropFirst(2)
            let amount = credit.amount.text(decimals: 2).replacing(".", with: ",")
            let statement =
                ":20:S\n:25:\(shown)\n:28C:1\n:60F:C260101THB0,\n:61:\(day)C\(amount)NTRFNONREF//\(reference)\n"
                + ":62F:C260101THB0,\n"
            let answer = try await shop.send(
                .post, "/statements/demo/\(line.account)?format=mt940",
                [("authorization", "Bearer " + DemoMerchant.statementsKey)], body: statement)
            #expect(["new", "known", "refused"].map(answer.show) == ["0", "1", "0"], "\(answer.text)")
        }
    }

    @Test func `a business account types in two codes, and spaces in them do not matter`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG([("bank_type", .string("B"))])
            let browser = Browser(shop: shop)
            let code = try await browser.signIn(try await browser.openPG(token))
            let second = try await browser.fill(code, ("otp1", "123 456"))
            #expect(second.heading == "One more code")
            #expect(try await shop.status(token) == "T")
            let done = try await browser.fill(second, ("otp2", "123456"))
            #expect(done.heading == "Payment received")
            #expect(try await shop.status(token) == "S")
        }
    }

    @Test func `a bank may ask a personal account for a second code`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let code = try await browser.signIn(try await browser.openPG(token), "second")
            let second = try await browser.fill(code, ("otp1", "123456"))
            #expect(try await browser.fill(second, ("otp2", "123456")).heading == "Payment received")
        }
    }

    @Test(arguments: [("poor", "Insufficient Balance"), ("locked", "Too Many Attempts")])
    func `a payer whom the bank refuses sees why, and so does the merchant`(
        user: String, message: String
    ) async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let end = try await browser.signIn(try await browser.openPG(token), user)
            #expect(end.heading == "Payment not completed" && end.form(button: "Back to the shop") != nil)
            let deposit = try await shop.deposit(token)
            #expect(deposit.show("response.deposit.error_message") == message)
            #expect(deposit.show("response.deposit.status") == "E")
            #expect(try await shop.callBacks() == ["W ", "E \(message)"])
        }
    }

    @Test func `a wrong password or code can be tried again, three times in all`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let again = try await browser.signIn(try await browser.openPG(token), "wrong")
            #expect(again.html.contains("does not know this user name"))
            #expect(
                try await shop.deposit(token).show("response.deposit.error_message") == "Invalid Username or Password")
            var page = try await browser.signIn(again)
            for _ in 0..<2 {
                page = try await browser.fill(page, ("otp1", "000000"))
                #expect(page.html.contains("The code is wrong"))
                #expect(try await shop.status(token) == "O")
            }
            #expect(try await browser.fill(page, ("otp1", "000000")).heading == "Payment not completed")
            #expect(try await shop.callBacks() == ["W ", "E Too Many Attempts"])
        }
    }

    @Test func `a bank whose answer is lost is asked, and the payer sees the result at once`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let code = try await browser.signIn(try await browser.openPG(token), "lost")
            #expect(try await browser.fill(code, ("otp1", "123456")).heading == "Payment received")
        }
    }

    @Test func `the payer gives up`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let code = try await browser.signIn(try await browser.openPG(token))
            let end = try await browser.press(code, "Cancel")
            #expect(end.html.contains("You have cancelled this payment"))
            #expect(try await shop.status(token) == "E")
        }
    }

    @Test func `a session that was left ends with its token`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let code = try await browser.signIn(try await browser.openPG(token))
            try await shop.advance(seconds: 900)
            let deposit = try await shop.deposit(token)
            #expect(deposit.show("response.deposit.error_message") == "Token Expired")
            #expect(try await browser.fill(code, ("otp1", "123456")).html.contains("The time for this payment is over"))
            #expect(try await shop.status(token) == "E")
            #expect(try await shop.callBacks() == ["W ", "E Token Expired"])
        }
    }

    @Test func `a page that is opened again, and forms of an earlier tab, show where the deposit stands`() async throws
    {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let signIn = try await browser.openPG(token)
            let code = try await browser.signIn(signIn)
            #expect(try await browser.openPG(token).heading == code.heading)
            #expect(try await browser.signIn(signIn, "poor").heading == code.heading)
            let done = try await browser.fill(code, ("otp1", "123456"))
            #expect(try await browser.fill(code, ("otp1", "000000")).heading == done.heading)
            #expect(try await browser.press(code, "Cancel").heading == done.heading)
            #expect(try await shop.callBacks() == ["W ", "S "])
        }
    }

    @Test func `the page of one token moves no other deposit`() async throws {
        try await withHostedShop { shop in
            let (mine, other) = (try await shop.createPG(), try await shop.createPG())
            let browser = Browser(shop: shop)
            let page = try await browser.openPG(mine)
            _ = try await browser.openPG(other)
            // A token in the body counts for nothing.
            let fields = [("username", "u"), ("password", "p"), ("token", other)].map { (name: $0.0, value: $0.1) }
            _ = try await browser.post(try #require(page.form(field: "username")).action, FormBody.encode(fields))
            #expect(try await shop.status(mine) == "O")
            #expect(try await shop.status(other) == "W")
        }
    }

    @Test func `the QR code on the page pays the deposit`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let qr = try await browser.press(try await browser.openPG(token), "Pay by PromptPay QR")
            #expect(qr.heading == "Scan to pay" && qr.html.contains("/pg/qr.png?token=\(token)"))
            let picture = try await shop.get("/pg/qr.png?token=\(token)")
            #expect(
                picture.header("content-type") == "image/png" && picture.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            try await shop.control(.post, "/bank/credits", "{\"amount\": \"10.00\", \"reference\": \"Q1\"}")
            #expect(try await browser.openPG(token).heading == "Payment received")
            #expect(try await shop.status(token) == "S")
            #expect(try await shop.callBacks() == ["W ", "S "])
        }
    }

    @Test func `the sandbox's payer pays the code of a token, once`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let paid = try await shop.control(.post, "/qr/pay", "{\"id\": \"\(token)\"}")
            #expect(paid.show("status") == "paid" && paid.show("matched") == "true")
            #expect(try await shop.status(token) == "S")
            let again = try await shop.send(.post, "/sandbox/qr/pay", body: "{\"id\": \"\(token)\"}")
            #expect(again.status == 409)
            let other = try await shop.createPG()
            let browser = Browser(shop: shop)
            _ = try await browser.signIn(try await browser.openPG(other))
            let busy = try await shop.send(.post, "/sandbox/qr/pay", body: "{\"id\": \"\(other)\"}")
            #expect(busy.status == 409)
            #expect(try await shop.status(other) == "O")
        }
    }

    @Test func `the bank's own books show the transfer, and none where none was made`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let before = try await shop.get("/sandbox/rails/bank?payment=\(token)")
            #expect(before.text == "{\"operations\":[]}")
            let code = try await browser.signIn(try await browser.openPG(token))
            let waiting = try await shop.get("/sandbox/rails/bank?payment=\(token)")
            #expect(waiting.text.contains("\"result\":\"under way\""))
            _ = try await browser.fill(code, ("otp1", "123456"))
            let done = try await shop.get("/sandbox/rails/bank?payment=\(token)")
            #expect(done.text.contains("\"amount\":\"10.00\"") && done.text.contains("\"result\":\"approved\""))
        }
    }

    @Test func `a credit of the same amount pays no deposit whose payer signs in`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            _ = try await Browser(shop: shop).openPG(token)
            try await shop.control(.post, "/bank/credits", "{\"amount\": \"10.00\", \"reference\": \"Q1\"}")
            #expect(try await shop.status(token) == "W")
        }
    }

    @Test func `nothing that signs in is stored, by us or by the simulated bank`() async throws {
        try await withHostedShop { shop in
            let (password, code) = ("hunter2-Xq7vB9-secret", "zq4471")
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let page = try await browser.signIn(try await browser.openPG(token), "somchai-jaidee-unique", password)
            _ = try await browser.fill(page, ("otp1", code))
            let names = try FileManager.default.contentsOfDirectory(atPath: shop.folder)
            #expect(names.contains { $0.hasPrefix("banks.sqlite") })
            for name in names {
                let bytes = FileManager.default.contents(atPath: shop.folder + "/" + name) ?? Data()
                for secret in [password, code, "somchai-jaidee-unique"] {
                    let found = bytes.range(of: Data(secret.utf8))
                    #expect(found == nil, "\(secret) is in \(name)")
                }
            }
        }
    }

    @Test func `a gateway without such banks refuses the deposit and says so`() async throws {
        try await withHostedShop { shop in
            let gateway = shop.host.gateway
            let without = Gateway(
                store: gateway.store, vault: gateway.vault, directory: gateway.directory, rails: .none,
                clock: gateway.clock, entropy: gateway.entropy, dialects: Array(gateway.dialects.values),
                logger: gateway.logger)
            let router = Router(context: MekongContext.self)
            KissVipsAPI(gateway: without, dialect: try #require(gateway.dialects[KissVips.id] as? KissVips))
                .addRoutes(to: router)
            let answer = try await Application(router: router).test(.router) { client in
                try await HostedShop(shop: Shop(sandbox: shop.sandbox.through(client)))
                    .call("create_pg_deposit", HostedShop.samplePG)
            }
            #expect(answer.outcome == "409 BANK_NOT_SERVED")
        }
    }
}
