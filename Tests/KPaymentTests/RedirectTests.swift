import APISupport
import Gateway
import HTTPTypes
import Testing
import WireKit

@testable import mekong

/// Wallets' pages (4.2): from the charge through the page back to the shop.
@Suite struct RedirectTests {
    @Test(arguments: [("alipay", "Alipay"), ("wechat", "WeChat")])
    func `a payer who pays comes back with the charge and its status, and nothing else`(
        wallet: String, brand: String
    ) async throws {
        try await withShop { shop in
            let (charge, page) = try await shop.startRedirect(.redirect(wallet))
            #expect(charge.show("source.object", "source.brand", "mpi") == "redirect \(brand) null")
            let done = try await shop.comeBack(try await Browser(shop: shop).submit(page.form(button: "Pay")).answer)
            #expect(done.forms.first?.action == Shop.callback)
            #expect(done.forms.first?.fields.map(\.name) == ["objectId", "status"])
            #expect(done.forms.first?.values == ["objectId": charge.id, "status": "true"])
            let inquired = try await shop.inquire(charge.id)
            #expect(inquired.state == "Authorized success")
            #expect(inquired.show("redirect_url") == "null")
            #expect(try await shop.notices().map(\.state) == ["Authorized success"])
            #expect(
                try await shop.books("redirect", charge.id) == ["present 15.00 approved", "authorize 15.00 approved"])
        }
    }

    @Test func `a payer who gives up comes back with false`() async throws {
        try await withShop { shop in
            let (charge, page) = try await shop.startRedirect()
            // The address that the button names.
            let cancel = try #require(page.html.firstMatch(of: /formaction="([^"]*)"/)).1
            let done = try await shop.comeBack(try await Browser(shop: shop).post(String(cancel), "").answer)
            #expect(done.forms.first?.values == ["objectId": charge.id, "status": "false"])
            let inquired = try await shop.inquire(charge.id)
            #expect(inquired.state == "Declined fail")
            #expect(inquired.show("failure_code") == "17")
            #expect(try await shop.notices().map(\.state) == ["Declined fail"])
        }
    }

    @Test func `UnionPay's page is filled in with a card that pays`() async throws {
        try await withShop { shop in
            let (charge, page) = try await shop.startRedirect(.redirect("unionpay"))
            let form = page.form(field: "number")
            #expect(form?.fields.map(\.name) == ["number", "expiry", "cvn2", "pin"])
            _ = try await Browser(shop: shop).submit(form)
            #expect(try await shop.inquire(charge.id).state == "Authorized success")
        }
    }

    @Test(arguments: ["111111", "123456"])
    func `an international UnionPay card asks for an SMS code`(code: String) async throws {
        try await withShop { shop in
            let (charge, page) = try await shop.startRedirect(.redirect("unionpay"))
            let browser = Browser(shop: shop)
            let wrong = try await browser.submit(
                page.form(field: "number"), [("number", "6250947000000014"), ("expiry", "12/33"), ("pin", "999999")])
            #expect(wrong.form(field: "cvn2") != nil)
            let sms = try await browser.submit(
                wrong.form(field: "number"), [("number", "6250947000000014"), ("expiry", "12/33"), ("pin", "111111")])
            let again = try await browser.submit(sms.form(field: "otp"), [("otp", "000000")])
            #expect(try await shop.inquire(charge.id).state == "Initialize success")
            _ = try await browser.submit(again.form(field: "otp"), [("otp", code)])
            #expect(try await shop.inquire(charge.id).state == "Authorized success")
        }
    }

    @Test func `after an hour the page is over`() async throws {
        try await withShop { shop in
            let (charge, page) = try await shop.startRedirect()
            try await shop.advance(seconds: 3_600)
            let inquired = try await shop.inquire(charge.id)
            #expect(inquired.state == "Initialize fail")
            #expect(inquired.failure == "68 Response Received Too Late")
            let done = try await shop.comeBack(try await Browser(shop: shop).submit(page.form(button: "Pay")).answer)
            #expect(done.forms.first?.values["status"] == "false")
            #expect(done.html.contains("The time to pay is over."))
            // Whoever opens the wallet's page now is sent back as well.
            let address = charge.show("redirect_url").dropFirst(Sandbox.publicURL.count)
            let opened = try await shop.send(.get, String(address))
            #expect(opened.status == 303)
        }
    }

    @Test func `no SMS code counts before a card was right`() async throws {
        try await withShop { shop in
            let (charge, _) = try await shop.startRedirect(.redirect("unionpay"))
            let path = String(charge.show("redirect_url").dropFirst(Sandbox.publicURL.count))
            let page = try await Browser(shop: shop).post(path + "/sms", "otp=111111")
            #expect(page.form(field: "number") != nil)
            #expect(try await shop.inquire(charge.id).state == "Initialize success")
        }
    }

    @Test func `an app's webview catches the way back`() async throws {
        try await withShop { shop in
            let (charge, page) = try await shop.startRedirect(Body.redirect().with("callback_type", text: "mobile"))
            let paid = try await Browser(shop: shop).submit(page.form(button: "Pay")).answer
            let last = try await shop.send(.get, String((paid.location ?? "").dropFirst(Sandbox.publicURL.count)))
            #expect(last.location == "\(Shop.callback)?objectId=\(charge.id)&status=true")
        }
    }

    @Test func `an order of means redirect is paid by a charge that names it, once`() async throws {
        try await withShop { shop in
            let order = try await shop.order(.order("redirect", reference: "R1").with("amount", "15"))
            let body = Body.redirect(reference: "R1").with("order_id", text: order.id)
            let (charge, page) = try await shop.startRedirect(body)
            #expect(try await shop.redirect(body).id == charge.id)
            _ = try await Browser(shop: shop).submit(page.form(button: "Pay"))
            #expect(try await shop.redirect(body).error == "400 order_id_is_already_used")
            #expect(try await shop.inquire(order.id).id == charge.id)
        }
    }

    @Test func `a redirect charge is voided, and settled by hand as a whole`() async throws {
        try await withShop { shop in
            let (first, page) = try await shop.startRedirect()
            _ = try await Browser(shop: shop).submit(page.form(button: "Pay"))
            #expect(try await shop.void(first.id).state == "Voided success")
            let (second, other) = try await shop.startRedirect(.redirect(reference: "R2"))
            _ = try await Browser(shop: shop).submit(other.form(button: "Pay"))
            #expect(try await shop.settle(second.id, "10", "partial").error == "400 invalid_parameter")
            #expect(try await shop.settle(second.id, "15").state == "Captured success")
            try await shop.advanceToMidnight()
            #expect(try await shop.inquire(second.id).state == "Settled success")
            #expect(try await shop.refund(second.id, "1").error == "400 payment_type_not_support")
            _ = try await Auditor().verify(shop.host.gateway.store)
        }
    }

    @Test(arguments: [
        ("amount", "0", "400 amount_invalid"), ("amount", "\"x\"", "400 invalid_parameter"),
        ("currency", "\"USD\"", "400 mid_and_tid_not_exist"), ("currency", "\"XXX\"", "400 currency_invalid"),
        ("additional_data", "{\"mid\":\"401001001001001\"}", "400 mid_and_tid_not_exist"),
        ("additional_data", "{\"mid\":\"409999999999001\"}", "400 mid_and_tid_not_exist"),
        ("additional_data", "7", "400 invalid_parameter"), ("order_id", "\"order_test_1\"", "404 invalid_order_id"),
        ("order_id", "7", "400 invalid_parameter"), ("description", "\"\"", "400 mandatory_is_empty"),
        ("callback_type", "\"fax\"", "400 invalid_parameter"),
    ])
    func `bad input is told and charges nothing`(name: String, raw: String, error: String) async throws {
        try await withShop { shop in
            let refused = try await shop.redirect(Body.redirect().with(name, raw))
            #expect(refused.error == error)
            let charge = try await shop.redirect()
            #expect(charge.state == "Initialize success")
        }
    }

    @Test func `a merchant without an acceptor for the wallet has no source of funds`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival()
            #expect(try await rival.redirect().error == "400 sof_is_empty")
            let (charge, _) = try await shop.startRedirect()
            #expect(try await rival.inquire(charge.id).error == "404 charge_id_not_exist")
            #expect(try await rival.void(charge.id).error == "404 charge_id_not_exist")
        }
    }
}
