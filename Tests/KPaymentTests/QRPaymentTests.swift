import APISupport
import Gateway
import HTTPTypes
import Testing
import WireKit

@testable import mekong

/// Orders and QR codes (4.1.2, 6.3, 6.4): from the order to the settled money.
@Suite struct QRPaymentTests {
    @Test func `an order is shown, paid by its text, told once, and settled at midnight`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let order = try await shop.order()
            #expect(order.status == 200)
            let qr = try await shop.qr(order.id)
            #expect(qr.state == "Initialize success")
            #expect(qr.show("order_id", "amount", "source.object", "source.brand") == "\(order.id) 200 qr ThaiQR")
            let text = qr.show("qr")
            #expect(text.hasPrefix("000201010212"))
            let body = Body([("qr", quoted(text)), ("amount", "\"200.00\"")]).text
            let paid = try await shop.send(.post, "/sandbox/qr/pay", [], body: body)
            #expect(paid.show("status", "charge_id", "order_id") == "paid \(qr.id) \(order.id)")
            #expect(try await shop.inquireQR(qr.id).state == "Authorized success")
            #expect(try await shop.inquireQR(order.id).id == qr.id)
            #expect(try await shop.notices().map(\.state) == ["Authorized success"])
            try await shop.advanceToMidnight()
            #expect(try await shop.inquireQR(qr.id).state == "Settled success")
            #expect(try await shop.inquire(order.id).show("settlement_info.settle_amount") == "200")
            #expect(try await shop.notices().count == 1)
            _ = try await Auditor().verify(shop.host.gateway.store)
        }
    }

    @Test func `any id of it can be paid, once`() async throws {
        try await withShop { shop in
            for (index, path) in ["id", "source.id", "order_id"].enumerated() {
                let qr = try await shop.presented(reference: "R\(index)")
                #expect(try await shop.scan(qr.show(path)).show("status", "channel") == "paid kplus")
                let again = try await shop.scan(qr.id)
                #expect(again.status == 409)
                #expect(again.show("error") == "it is already paid")
                #expect(try await shop.books("qr", qr.id) == ["present 200.00 approved", "authorize 200.00 approved"])
            }
        }
    }

    @Test func `what nobody asked for cannot be paid`() async throws {
        try await withShop { shop in
            let order = try await shop.order()
            #expect(try await shop.scan("qr_test_00000000000000000000000000000000").status == 404)
            let qr = try await shop.qr(order.id)
            #expect(try await shop.scan(qr.id, [("amount", "199.99")]).status == 409)
            #expect(try await shop.scan(qr.id, [("amount", "\"much\"")]).status == 422)
            #expect(try await shop.scan(qr.id, [("channel", "7")]).status == 422)
            #expect(try await shop.send(.post, "/sandbox/qr/pay", [], body: "{}").status == 422)
            #expect(try await shop.inquireQR(qr.id).state == "Initialize success")
        }
    }

    @Test func `who pays an order that nobody has shown yet opens its page first`() async throws {
        try await withShop { shop in
            let order = try await shop.order()
            #expect(try await shop.scan(order.id).show("status", "channel") == "paid kplus")
            #expect(try await shop.inquireQR(order.id).state == "Authorized success")
            #expect(try await shop.scan(order.id).status == 409)
        }
    }

    @Test func `an open QR is given again, and a paid order shows no other`() async throws {
        try await withShop { shop in
            let order = try await shop.order()
            let first = try await shop.qr(order.id)
            let second = try await shop.qr(order.id)
            #expect(second.text == first.text)
            _ = try await shop.scan(first.id)
            #expect(try await shop.qr(order.id).error == "400 order_id_is_already_used")
        }
    }

    @Test func `a cancelled QR cannot be paid, and its order can be shown again`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let qr = try await shop.presented()
            let answer = try await shop.cancelQR(qr.show("source.id"))
            #expect(answer.show("id", "object", "status", "failure_code") == "\(qr.show("source.id")) qr success null")
            #expect(try await shop.scan(qr.id).show("error") == "it was cancelled")
            let inquired = try await shop.inquireQR(qr.id)
            #expect(inquired.state == "Initialize fail")
            #expect(inquired.failure == "qr_cancelled QR is cancelled. (EMQRC)")
            #expect(try await shop.cancelQR(qr.show("source.id")).error == "400 cancel_state_invalid")
            let next = try await shop.qr(qr.show("order_id"))
            #expect(next.id != qr.id)
            #expect(try await shop.scan(next.id).status == 200)
            #expect(try await shop.notices().map(\.id) == [next.id])
        }
    }

    @Test func `after an hour a QR has expired, and so has its order`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let qr = try await shop.presented()
            try await shop.advance(seconds: 3_600)
            let inquired = try await shop.inquireQR(qr.id)
            #expect(inquired.state == "Initialize fail")
            #expect(inquired.failure == "qr_expired QR has expired. (EMQRE)")
            let late = try await shop.scan(qr.id)
            #expect(late.status == 409)
            #expect(late.show("error") == "it has expired")
            #expect(try await shop.qr(qr.show("order_id")).error == "404 invalid_order_id")
            #expect(try await shop.notices().isEmpty)
        }
    }

    @Test func `K PLUS payments are voided on their day, and say Voided`() async throws {
        try await withShop { shop in
            let id = try await shop.paid()
            let answer = try await shop.voidQR(id)
            #expect(answer.state == "Voided success")
            #expect(answer.failure == "null null")
            #expect(try await shop.books("qr", id).last == "void 200.00 approved")
            #expect(try await shop.voidQR(id).show("code", "message") == "qr_void QR already voided. (EMQRV)")
            _ = try await Auditor().verify(shop.host.gateway.store)
        }
    }

    @Test func `what the bank does not void stands as it was, with its reason`() async throws {
        try await withShop { shop in
            let unpaid = try await shop.presented(reference: "R1")
            #expect(
                try await shop.voidQR(unpaid.id).show("code", "message") == "qr_void QR status is not paid. (EMQSNP)")
            let other = try await shop.presented(reference: "R2")
            _ = try await shop.scan(other.id, [("payer", "{\"bank\":\"SCB\"}")])
            let refused = try await shop.voidQR(other.id)
            #expect(refused.state == "Authorized fail")
            #expect(refused.failure == "qr_void Cannot void other channel. (EMQRVOTCH)")
            #expect(try await shop.inquireQR(other.id).state == "Authorized success")
            let late = try await shop.paid(reference: "R3")
            shop.moveClock(seconds: 43_200 - 60)
            #expect(try await shop.voidQR(late).failure == "qr_void Cannot void between settlement process. (EMQRCVS)")
            shop.moveClock(seconds: 120)
            #expect(try await shop.voidQR(late).failure == "qr_void Cannot void over the day. (EMQRVOD)")
            #expect(try await shop.inquireQR(late).state == "Authorized success")
        }
    }

    @Test func `WeChat and Pay PLUS orders are paid the same way`() async throws {
        try await withShop { shop in
            let weChat = try await shop.presented("wechat", reference: "W")
            #expect(weChat.show("source.brand", "source.object") == "WeChat qr")
            #expect(weChat.show("qr").hasPrefix("weixin://"))
            let app = try await shop.presented("payplus", reference: "P")
            #expect(app.show("source.brand") == "PayPLUS")
            #expect(app.show("qr").hasPrefix("kplus://"))
            #expect(app.show("qr_image") == "null")
            for qr in [weChat, app] {
                #expect(try await shop.scan(qr.id).status == 200)
                #expect(try await shop.inquireQR(qr.id).state == "Authorized success")
                #expect(try await shop.voidQR(qr.id).state == "Voided success")
            }
        }
    }

    @Test func `a QR is drawn as PNG and as SVG`() async throws {
        try await withShop { shop in
            let qr = try await shop.presented()
            for (member, type) in [("qr_image", "image/png"), ("qr_image_svg", "image/svg+xml")] {
                let path = String(qr.show(member).dropFirst(Sandbox.publicURL.count))
                let picture = try await shop.send(.get, path)
                #expect(picture.status == 200)
                #expect(picture.header("content-type") == type)
            }
            #expect(try await shop.send(.get, "/ui/v2/qr/qr_test_0.png").status == 404)
        }
    }

    @Test func `a QR charge is settled by the day's run alone`() async throws {
        try await withShop { shop in
            let id = try await shop.paid()
            #expect(try await shop.settle(id, "200").error == "400 settle_state_invalid")
            #expect(try await shop.inquireQR(id).state == "Authorized success")
            #expect(try await shop.voidQR(id).state == "Voided success")
        }
    }

    @Test func `a QR charge is refunded by no API`() async throws {
        try await withShop { shop in
            let id = try await shop.paid()
            try await shop.advanceToMidnight()
            #expect(try await shop.refund(id, "1").error == "400 payment_type_not_support")
        }
    }
}
