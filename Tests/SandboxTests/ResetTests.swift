import APISupport
import Gateway
import HTTPTypes
import KPayment
import Payments
import Store
import Testing

@testable import mekong

/// `POST /sandbox/reset`: back to a fresh start.
@Suite struct ResetTests {
    @Test func `nothing is left of what was`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.set(
                """
                {"kpayment":{"notify_url":"\(deafURL)","auto_capture":false},"limits":{"kpayment":{"count_per_day":1}}}
                """)
            let charge = try await sandbox.charge(reference: "INV-1")
            #expect(charge.show("transaction_state") == "Authorized")
            try await sandbox.order("decline", "\"count\":100")
            try await sandbox.control(.post, "/reset")

            #expect(try await sandbox.control(.get, "/clock").show("offset_seconds") == "0")
            #expect(try await sandbox.inquire(charge.id).status == 404)
            #expect(try await sandbox.inquire("INV-1").status == 404)
            #expect(try await sandbox.control(.get, "/webhooks").text == "[]")
            #expect(try await sandbox.ask(.get, "/rails/card?payment=\(charge.id)").status == 404)
            for _ in 0..<2 { #expect(try await sandbox.outcome() == "Authorized", "neither faults nor limits") }
            #expect(try await sandbox.charge(reference: "INV-1").show("transaction_state") == "Authorized")
            #expect(try await sandbox.control(.get, "/webhooks").text == "[]", "no notify URL")
        }
    }

    @Test func `the demo merchant's settings and merchant ids are those of a fresh start`() async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.control(.get, "/credentials").text
            try await sandbox.set("{\"kpayment\":{\"ip_whitelist\":[\"203.0.113.7\"],\"auto_capture\":false}}")
            #expect(try await sandbox.inquire("x").show("code") == "ip_not_allow")
            try await sandbox.control(.post, "/reset")
            #expect(try await sandbox.control(.get, "/credentials").text == before)
            #expect(sandbox.host.gateway.directory.merchant(DemoMerchant.id) == DemoMerchant.merchant())
        }
    }

    @Test func `tokens, idempotency keys and other merchants are gone`() async throws {
        try await withSandbox { sandbox in
            let other = Merchant(id: MerchantID(rawValue: "other"), name: "Other", acceptors: [], dialects: [:])
            let credential = Credential(
                merchant: other.id, dialect: KPayment.id, role: KPayment.Role.secret, text: Secret("skey_test_other"))
            var changes = Changes(at: sandbox.host.clock.now())
            changes.add(try MerchantDirectory.change(putting: other))
            changes.add(try MerchantDirectory.change(putting: credential, sandbox.host.gateway.vault))
            try await sandbox.host.gateway.store.commit(changes)
            try await sandbox.host.gateway.directory.refresh(from: sandbox.host.gateway.store)
            let headers = [("x-api-key", "skey_test_other")]
            #expect(try await sandbox.send(.get, "/card/v2/charge/x", headers).status == 404)

            let card = "{\"number\":\"4417706600005830\",\"name\":\"A\",\"expiry\":\"12/30\",\"cvv\":\"123\"}"
            let key = [("x-api-key", DemoMerchant.kpaymentPublicKey), ("idempotency-key", "K-1")]
            let token = try await sandbox.send(.post, "/ui/v2/token", key, body: card)
            try await sandbox.control(.post, "/reset")
            #expect(try await sandbox.send(.get, "/card/v2/charge/x", headers).status == 401)
            let again = try await sandbox.send(.post, "/ui/v2/token", key, body: card)
            #expect(again.status == 200 && again.show("token") != token.show("token"))
        }
    }

    @Test func `a sandbox can be reset again and again, used or not`() async throws {
        try await withSandbox { sandbox in
            for _ in 0..<3 {
                try await sandbox.control(.post, "/reset")
                try await sandbox.control(.post, "/reset")
                #expect(try await sandbox.outcome() == "Authorized")
                try await sandbox.advance(seconds: 86_400)
            }
        }
    }

    @Test func `a page of before says that it has ended`() async throws {
        try await withSandbox { sandbox in
            let charge = try await sandbox.charge(mid: Sandbox.full)
            let path = charge.show("redirect_url").replacing("http://gateway.test", with: "")
            #expect(try await sandbox.send(.get, path).status == 200)
            try await sandbox.control(.post, "/reset")
            #expect(try await sandbox.send(.get, path).status == 404)
            #expect(try await sandbox.send(.post, path + "/otp", body: "otp=123456").status == 404)
        }
    }

    @Test func `under traffic it always succeeds, and no request is answered by half`() async throws {
        try await withSandbox { sandbox in
            let before = try await sandbox.control(.get, "/credentials").text
            let answers = try await withThrowingTaskGroup(of: [String].self) { group in
                for task in 0..<6 {
                    group.addTask {
                        var seen: [String] = []
                        for number in 0..<20 {
                            let charge = try await sandbox.charge(reference: "T\(task)-\(number)")
                            seen.append("charge \(charge.status) \(charge.show("code"))")
                            let void = try await sandbox.void(charge)
                            seen.append("void \(void.status) \(void.show("code"))")
                        }
                        return seen
                    }
                }
                group.addTask {
                    var seen: [String] = []
                    for _ in 0..<15 {
                        seen.append("reset \(try await sandbox.ask(.post, "/reset").status)")
                        seen.append("advance \(try await sandbox.ask(.post, "/clock/advance", later).status)")
                    }
                    return seen
                }
                return try await group.reduce(into: Set<String>()) { $0.formUnion($1) }
            }
            // A token or a charge of before is gone; nothing is left half done.
            let allowed: Set = [
                "charge 200 -", "void 200 -", "reset 200", "advance 200", "charge 400 token_invalid",
                "void 404 charge_id_not_exist",
            ]
            #expect(answers.isSubset(of: allowed), "\(answers.subtracting(allowed))")
            #expect(answers.isSuperset(of: ["charge 200 -", "void 200 -", "reset 200"]))
            try await sandbox.control(.post, "/reset")
            #expect(try await sandbox.control(.get, "/credentials").text == before)
            #expect(try await sandbox.outcome() == "Authorized")
            _ = try await Auditor().verify(sandbox.host.gateway.store)
        }
    }
}

private let later = "{\"seconds\":60}"
