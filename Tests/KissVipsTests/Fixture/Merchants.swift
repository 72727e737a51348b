import APISupport
import Crypto
import Gateway
import HTTPTypes
import KissVips
import Payments
import Store
import Testing
import WireKit

@testable import mekong

func md5(_ text: String) -> String { Hex.encode(Insecure.MD5.hash(data: Array(text.utf8))) }

extension Shop {
    /// Another merchant on the same gateway, as its own program sees it.
    func rival(_ id: String = "rival") async throws -> Shop {
        let merchant = Merchant(
            id: MerchantID(rawValue: id), name: "Rival Shop", acceptors: [],
            collectionAccounts: [
                CollectionAccount(
                    number: 1, bank: "004", account: "5555555555", name: "Rival", userName: "FIFA007",
                    promptPay: "0899999999")
            ], dialects: [:])
        var rival = self
        rival.code = "RIVAL"
        rival.key = "key of \(id)"
        try await put(
            merchant,
            [(KissVips.Role.code, rival.code), (KissVips.Role.key, rival.key)].map {
                Credential(merchant: merchant.id, dialect: KissVips.id, role: $0.0, text: Secret($0.1))
            })
        return rival
    }
}

extension Shop {
    /// Money arrives on a collection account, as raw JSON members beside the amount. Whether it paid a deposit.
    @discardableResult
    func credit(_ amount: String, _ more: String = "") async throws -> Bool {
        let rest = more.isEmpty ? "" : "," + more
        return try await control(.post, "/bank/credits", "{\"amount\":\"\(amount)\"\(rest)}").show("matched") == "true"
    }

    /// Gives the merchant so much to send away.
    func fund(_ amount: String) async throws {
        try await credit(amount, "\"from_account_no\":\"9999999999\",\"from_bank\":\"002\"")
        let found = try await done(
            "get_deposit",
            Body([
                ("from_bank_id", "1"), ("from_bank_account_name", "\"X\""), ("from_bank_account_no", "\"9999999999\""),
                ("amount", amount),
            ]))
        let id = try #require(
            found["response.deposits"]?.arrayValue?.first { $0.objectValue?["is_redeemed"] == .number("0") })
        _ = try await done("redeem_deposit", Body([("deposit_id", id.objectValue?["id"]?.numberText ?? "-")]))
    }

    var balance: String {
        get async throws { try await done("get_balance").reply("balance.amount") }
    }

    /// A QR code's uuid.
    func newCode(_ body: Body = .qrCode) async throws -> String {
        try await done("create_prompt_pay_qrcode", body).reply("uuid")
    }

    func scan(_ uuid: String) async throws -> Answer {
        try await call("update_prompt_pay_scanned_time", Body([("uuid", quoted(uuid))]))
    }

    func code(_ uuid: String) async throws -> Answer {
        try await call("get_prompt_pay_qrcode_by_uuid", Body([("uuid", quoted(uuid))]))
    }

    /// Appendix A, Prompt Pay QR Code Status.
    func codeStatus(_ uuid: String) async throws -> String {
        try await code(uuid).reply("prompt_pay_qrcode.status")
    }

    func transfer(_ number: String) async throws -> Answer {
        try await call("get_transfer_by_id", Body([("transfer_id", number)]))
    }

    func transferStatus(_ number: String) async throws -> String {
        try await transfer(number).reply("transfer.0.status")
    }
}

extension Shop {
    /// Every stored payment, oldest first.
    func payments() async throws -> [Payment] {
        try await host.gateway.store.read { reader in
            var payments: [Payment] = []
            try reader.forEachPayment { payments.append($0) }
            return payments
        }
    }
}
