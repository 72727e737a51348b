import APISupport
import HTTPTypes
import TestSupport
import Testing

/// A payer of the hosted flow who pays by its QR code: what pays the deposit, and what the page can know.
@Suite struct QRChoiceTests {
    private func credit(_ shop: HostedShop, _ reference: String) async throws -> String {
        try await shop.control(.post, "/bank/credits", "{\"amount\": \"10.00\", \"reference\": \"\(reference)\"}")
            .show("matched")
    }

    @Test(arguments: DatabaseKind.allCases)
    func `money that came before the payer chose the code is somebody else's`(database: DatabaseKind) async throws {
        try await withHostedShop(on: database) { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let page = try await browser.openPG(token)
            shop.shop.moveClock(seconds: 60)
            #expect(try await credit(shop, "before") == "false")
            shop.shop.moveClock(seconds: 60)
            let chosen = try await browser.press(page, "Pay by PromptPay QR")
            #expect(chosen.heading == "Scan to pay", "\(chosen.answer.status)")
            #expect(try await browser.openPG(token).heading == "Scan to pay")
            #expect(try await shop.status(token) == "W")
            #expect(try await credit(shop, "after") == "true")
            #expect(try await shop.status(token) == "S")
            #expect(try await shop.callBacks() == ["W ", "S "])
        }
    }

    @Test func `a deposit on its code that nobody pays ends, with such money left alone`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let page = try await browser.openPG(token)
            #expect(try await credit(shop, "before") == "false")
            try await shop.advance(seconds: 60)
            _ = try await browser.press(page, "Pay by PromptPay QR")
            try await shop.advance(seconds: 900)
            #expect(try await shop.status(token) == "E")
            #expect(try await shop.callBacks() == ["W ", "E Token Expired"])
        }
    }

    @Test(arguments: [
        ("en", "If you have paid, please tell the shop.", "Nothing was taken"),
        ("th", "หากคุณชำระเงินแล้ว กรุณาแจ้งร้านค้า", "คุณยกเลิกรายการนี้แล้ว ไม่มีการตัดเงิน"),
        ("km", "ប្រសិនបើអ្នកបានទូទាត់ហើយ សូមជូនដំណឹងដល់ហាង។", "មិនមានការកាត់ប្រាក់ទេ"),
    ])
    func `who gives up with the code on the page is not told that nothing was taken`(
        language: String, words: String, nothing: String
    ) async throws {
        try await withHostedShop { shop in
            let browser = Browser(shop: shop, language: language)
            let shown = try await shop.createPG()
            _ = try await browser.openPG(shown)
            _ = try await browser.post("/pg/qr?token=\(shown)", "")
            let end = try await browser.post("/pg/cancel?token=\(shown)", "")
            #expect(end.html.contains(words) && !end.html.contains(nothing))
            // Who was shown no code has paid nothing.
            let other = try await shop.createPG()
            _ = try await browser.openPG(other)
            let none = try await browser.post("/pg/cancel?token=\(other)", "")
            #expect(none.html.contains(nothing) && !none.html.contains(words))
            #expect(
                try await shop.callBacks()
                    == Array(repeating: ["W ", "E Cancelled by Customer"], count: 2).flatMap(\.self))
        }
    }
}
