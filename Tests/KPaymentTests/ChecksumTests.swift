import APISupport
import Crypto
import Money
import Payments
import Testing

@testable import KPayment

/// The document's checksum, computed here a second time from the text of section 6.5.1.
@Suite struct ChecksumTests {
    private func checksum(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test func `the document's own example comes out`() {
        let checksum = Checksum.hex(
            id: "chrg_prod_12345678", amount: Money(minorUnits: 1500, .THB), status: "success", state: "Authorized",
            secretKey: Secret("skey_prod_41Bbw6At8dJjVyKV3ZaXghhLpRro5oAtR"))
        #expect(checksum == "cc1152742bc4a1169341f8fee95baf2d5886510d577fa95e751cdc6c29162a3a")
    }

    @Test(arguments: [
        ("200.50", "THB", "200.5000"), ("1", "THB", "1.0000"), ("0.01", "THB", "0.0100"), ("100", "JPY", "100.0000"),
        ("1.25", "KWD", "1.2500"), ("9999999999.99", "THB", "9999999999.9900"),
    ])
    func `a webhook's checksum covers the amount with four decimals`(
        amount: String, currency: String, four: String
    ) async throws {
        try await withShop { shop in
            try await shop.listen()
            _ = try await shop.charge { $0.with("amount", amount).with("currency", text: currency) }
            let notice = try #require(try await shop.notices().first)
            let text = notice.id + four + currency + "successAuthorized" + shop.secretKey
            #expect(notice.show("checksum") == checksum(text))
        }
    }

    @Test(arguments: [(Cards.declined05, "failDeclined"), (Cards.silent, "failReversed")])
    func `a failure's checksum follows the written rule, without the failure code`(
        card: String, tail: String
    ) async throws {
        try await withShop { shop in
            try await shop.listen()
            _ = try await shop.charge(card)
            let notice = try #require(try await shop.notices().first)
            #expect(notice.show("checksum") == checksum(notice.id + "200.5000THB" + tail + shop.secretKey))
        }
    }
}
