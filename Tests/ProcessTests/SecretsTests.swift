import Foundation
import TestSupport
import Testing
import WireKit

extension ProcessTests {
    @Suite("Secrets", .serialized)
    struct SecretsTests {
        /// Card numbers and the security codes given with them: every outcome, one that no table lists, one of
        /// fifteen digits. Three-digit codes would be found in any log by chance, so these have four.
        let cards = [
            (number: "4024007134786226", code: "7391"), (number: "2221000604647064", code: "8264"),
            (number: "5363314260912204", code: "9517"), (number: "4417706600005830", code: "6482"),
            (number: "4929831756240188", code: "5938"), (number: "371449635398431", code: "8625"),
        ]

        @Test("no card number, code, token, page secret or key is in a file, log or metric", .timeLimit(.minutes(20)))
        func nothingLeaks() async throws {
            try await Sandbox.with { sandbox in
                let run = SecretsRun(shop: try await Shop(sandbox))
                for (number, card) in cards.enumerated() { try await run.pay(card.number, card.code, number) }
                try await run.authenticate(cards[3].number, cards[3].code)
                try await run.misuse(cards[0].number, cards[0].code)
                let ofCards = cards.flatMap { [Secret(cardNumber: $0.number), Secret(securityCode: $0.code)] }
                let secrets = run.secrets + ofCards

                let metrics = Place("GET /metrics", text: try await sandbox.wire.get("/metrics").body)
                let refusals = run.refusals.map { Place("the answer \($0)", text: $0) }
                report(secrets, in: [metrics] + refusals + files(of: sandbox))

                #expect(try await sandbox.terminate() == .exited(0))
                let errors = Place("standard error", text: sandbox.process.complained)
                let output = Place("standard output", text: sandbox.process.printed)
                report(secrets, in: [errors] + files(of: sandbox))
                // The banner's examples show the demo merchant's keys, and a card number of the document's table.
                report(run.secrets.filter { $0.name != "secret key" }, in: [output])
                for place in [errors, output, metrics] {
                    for card in cards where place.holds(number: card.code) {
                        Issue.record("security code \(card.code) is in \(place.name)")
                    }
                }
            }
        }

        private func files(of sandbox: Sandbox) -> [Place] {
            let files = Place.files(under: sandbox.data)
            // A search that cannot find what is surely there would prove nothing.
            let control = Secret("reference", text: "secrets-0")
            #expect(files.contains { control.isIn($0.bytes) }, "the search does not even find a reference")
            return files
        }

        private func report(_ secrets: [Secret], in places: [Place]) {
            for leak in places.flatMap({ $0.leaks(of: secrets) }) { Issue.record("\(leak)") }
        }
    }
}

/// Uses a sandbox in every way that brings secrets into it, and keeps them for the search.
private final class SecretsRun {
    let shop: Shop
    private(set) var secrets: [Secret] = []
    /// Bodies of the answers that refused something.
    private(set) var refusals: [String] = []

    init(shop: Shop) {
        self.shop = shop
        secrets.append(Secret("secret key", text: shop.secretKey))
    }

    /// A charge without 3-D Secure, with idempotency keys, which make the gateway keep the answers; then a void.
    func pay(_ card: String, _ code: String, _ number: Int) async throws {
        let token = try await token(card, code, ["idempotency-key": "token-\(number)"])
        let answer = try await shop.charge(
            token: token, reference: "secrets-\(number)", ["idempotency-key": "charge-\(number)"])
        // A brand that the merchant id does not take makes no charge.
        if answer.text("code") != "card_error" {
            let id = try #require(answer.text("id"), "\(answer.body)")
            if number.isMultiple(of: 2) { _ = try await shop.void(id) }
        }
        // One that is never used.
        _ = try await self.token(card, code)
    }

    /// A charge with 3-D Secure, through its pages.
    func authenticate(_ card: String, _ code: String) async throws {
        let answer = try await shop.charge(
            token: try await token(card, code), reference: "secrets-3ds", merchantID: "full_mcc")
        let address = try #require(answer.text("redirect_url"), "\(answer.body)")
        keep(page: address)

        let browser = Browser(wire: shop.wire)
        let first = try await browser.open(address)
        let begin = try #require(first.form(button: "Request OTP"), "\(first.html)")
        let second = try await browser.submit(begin, of: first, button: "Request OTP")
        let prove = try #require(second.form(field: "otp"), "\(second.html)")
        _ = try await browser.submit(prove, of: second, ["otp": "123456"])

        let after = try await shop.inquire("secrets-3ds")
        #expect(after.text("transaction_state") == "Authorized", "\(after.body)")

        // One whose pages are left half way.
        let left = try await shop.charge(
            token: try await token(card, code), reference: "secrets-left", merchantID: "full_mcc")
        keep(page: try #require(left.text("redirect_url"), "\(left.body)"))
    }

    /// Wrong keys, broken bodies, secrets where they do not belong.
    func misuse(_ card: String, _ code: String) async throws {
        let wire = shop.wire
        let wrongKey = "skey_test_" + String(shop.secretKey.dropFirst(10).reversed())
        secrets.append(Secret("wrong key", text: wrongKey))
        let token = try await token(card, code)
        let mine = ["x-api-key": shop.secretKey]
        let page = ["x-api-key": shop.publicKey]
        let wrong = ["x-api-key": wrongKey]
        let fields = #""number": "\#(card)", "cvv": "\#(code)""#
        let refused = [
            try await wire.post("/ui/v2/token", "{" + fields, page),
            try await wire.post("/ui/v2/token", #"{\#(fields), "expiry": "13/99"}"#, page),
            try await wire.post("/ui/v2/token", "{\(fields)}", wrong),
            try await wire.post("/card/v2/charge", #"{"token": "\#(token)"}"#, wrong),
            try await wire.post("/card/v2/charge", #"{"token": "\#(token)", "amount": "\#(card)"}"#, mine),
            try await wire.get("/card/v2/charge/\(card)", mine),
            try await wire.get("/card/v2/charge/\(token)?x-api-key=\(shop.secretKey)", mine),
            try await wire.get("/no/such/page/\(card)?token=\(token)", mine),
        ]
        for answer in refused {
            #expect(answer.status >= 400, "\(answer.body)")
            refusals.append(answer.body)
        }
    }

    private func token(_ card: String, _ code: String, _ headers: [String: String] = [:]) async throws -> String {
        let answer = try await shop.token(card, code: code, headers)
        let token = try #require(answer.text("token"), "\(answer.body)")
        secrets.append(Secret("token \(token)", text: token))
        return token
    }

    private func keep(page address: String) {
        let secret = address.split(separator: "/").last?.split(separator: "?").first ?? ""
        secrets.append(Secret("page secret \(secret)", text: String(secret)))
    }
}
