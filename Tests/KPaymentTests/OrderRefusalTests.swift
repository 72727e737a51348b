import APISupport
import Checkout
import Gateway
import HTTPTypes
import Hummingbird
import Testing
import WireKit

@testable import KPayment

/// What the payer of an order is shown that cannot be paid now, and what a look at its page leaves undone (4.1.2).
@Suite struct OrderRefusalTests {
    private static let title = "This payment is not possible now"

    private func address(_ shop: Shop, _ order: Answer, _ means: String, _ step: String = "") -> String {
        "/ui/v2/checkout\(step)?apikey=\(shop.publicKey)&payment-methods=\(means)&amount=200&order-id=\(order.id)"
    }

    private func limit(_ shop: Shop, _ limits: String) async throws {
        try await shop.set("{\"limits\":{\"kpayment\":\(limits)}}")
    }

    private func order(_ shop: Shop, _ means: String, _ reference: String) async throws -> Answer {
        let order = try await shop.order(
            Body.order(means, reference: reference).with("additional_data", "{\"phone\":\"0812345678\"}"))
        try #require(order.status == 200, "\(order.text)")
        return order
    }

    @Test(
        arguments: ["qr", "wechat", "payplus"],
        ["{\"per_day\":\"350\"}", "{\"count_per_day\":1}", "{\"per_transaction\":\"199\"}"])
    func `an order over a limit of the shop's is refused calmly, and can be paid once there is none`(
        means: String, limits: String
    ) async throws {
        try await withShop { shop in
            let browser = Browser(shop: shop)
            let orders = [try await order(shop, means, "R1"), try await order(shop, means, "R2")]
            try await limit(shop, limits)
            _ = try await browser.open(address(shop, orders[0], means))
            let page = try await browser.open(
                address(shop, orders[1], means) + "&display=overlay&origin=https://a.test")
            #expect(page.answer.status == 400 && page.html.contains(Self.title))
            #expect(page.html.contains("limit for one payment or for the day") && page.html.contains("data-close"))
            #expect(try await shop.inquireQR(orders[1].id).error == "404 no_transaction_found")
            try await limit(shop, "{\"per_day\":\"9999\",\"count_per_day\":99,\"per_transaction\":\"999\"}")
            let later = try await browser.open(address(shop, orders[1], means))
            #expect(later.answer.status == 200)
            #expect(try await shop.inquireQR(orders[1].id).state == "Initialize success")
        }
    }

    @Test(arguments: [
        ("th", "ไม่สามารถชำระรายการนี้ได้ในขณะนี้"), ("km", "មិនអាចធ្វើការទូទាត់នេះបានទេនៅពេលនេះ"),
    ])
    func `it is told in the payer's language`(language: String, title: String) async throws {
        try await withShop { shop in
            let order = try await order(shop, "qr", "R1")
            try await limit(shop, "{\"per_transaction\":\"199\"}")
            let page = try await Browser(shop: shop, language: language).open(address(shop, order, "qr"))
            #expect(page.answer.status == 400 && page.html.contains(title))
        }
    }

    @Test func `neither a phone nor the app leads past a limit`() async throws {
        try await withShop { shop in
            let order = try await shop.order(.order("payplus"))
            try await limit(shop, "{\"per_transaction\":\"199\"}")
            let browser = Browser(shop: shop)
            let asked = try await browser.open(address(shop, order, "payplus"))
            let told = try await browser.submit(asked.form(field: "phone"), [("phone", "0812345678")])
            let opened = try await browser.open(address(shop, order, "payplus", "/app"))
            for page in [told, opened] { #expect(page.answer.status == 400 && page.html.contains(Self.title)) }
            #expect(try await shop.inquireQR(order.id).error == "404 no_transaction_found")
        }
    }

    @Test func `what no rail takes is refused as calmly, and what cannot be is told to the operator`() {
        #expect(PageRefusal(GatewayFault.noRoute) == .notTaken)
        #expect(PageRefusal(GatewayFault.customerUnknown) == .ended)
        #expect(PageRefusal(GatewayFault.cardUnreadable) == .unforeseen)
        #expect(PageRefusal(FormError(kind: .badEscape, offset: 0)) == .unforeseen)
        let frame = Frame(language: .english, isTest: true)
        let statuses = PageRefusal.allCases.map { Int($0.page(frame).status.code) }
        #expect(statuses == [400, 400, 404, 503, 500])
    }

    /// Chat programs send HEAD for the preview of a link.
    @Test(arguments: ["qr", "wechat", "payplus"])
    func `a look at the page's head makes nothing and counts nothing`(means: String) async throws {
        try await withShop { shop in
            let order = try await order(shop, means, "R1")
            try await limit(shop, "{\"count_per_day\":1}")
            let look = try await shop.send(.head, address(shop, order, means))
            #expect(look.status == 200 && look.text.isEmpty)
            #expect(look.header("content-type") == "text/html; charset=utf-8")
            #expect(try await shop.send(.head, address(shop, order, means, "/app")).status == 303)
            #expect(try await shop.inquireQR(order.id).error == "404 no_transaction_found")
            let other = try await self.order(shop, means, "R2")
            #expect(try await Browser(shop: shop).open(address(shop, other, means)).answer.status == 200)
        }
    }
}
