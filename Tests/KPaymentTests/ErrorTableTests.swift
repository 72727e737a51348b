import APISupport
import Gateway
import HTTPTypes
import Payments
import Store
import Testing
import WireKit

@testable import mekong

/// Every code of the document's tables is reached, or said not to be.
@Suite struct ErrorTableTests {
    typealias Row = (table: DocumentErrors.Table, code: String, message: String)

    @Test(arguments: DocumentErrors.codes)
    func `a code of the table comes with the document's message, or is said not to be reached`(row: Row) async throws {
        let name = "\(row.table.rawValue) \(row.code)"
        guard let scenario = Self.scenarios[name] else {
            #expect(DocumentErrors.unreached[name] != nil, "nothing leads to \(name)")
            return
        }
        #expect(DocumentErrors.unreached[name] == nil, "\(name) is reached")
        try await withShop { shop in
            let answer = try await scenario(shop)
            #expect(answer.show("object", "code") == "error \(row.code)", "\(answer.text)")
            #expect(answer.message.hasPrefix(row.message))
            #expect(answer.status == Self.status(row.code))
            #expect(answer.json.objectValue?.names == ["object", "code", "message"])
        }
    }

    @Test func `the lists name nothing that the tables do not`() {
        let names = DocumentErrors.codes.map { "\($0.table.rawValue) \($0.code)" }
        #expect(Set(names).count == names.count)
        #expect(Set(Self.scenarios.keys).union(DocumentErrors.unreached.keys) == Set(names))
    }

    /// Wire notes: 401 and 404 for these, 400 for the rest.
    private static func status(_ code: String) -> Int {
        switch code {
        case "authentication_failure": 401
        case "charge_id_not_exist", "invalid_order_id", "no_transaction_found", "customer_invalid", "card_invalid": 404
        default: 400
        }
    }

    private static let none = "chrg_test_00000000000000000000000000000000"

    static let scenarios: [String: @Sendable (Shop) async throws -> Answer] = [
        "ALL API authentication_failure": { try await $0.send(.post, "/card/v2/charge", body: "{}") },
        "ALL API mandatory_is_empty": { try await $0.charge { $0.without("description") } },
        "Charge API amount_exceed": { try await $0.settle(try await $0.authorized(), "200.51") },
        "Charge API amount_invalid": { try await $0.charge { $0.with("amount", "-1") } },
        "Charge API card_error": { try await $0.charge("6210947764000027") },
        "Charge API charge_id_not_exist": { try await $0.inquire(none) },
        "Charge API currency_invalid": { try await $0.charge { $0.with("currency", text: "KHR") } },
        "Charge API decrypt_card_error": unreadableCard,
        "Charge API exceed_amount_per_day": limited("{\"per_day\":\"1\"}"),
        "Charge API exceed_amount_per_txn": limited("{\"per_transaction\":\"1\"}"),
        "Charge API exceed_count_charge_per_day": limited("{\"count_per_day\":0}"),
        "Charge API float_not_support": { try await $0.charge { $0.with("currency", text: "JPY") } },
        "Charge API ip_not_allow": { shop in
            try await shop.set("{\"kpayment\":{\"ip_whitelist\":[\"203.0.113.7\"]}}")
            return try await shop.inquire(none)
        },
        "Charge API mid_and_tid_not_exist": { try await $0.charge(mid: "1") },
        "Charge API payment_type_not_support": { try await $0.refund(try await $0.paid(), "1") },
        "Charge API pending_state": { shop in
            let id = try await shop.authorized()
            try await shop.leaveVoiding(id)
            return try await shop.settle(id, "1", "partial")
        },
        "Charge API processing_card_error": { shop in
            let rival = try await shop.rival(brands: [.amex])
            return try await rival.charge("378282246310005", mid: Shop.rivalMid)
        },
        "Charge API settle_state_invalid": { try await $0.settle(try await $0.settled(), "1", "partial") },
        "Charge API token_conflict": { shop in
            try await shop.charge(Body.charge(try await shop.token { $0.with("amount", "1") }))
        },
        "Charge API token_invalid": { try await $0.charge { $0.with("token", text: "tokn_test_0") } },
        "Charge API used_token": { shop in
            let token = try await shop.token()
            _ = try await shop.charge(Body.charge(token))
            return try await shop.charge(Body.charge(token, reference: "other"))
        },
        "Charge API void_state_invalid": { try await $0.void(try await $0.settled()) },
        "Charge API campaign_id_invalid": { shop in
            try await shop.charge { $0.additional(Shop.Mid.without3DS, "\"campaign_id\":\"00000009\"") }
        },
        "Charge API campaign_card_invalid": { shop in
            try await shop.charge(Cards.jcb) { $0.additional(Shop.Mid.without3DS, "\"campaign_id\":\"00000002\"") }
        },
        "Charge API foreign_card_not_supported": { try await $0.register("5372074248113841") },
        "Charge API register_3d_mode_not_allow": { shop in
            try await shop.set("{\"kpayment\":{\"register3d\":false}}")
            return try await shop.register()
        },
        "Customer API card_invalid": { shop in
            let customer = try await shop.createCustomer(nil).id
            return try await shop.delete("/card/v2/customer/\(customer)/card/card_test_0")
        },
        "Customer API card_not_verified": { try await $0.createCustomer(try await $0.token()) },
        "Customer API customer_invalid": { try await $0.get("/card/v2/customer/cust_test_0") },
        "Customer API decrypt_card_error": { shop in
            let token = try await shop.leaveUnreadableToken(usedBy: shop.payment(shop.authorized())?.id)
            return try await shop.createCustomer(token)
        },
        "Refund API charge_id_not_exist": { try await $0.refund(none, "1") },
        "Refund API authentication_failure": { try await $0.send(.post, "/card/v2/charge/x/refund", body: "{}") },
        "Refund API refund_not_allowed": { shop in
            let id = try await shop.settled()
            try await shop.decline("refund", "OBVAL")
            _ = try await shop.refund(id, "1")
            return try await shop.refund(id, "1")
        },
        "Refund API refund_transaction_is_not_owed": { shop in
            let id = try await shop.settled()
            try await shop.advance(days: 200)
            return try await shop.refund(id, "1")
        },
        "Refund API currency_not_support_decimals": { shop in
            let id = try await shop.settled { $0.with("amount", "100").with("currency", text: "JPY") }
            return try await shop.refund(id, "0.5")
        },
        "Refund API refund_state_invalid": { try await $0.refund(try await $0.authorized(), "1") },
        "Refund API amount_exceed": { try await $0.refund(try await $0.settled(), "200.51") },
        "Refund API partial_refund_is_not_allowed": { shop in
            let id = try await shop.instalment("1000") {
                $0.additional(Shop.Mid.smartPay, "\"smartpay_id\":\"0002\",\"term\":10")
            }.id
            try await shop.advanceToMidnight()
            try #require(try await shop.refund(id, "1").status == 200)
            return try await shop.refund(id, "1")
        },
        "Refund API internal_permission_denied": { shop in
            let id = try await shop.instalment("1000") {
                $0.additional(Shop.Mid.smartPay, "\"smartpay_id\":\"0001\",\"term\":10")
            }.id
            try await shop.advanceToMidnight()
            return try await shop.refund(id, "1")
        },
        "Refund API convenience_fee_not_supported": { shop in
            let id = try await shop.charge(mid: Shop.Mid.convenienceFee).id
            try await shop.advanceToMidnight()
            return try await shop.refund(id, "1")
        },
        "Refund API Pending_state": { shop in
            let id = try await shop.settled()
            try await shop.leaveRefundRequested(id)
            return try await shop.refund(id, "1")
        },
        "Refund API invalid_parameter": { try await $0.refund(try await $0.settled(), "1", date: "20260303") },
        "Refund API transaction_date_invalid": { try await $0.refund(try await $0.settled(), "1", date: "2026") },
        "Order API amount_invalid": { try await $0.order(Body.order().with("amount", "0")) },
        "Order API currency_invalid": { try await $0.order(Body.order().with("currency", text: "USD")) },
        "Order API exceed_amount_per_day": limitedOrder("{\"per_day\":\"1\"}"),
        "Order API exceed_amount_per_tx": limitedOrder("{\"per_transaction\":\"1\"}"),
        "Order API exceed_count_charge_per_day": limitedOrder("{\"count_per_day\":0}"),
        "Order API mid_currency_conflict": {
            try await $0.order(
                Body.order("card").with("additional_data", "{\"mid\":\"\(Shop.Mid.fullUSD)\"}"))
        },
        "Order API smartpay_invalid": {
            try await $0.order(Body.order("card").with("additional_data", "{\"smartpay_id\":\"nope\"}"))
        },
        "Order API sof_is_empty": { try await $0.rival().order() },
        "QR API cancel_state_invalid": { shop in
            let qr = try await shop.presented()
            _ = try await shop.scan(qr.id)
            return try await shop.cancelQR(qr.show("source.id"))
        },
        "QR API charge_id_not_exist": { try await $0.inquireQR(none) },
        "QR API exceed_amount_per_day": limitedQR("{\"per_day\":\"1\"}"),
        "QR API exceed_amount_per_tx": limitedQR("{\"per_transaction\":\"1\"}"),
        "QR API exceed_count_charge_per_day": limitedQR("{\"count_per_day\":0}"),
        "QR API invalid_order_id": { try await $0.qr("order_test_1") },
        "QR API no_transaction_found": { try await $0.inquireQR(try await $0.order().id) },
        "QR API order_id_is_already_used": { shop in
            let qr = try await shop.presented()
            _ = try await shop.scan(qr.id)
            return try await shop.qr(qr.show("order_id"))
        },
    ]

    private static func limitedOrder(_ limits: String) -> @Sendable (Shop) async throws -> Answer {
        { shop in
            try await shop.set("{\"limits\":{\"kpayment\":\(limits)}}")
            return try await shop.order()
        }
    }

    private static func limitedQR(_ limits: String) -> @Sendable (Shop) async throws -> Answer {
        { shop in
            let order = try await shop.order()
            try await shop.set("{\"limits\":{\"kpayment\":\(limits)}}")
            return try await shop.qr(order.id)
        }
    }

    private static func limited(_ limits: String) -> @Sendable (Shop) async throws -> Answer {
        { shop in
            try await shop.set("{\"limits\":{\"kpayment\":\(limits)}}")
            return try await shop.charge()
        }
    }

    @Sendable private static func unreadableCard(_ shop: Shop) async throws -> Answer {
        try await shop.charge(Body.charge(try await shop.leaveUnreadableToken(usedBy: nil)))
    }
}

extension Shop {
    /// A token whose card was sealed by another vault's key.
    func leaveUnreadableToken(usedBy payment: ID<Payment>?) async throws -> String {
        let text = String(repeating: "ab", count: 20)
        let now = host.clock.now()
        let key = Array(repeating: UInt8(0xAB), count: 6) + host.gateway.vault.lookup(text, for: "token").prefix(16)
        var changes = Changes(at: now)
        changes.add(
            .insertToken(
                CardToken(
                    key: key, merchant: DemoMerchant.id,
                    card: CardFace(id: ID(high: 1, low: 2), brand: .visa, masked: "441770*****5830", issuer: nil),
                    expiry: try #require(CardExpiry("12/30")), sealedCard: Array(repeating: 7, count: 64),
                    sealedCode: nil, terms: CardToken.Terms(), expires: now.adding(seconds: 60), usedBy: payment)))
        try await host.gateway.store.commit(changes)
        return "tokn_test_" + text
    }
}
