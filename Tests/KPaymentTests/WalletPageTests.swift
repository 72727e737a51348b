import APISupport
import HTTPTypes
import Testing
import WireKit

/// The simulated pages of wallets (4.2, 7.3): what is typed in and pressed there.
@Suite struct WalletPageTests {
    @Test(arguments: ["alipay", "wechat", "unionpay"], ["Pay", "Cancel"])
    func `one form has both buttons, and does what the pressed one says`(wallet: String, button: String) async throws {
        try await withShop { shop in
            let (charge, page) = try await shop.startRedirect(.redirect(wallet))
            let form = try #require(page.forms.first)
            #expect(page.forms.count == 1 && form.buttons == ["Pay", "Cancel"])
            // A field of it may be wrong for who gives up.
            let typed = button == "Cancel" ? [("cvn2", "")] : []
            let done = try await shop.comeBack(
                try await Browser(shop: shop).submit(form, typed, pressing: button).answer)
            #expect(done.forms.first?.values == ["objectId": charge.id, "status": button == "Pay" ? "true" : "false"])
            let state = button == "Pay" ? "Authorized success" : "Declined fail"
            #expect(try await shop.inquire(charge.id).state == state)
        }
    }

    @Test(arguments: ["alipay", "unionpay"], ["Pay", "Cancel"])
    func `a payer whose bank cannot be reached is told that nothing was paid, and may try again`(
        wallet: String, button: String
    ) async throws {
        try await withShop { shop in
            let (charge, page) = try await shop.startRedirect(.redirect(wallet))
            let browser = Browser(shop: shop)
            try await shop.fault("redirect", "unavailable", "authorize")
            let typed = [("pin", "111111"), ("cvn2", "7777")]
            let stays = try await browser.submit(page.forms.first, typed, pressing: button)
            #expect(stays.answer.status == 200 && stays.html.contains("could not be reached. Nothing was paid"))
            #expect(try await shop.inquire(charge.id).state == "Initialize success")
            #expect(try await shop.notices().isEmpty)
            _ = try await browser.submit(stays.forms.first, pressing: "Pay")
            #expect(try await shop.inquire(charge.id).state == "Authorized success")
        }
    }

    @Test func `an SMS code that the bank did not hear of can be sent again`() async throws {
        try await withShop { shop in
            let (charge, page) = try await shop.startRedirect(.redirect("unionpay"))
            let browser = Browser(shop: shop)
            let sms = try await browser.submit(page.form(field: "number"), [("number", "6250947000000014")])
            try await shop.fault("redirect", "unavailable", "authorize")
            let again = try await browser.submit(sms.form(field: "otp"))
            #expect(again.html.contains("Nothing was paid"))
            _ = try await browser.submit(again.form(field: "otp"))
            #expect(try await shop.inquire(charge.id).state == "Authorized success")
        }
    }

    /// Of the contract: any code of three or four digits, and any expiry to come; PIN and number are the table's.
    @Test(arguments: [
        ("6210947764000027", "999", "04/31", "111111", true), ("6210947764000027", "1234", "03/26", "111111", true),
        ("9100009764000010", "123", "03/25", "111111", true), ("9100009764000010", "000", "12/99", "111111", true),
        ("6210947764000027", "456", "02/26", "111111", false), ("9100009764000010", "123", "04/25", "111111", false),
        ("6210947764000027", "45", "10/30", "111111", false), ("6210947764000027", "45678", "10/30", "111111", false),
        ("6210947764000027", "45a", "10/30", "111111", false), ("6210947764000027", "４５６", "10/30", "111111", false),
        ("6210947764000027", "456", "13/30", "111111", false), ("6210947764000027", "456", "", "111111", false),
        ("6210947764000027", "456", "10/30", "111112", false), ("6210947764000020", "456", "10/30", "111111", false),
    ])
    func `a UnionPay test card is taken with any code and any expiry to come, and its own PIN`(
        number: String, code: String, expiry: String, pin: String, isTaken: Bool
    ) async throws {
        try await withShop { shop in
            let (charge, page) = try await shop.startRedirect(.redirect("unionpay"))
            let typed = [("number", number), ("cvn2", code), ("expiry", expiry), ("pin", pin)]
            _ = try await Browser(shop: shop).submit(page.form(field: "number"), typed, pressing: "Pay")
            let state = isTaken ? "Authorized success" : "Initialize success"
            #expect(try await shop.inquire(charge.id).state == state)
        }
    }
}
