import APISupport
import Gateway
import HTTPTypes
import KPayment
import Payments
import Testing
import WireKit

@testable import mekong

/// `PUT /sandbox/merchant`.
@Suite struct MerchantSettingTests {
    @Test(arguments: [
        "{}", "{\"kpayment\":{}}", "{\"limits\":{}}", "{\"limits\":{\"kpayment\":{}}}", "{\"limits\":null}",
        "{\"kpayment\":{\"notify_url\":\"http://127.0.0.1:1/a?b=c\",\"callback_url\":\"https://shop.example\"}}",
        "{\"kpayment\":{\"ip_whitelist\":[]}}", "{\"kpayment\":{\"register3d\":false,\"auto_capture\":true}}",
        "{\"kpayment\":{\"notify_url\":null,\"callback_url\":null,\"ip_whitelist\":null}}",
        "{\"kpayment\":{\"register3d\":null,\"auto_capture\":null}}",
        "{\"limits\":{\"kpayment\":{\"per_transaction\":\"1000000\",\"per_day\":1000000.50,\"count_per_day\":1000}}}",
        "{\"jwtpay\":{}}", "{\"jwtpay\":null}", "{\"jwtpay\":{\"ip_whitelist\":[\"127.0.0.1\"]}}",
        "{\"jwtpay\":{\"ip_whitelist\":[\"10.0.0.0/8\",\"2001:db8::/32\",\"::1\",\"0.0.0.0/0\"]}}",
        "{\"kissvips\":{}}", "{\"kissvips\":null}", "{\"kissvips\":{\"ip_whitelist\":[\"127.0.0.1\",\"::/0\"]}}",
        "{\"limits\":{\"jwtpay\":{\"per_day\":\"5\"}}}",
        "{\"kpayment\":{\"auto_capture\":true},\"limits\":{\"kpayment\":{\"per_day\":null}}}",
    ])
    func `any subset is taken`(settings: String) async throws {
        try await withSandbox { sandbox in
            try await sandbox.set(settings)
            #expect(try await sandbox.charge().show("transaction_state") == "Authorized")
        }
    }

    @Test(arguments: [
        "", "[]", "null", "1", "{", "{\"kpayment\":[]}", "{\"kpayment\":\"x\"}",
        "{\"kpayment\":{\"notify_uri\":\"http://a\"}}",
        "{\"kpayment\":{\"notify_url\":5}}", "{\"kpayment\":{\"notify_url\":\"\"}}",
        "{\"kpayment\":{\"notify_url\":\"ftp://a\"}}",
        "{\"kpayment\":{\"callback_url\":\"javascript:alert(1)\"}}",
        "{\"kpayment\":{\"callback_url\":\"shop.example\"}}",
        "{\"kpayment\":{\"ip_whitelist\":\"127.0.0.1\"}}", "{\"kpayment\":{\"ip_whitelist\":[1]}}",
        "{\"kpayment\":{\"ip_whitelist\":[null]}}", "{\"kpayment\":{\"register3d\":\"true\"}}",
        "{\"kpayment\":{\"auto_capture\":1}}", "{\"limits\":[]}", "{\"limits\":{\"kpayment\":5}}",
        "{\"limits\":{\"nobody\":{}}}",
        "{\"limits\":{\"kpayment\":{\"per_transaction\":\"-1\"}}}",
        "{\"limits\":{\"kpayment\":{\"per_day\":\"1.001\"}}}",
        "{\"limits\":{\"kpayment\":{\"per_day\":true}}}", "{\"limits\":{\"kpayment\":{\"per_day\":\"\"}}}",
        "{\"limits\":{\"kpayment\":{\"count_per_day\":-1}}}", "{\"limits\":{\"kpayment\":{\"count_per_day\":1.5}}}",
        "{\"limits\":{\"kpayment\":{\"count_per_day\":\"3\"}}}", "{\"limits\":{\"kpayment\":{\"per_month\":1}}}",
        "{\"jwtpay\":[]}", "{\"jwtpay\":{\"notify_url\":\"http://127.0.0.1\"}}",
        "{\"jwtpay\":{\"ip_whitelist\":\"127.0.0.1\"}}",
        "{\"kissvips\":1}", "{\"kissvips\":{\"callback_url\":\"http://127.0.0.1\"}}",
        "{\"kissvips\":{\"ip_whitelist\":{}}}",
        "{\"nobody\":{}}", "{\"kpayment\":{},\"kpayment\":{}}",
    ])
    func `what makes no sense is 422 and says why`(settings: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.ask(.put, "/merchant", settings)
            #expect(answer.status == 422 && answer["error"]?.stringValue?.isEmpty == false, "\(answer.text)")
        }
    }

    /// Nothing can be delivered to them.
    @Test(arguments: [
        "http://", "https://", "http:///notify", "https://?x=1", "http://a b/", "http://[::1/", "http://:80/",
        "http://127.0.0.1:99999/", "http://127.0.0.1:0/",
    ])
    func `a URL without a host makes no sense`(url: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.ask(.put, "/merchant", "{\"kpayment\":{\"notify_url\":\"\(url)\"}}")
            #expect(answer.status == 422)
        }
    }

    /// Browsers and pages would not understand them alike.
    @Test(arguments: [
        "HTTP://127.0.0.1:9199/a b", "http://user@shop.example/", "https://shop.example\\\\@evil.example/",
        "https://shop.example;img-src", "https://ร้าน.example/", "https://shop.example:/", "http:shop.example",
        "https://shop.example/\\n", "https://shop.example/\u{A0}",
    ])
    func `a callback URL that has no plain origin, or a blank, makes no sense`(url: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.ask(.put, "/merchant", "{\"kpayment\":{\"callback_url\":\"\(url)\"}}")
            #expect(answer.status == 422)
        }
    }

    @Test func `a body of which one setting makes no sense changes nothing`() async throws {
        try await withSandbox { sandbox in
            let body = "{\"limits\":{\"kpayment\":{\"per_transaction\":\"1\"}},\"kpayment\":{\"auto_capture\":\"no\"}}"
            let answer = try await sandbox.ask(.put, "/merchant", body)
            #expect(answer.status == 422)
            #expect(try await sandbox.charge().show("transaction_state") == "Authorized")
        }
    }

    @Test func `what is not named stays as it is`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.set("{\"kpayment\":{\"notify_url\":\"http://127.0.0.1:1/a\"}}")
            try await sandbox.set("{\"kpayment\":{\"callback_url\":\"http://127.0.0.1:1/b\"}}")
            try await sandbox.set("{\"limits\":{\"kpayment\":{\"per_day\":\"1000\"}}}")
            _ = try await sandbox.charge()
            #expect(try await sandbox.control(.get, "/webhooks").show("0.url") == "http://127.0.0.1:1/a")
        }
    }

    @Test func `settings that are put at the same time are all kept`() async throws {
        try await withSandbox { sandbox in
            for round in 0..<5 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for name in ["notify_url", "callback_url"] {
                        let settings = "{\"kpayment\":{\"\(name)\":\"http://10.0.0.1/\(round)\"}}"
                        group.addTask { try await sandbox.set(settings) }
                    }
                    try await group.waitForAll()
                }
                let kept = sandbox.host.gateway.directory.merchant(DemoMerchant.id)?.settings(KPayment.id)
                #expect(kept?.notifyURL == "http://10.0.0.1/\(round)")
                #expect(kept?.callbackURL == "http://10.0.0.1/\(round)")
            }
        }
    }

    /// The contract: any subset, and `null` clears.
    @Test func `null in place of an API's settings clears them all`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.set("{\"kpayment\":{\"notify_url\":\"http://127.0.0.1:1/a\"}}")
            let answer = try await sandbox.ask(.put, "/merchant", "{\"kpayment\":null}")
            #expect(answer.status == 200)
            _ = try await sandbox.charge()
            #expect(try await sandbox.control(.get, "/webhooks").text == "[]")
        }
    }

    @Test func `auto_capture decides whether the settlement run captures`() async throws {
        try await withSandbox { sandbox in
            let first = try await sandbox.charge()
            try await sandbox.set("{\"kpayment\":{\"auto_capture\":false}}")
            try await sandbox.advance(seconds: 43_200)
            #expect(try await sandbox.inquire(first.id).show("transaction_state") == "Authorized")
            try await sandbox.set("{\"kpayment\":{\"auto_capture\":null}}")
            try await sandbox.advance(seconds: 86_400)
            #expect(try await sandbox.inquire(first.id).show("transaction_state") == "Settled")
        }
    }

    @Test func `a body that is too large is refused`() async throws {
        try await withSandbox { sandbox in
            let body = "{\"kpayment\":{},\"x\":\"" + String(repeating: "x", count: 65_537) + "\"}"
            let answer = try await sandbox.ask(.put, "/merchant", body)
            #expect(answer.status == 413)
        }
    }

    @Test(arguments: [
        "nope", "", " 127.0.0.1", "127.0.0.1:80", "localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0.1/8",
        "2001:db8::/129",
        "fe80::1%eth0", "127.0.0",
    ])
    func `what is neither address nor block is refused, and changes nothing`(junk: String) async throws {
        try await withSandbox { sandbox in
            for api in ["kpayment", "jwtpay", "kissvips"] {
                try await sandbox.set("{\"\(api)\":{\"ip_whitelist\":[\"203.0.113.7\"]}}")
                let body = "{\"\(api)\":{\"ip_whitelist\":[\"127.0.0.1\",\"\(junk)\"]}}"
                let answer = try await sandbox.ask(.put, "/merchant", body)
                #expect(answer.status == 422 && answer.show("error").hasPrefix("ip_whitelist: "), "\(answer.text)")
                let kept = sandbox.host.gateway.directory.merchant(DemoMerchant.id)?.settings(DialectID(rawValue: api))
                #expect(kept?.allowedAddresses == ["203.0.113.7"])
            }
        }
    }
}
