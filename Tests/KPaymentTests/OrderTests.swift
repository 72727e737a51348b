import APISupport
import HTTPTypes
import Testing
import WireKit

@testable import mekong

/// The Order API (6.3), and charges that name an order.
@Suite struct OrderTests {
    @Test(arguments: [
        ("amount", "0", "400 amount_invalid"), ("amount", "-1", "400 amount_invalid"),
        ("amount", "\"much\"", "400 invalid_parameter"), ("amount", "null", "400 mandatory_is_empty"),
        ("amount", "1.001", "400 invalid_parameter"), ("currency", "\"XXX\"", "400 currency_invalid"),
        ("currency", "\"USD\"", "400 currency_invalid"), ("currency", "\"THBX\"", "400 invalid_parameter"),
        ("description", "\"\"", "400 mandatory_is_empty"), ("description", "7", "400 invalid_parameter"),
        ("source_type", "\"cash\"", "400 invalid_parameter"), ("source_type", "\" \"", "400 mandatory_is_empty"),
        ("reference_order", "\"\"", "400 mandatory_is_empty"),
        ("additional_data", "{\"mid\":\"1\"}", "400 mid_and_tid_not_exist"),
        ("additional_data", "{\"term\":\"ten\"}", "400 invalid_parameter"),
        ("additional_data", "{\"smartpay_id\":\"nope\",\"term\":\"10\"}", "400 smartpay_invalid"),
        ("additional_data", "{\"campaign_id\":\"99999999\"}", "400 campaign_id_invalid"),
        ("additional_data", "{\"campaign_id\":\"00000003\"}", "400 campaign_id_invalid"),
        ("additional_data", "{\"phone\":\"08-1\"}", "400 invalid_parameter"),
        ("customer", "{}", "400 mandatory_is_empty"),
        ("customer", "{\"customer_id\":\"cust_test_1\"}", "404 customer_invalid"),
        ("metadata", "{}", "400 invalid_parameter"), ("metadata", "[7]", "400 invalid_parameter"),
        ("metadata", "[{\"qty\":\"many\"}]", "400 invalid_parameter"),
        ("metadata", "[{\"item\":7}]", "400 invalid_parameter"), ("ref_1", "7", "400 invalid_parameter"),
        ("info1", "[]", "400 invalid_parameter"), ("shop_image_url", "\"javascript:1\"", "400 invalid_parameter"),
    ])
    func `bad input is told and makes no order`(name: String, raw: String, error: String) async throws {
        try await withShop { shop in
            let refused = try await shop.order(Body.order().with(name, raw))
            #expect(refused.error == error, "\(refused.text)")
            let order = try await shop.order()
            #expect(order.status == 200)
        }
    }

    /// A shop with one merchant id names it in all that it asks for.
    @Test(
        arguments: ["qr", "wechat", "payplus"],
        [
            "401001001001001", "402202106043001", "451111111111001", "401202106042001", "401001001001003",
            "401001001001004", "401001001001005", "401001001001006", "401001001001007", "401001001001008",
        ])
    func `where a code is shown a merchant id for another product is passed over`(
        means: String, mid: String
    ) async throws {
        try await withShop { shop in
            let terms = "{\"mid\":\"\(mid)\",\"tid\":\"7063773\"}"
            let order = try await shop.order(Body.order(means).with("additional_data", terms))
            #expect(order.status == 200 && order.show("additional_data.mid") == mid, "\(order.text)")
            let page = try await Browser(shop: shop).open(
                "/ui/v2/checkout?apikey=\(shop.publicKey)&payment-methods=\(means)&order-id=\(order.id)"
                    + "&amount=200&mid=\(mid)")
            #expect(page.answer.status == 200)
            #expect(try await shop.qr(order.id).state == "Initialize success")
        }
    }

    @Test(arguments: ["card", "redirect"])
    func `for other means it is told that it takes no such money`(means: String) async throws {
        try await withShop { shop in
            let order = try await shop.order(
                Body.order(means).with("additional_data", "{\"mid\":\"401001001001006\"}"))
            #expect(order.error == "400 sof_is_empty")
        }
    }

    @Test(arguments: ["description", "reference_order", "ref_1", "ref_2", "ref_3", "info1", "info2", "info3"])
    func `text that is too long is told by its name`(name: String) async throws {
        try await withShop { shop in
            let long = String(repeating: "x", count: 256)
            let refused = try await shop.order(Body.order().with(name, text: long))
            #expect(refused.error == "400 invalid_parameter")
            #expect(refused.message.contains(name))
        }
    }

    @Test func `what an order names comes back as it was given`() async throws {
        try await withShop { shop in
            let metadata = "[{\"item\":\"paper\",\"qty\":\"6\",\"amount\":\"10\"}]"
            let order = try await shop.order(
                Body.order().with("metadata", metadata).with("shop_image_url", text: "https://shop.example/a.png")
                    .with("additional_data", "{\"mid\":\"401001001001006\",\"tid\":\"7063773\"}"))
            #expect(order.text.contains("\"metadata\":\(metadata)"), "\(order.text)")
            #expect(order.show("additional_data.mid", "additional_data.tid") == "401001001001006 7063773")
            let inquired = try await shop.get("/qr/v2/order/\(order.id)")
            #expect(inquired.text == order.text)
            let qr = try await shop.qr(order.id)
            #expect(qr.text.contains("\"metadata\":\(metadata)"))
        }
    }

    @Test func `a reference is used once, by orders and charges together`() async throws {
        try await withShop { shop in
            let order = try await shop.order()
            #expect(try await shop.order().error == "400 duplicate_request")
            #expect(try await shop.redirect(.redirect(reference: "WT1234567")).error == "400 duplicate_request")
            #expect(try await shop.qr(order.id).show("reference_order") == "WT1234567")
            #expect(try await shop.inquire("WT1234567").status == 200)
        }
    }

    @Test func `the document's sample of an order in instalments is taken`() async throws {
        try await withShop { shop in
            let terms = "{\"mid\":\"401202106042001\",\"smartpay_id\":\"888888\",\"term\":\"10\"}"
            let order = try await shop.order(.order("card").with("additional_data", terms))
            #expect(order.status == 200, "\(order.text)")
            #expect(order.show("additional_data.smartpay_id") == "888888")
        }
    }

    @Test func `another merchant's order does not exist`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival()
            let qr = try await shop.presented()
            let order = qr.show("order_id")
            #expect(try await rival.get("/qr/v2/order/\(order)").error == "404 invalid_order_id")
            #expect(try await rival.qr(order).error == "404 invalid_order_id")
            #expect(try await rival.inquireQR(order).error == "404 invalid_order_id")
            #expect(try await rival.inquireQR(qr.id).error == "404 charge_id_not_exist")
            #expect(try await rival.voidQR(qr.id).error == "404 charge_id_not_exist")
            #expect(try await rival.cancelQR(qr.show("source.id")).error == "404 charge_id_not_exist")
            #expect(try await rival.order().error == "400 sof_is_empty")
        }
    }

    @Test func `an order of means card is paid by one card charge of its amount`() async throws {
        try await withShop { shop in
            let order = try await shop.order(.order("card", reference: "R1").with("amount", "200.50"))
            let other = try await shop.charge { $0.with("order_id", text: order.id).with("amount", "200") }
            #expect(other.error == "400 invalid_parameter")
            let declined = try await shop.charge(Cards.declined05) {
                $0.with("order_id", text: order.id).with("reference_order", text: "R1")
            }
            #expect(declined.state == "Declined fail")
            let paid = try await shop.charge {
                $0.with("order_id", text: order.id).with("reference_order", text: "R1")
            }
            #expect(paid.state == "Authorized success")
            let again = try await shop.charge { $0.with("order_id", text: order.id) }
            #expect(again.error == "400 order_id_is_already_used")
            #expect(try await shop.inquire("R1").id == paid.id)
            #expect(try await shop.inquire(order.id).id == paid.id)
            #expect(try await shop.qr(order.id).error == "404 invalid_order_id")
        }
    }

    @Test func `an order for a QR is paid by no card`() async throws {
        try await withShop { shop in
            let order = try await shop.order(Body.order().with("amount", "200.50"))
            let charge = try await shop.charge { $0.with("order_id", text: order.id) }
            #expect(charge.error == "404 invalid_order_id")
        }
    }

    @Test func `what is said again of an order must agree with it`() async throws {
        try await withShop { shop in
            let order = try await shop.order()
            for (name, raw, error) in [
                ("amount", "199", "400 invalid_parameter"), ("amount", "0", "400 amount_invalid"),
                ("currency", "\"USD\"", "400 invalid_parameter"), ("currency", "\"XXX\"", "400 currency_invalid"),
                ("sof", "\"Gold\"", "400 invalid_parameter"), ("sof", "\"WeChat\"", "400 invalid_parameter"),
                ("order_id", "7", "400 invalid_parameter"), ("order_id", "\"\"", "400 mandatory_is_empty"),
                ("order_id", "\"order_test_1\"", "404 invalid_order_id"),
            ] {
                let body = Body([("order_id", quoted(order.id))]).with(name, raw)
                #expect(try await shop.post("/qr/v2/qr", body.text).error == error, "\(name) \(raw)")
            }
            let agreed = try await shop.qr(
                order.id,
                [
                    ("amount", "\"200.00\""), ("currency", "\"THB\""), ("sof", "\"ThaiQR\""),
                    ("description", "\"TESTPRODUCT\""), ("reference_order", "\"WT1234567\""),
                ])
            #expect(agreed.state == "Initialize success")
        }
    }

    @Test func `the same key makes one order and one QR`() async throws {
        try await withShop { shop in
            let body = Body.order().text
            let first = try await shop.post("/qr/v2/order", body, idempotencyKey: "k1")
            let second = try await shop.post("/qr/v2/order", body, idempotencyKey: "k1")
            #expect(first.status == 200 && second.text == first.text)
            let other = Body.order().with("amount", "7").text
            #expect(try await shop.post("/qr/v2/order", other, idempotencyKey: "k1").status == 422)
            let named = "{\"order_id\":\"\(first.id)\"}"
            let qr = try await shop.post("/qr/v2/qr", named, idempotencyKey: "k2")
            _ = try await shop.scan(qr.id)
            #expect(try await shop.post("/qr/v2/qr", named, idempotencyKey: "k2").text == qr.text)
        }
    }

    @Test func `a page that waits learns what has become of an order, by the public key`() async throws {
        try await withShop { shop in
            let order = try await shop.order()
            let path = "/ui/v2/order/\(order.id)"
            func state() async throws -> String {
                try await shop.send(.get, path, [("x-api-key", shop.publicKey)]).show("state")
            }
            #expect(try await shop.send(.get, path).status == 401)
            #expect(try await shop.get(path).status == 401)
            #expect(try await state() == "open")
            let qr = try await shop.qr(order.id)
            #expect(try await state() == "open")
            _ = try await shop.scan(qr.id)
            #expect(try await state() == "paid")
        }
    }

    @Test func `a shop's own page may ask for it from another origin`() async throws {
        try await withShop { shop in
            let path = "/ui/v2/order/\(try await shop.order().id)"
            let asked = try await shop.send(
                .options, path,
                [
                    ("origin", "https://shop.example"), ("access-control-request-method", "GET"),
                    ("access-control-request-headers", "x-api-key"),
                ])
            #expect(asked.status == 204)
            #expect(asked.header("access-control-allow-origin") == "*")
            #expect(asked.header("access-control-allow-headers") == "x-api-key")
            for (key, status) in [(shop.publicKey, 200), ("pkey_test_none", 401), (shop.secretKey, 401)] {
                let answer = try await shop.send(.get, path, [("x-api-key", key)])
                #expect(answer.status == status && answer.header("access-control-allow-origin") == "*")
            }
            let unknown = try await shop.send(.get, path + "0", [("x-api-key", shop.publicKey)])
            #expect(unknown.status == 404 && unknown.header("access-control-allow-origin") == "*")
        }
    }

    @Test(arguments: ["/card/v2/charge", "/qr/v2/order", "/qr/v2/order/order_test_1", "/ui/v2/token"])
    func `nothing else is for the pages of other origins`(path: String) async throws {
        try await withShop { shop in
            let asked = try await shop.send(.options, path, [("origin", "https://shop.example")])
            let called = try await shop.post(path, "{}")
            #expect(asked.status == 404)
            for answer in [asked, called] { #expect(answer.header("access-control-allow-origin") == nil) }
        }
    }

    @Test func `limits are those of charges, in the Order API's words`() async throws {
        try await withShop { shop in
            for (limits, code) in [
                ("{\"per_transaction\":\"1\"}", "exceed_amount_per_tx"),
                ("{\"per_day\":\"1\"}", "exceed_amount_per_day"),
                ("{\"count_per_day\":0}", "exceed_count_charge_per_day"),
            ] {
                try await shop.set("{\"limits\":{\"kpayment\":null}}")
                let order = try await shop.order(.order(reference: code))
                try await shop.set("{\"limits\":{\"kpayment\":\(limits)}}")
                #expect(try await shop.order(.order(reference: "other")).error == "400 \(code)")
                #expect(try await shop.qr(order.id).error == "400 \(code)")
            }
        }
    }
}
