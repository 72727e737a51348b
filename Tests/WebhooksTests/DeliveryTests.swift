import Crypto
import Foundation
import Payments
import Testing

@Suite struct DeliveryTests {
    @Test func `a notice is delivered once, byte for byte`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let bytes: [UInt8] = Array("{\"amount\": 10.50,\n\"ชื่อ\":\"ร้าน\"}".utf8) + [0, 0xFF, 0x0A]
            let notice = outbox.notice(to: sink.url, bytes: bytes)
            try await outbox.send(notice)
            await outbox.deliverDue()
            #expect(sink.arrivals.map(\.body) == [bytes])
            #expect(sink.arrivals.first?.method == "POST")
            #expect(try await outbox.stored(notice) == notice)
            #expect(try await outbox.standing(of: notice) == Standing(.delivered, attempts: 1))
            #expect(
                try await outbox.attempts(of: notice)
                    == [DeliveryAttempt(at: HandClock.start, status: 200, error: nil)])
            outbox.clock.advance(seconds: 100_000)
            await outbox.deliverDue()
            #expect(sink.count == 1)
            #expect(try await outbox.pending() == 0)
        }
        await sink.stop()
    }

    @Test func `a delivery carries Standard Webhooks headers, signed over id, time and body`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let notice = outbox.notice(to: sink.url, "{\"id\":\"chrg_1\"}")
            try await outbox.send(notice)
            await outbox.deliverDue()
            let arrival = try #require(sink.arrivals.first)
            #expect(arrival.header("content-type") == ["application/json; charset=utf-8"])
            #expect(arrival.header("webhook-id") == ["msg_" + notice.id.hex])
            #expect(arrival.header("webhook-timestamp") == ["1700000000"], "the time on the wall, in whole seconds")
            let signed = Array("msg_\(notice.id.hex).1700000000.{\"id\":\"chrg_1\"}".utf8)
            let mac = HMAC<SHA256>.authenticationCode(
                for: signed, using: SymmetricKey(data: Array("key of shop".utf8)))
            #expect(arrival.header("webhook-signature") == ["v1," + Data(mac).base64EncodedString()])
        }
        await sink.stop()
    }

    @Test func `a merchant without a key is sent no signature`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            try await outbox.send(outbox.notice(to: sink.url, of: MerchantID(rawValue: "unsigned")))
            await outbox.deliverDue()
            let arrival = try #require(sink.arrivals.first)
            #expect(arrival.header("webhook-signature") == [])
            #expect(arrival.header("webhook-id").count == 1)
        }
        await sink.stop()
    }

    @Test(arguments: [200, 201, 204, 299]) func `any 2xx is a yes`(status: Int) async throws {
        let sink = try await Sink.start { _, _ in .status(status) }
        try await Outbox.with { outbox in
            let notice = outbox.notice(to: sink.url)
            try await outbox.send(notice)
            await outbox.deliverDue()
            #expect(try await outbox.state(of: notice) == .delivered)
        }
        await sink.stop()
    }

    @Test(arguments: [301, 302, 304, 400, 404, 410, 500, 503]) func `anything else is a no`(status: Int) async throws {
        let sink = try await Sink.start { _, _ in .status(status, location: "/elsewhere") }
        try await Outbox.with { outbox in
            let notice = outbox.notice(to: sink.url)
            try await outbox.send(notice)
            await outbox.deliverDue()
            #expect(try await outbox.standing(of: notice) == Standing(.pending, attempts: 1))
            #expect(
                try await outbox.attempts(of: notice)
                    == [DeliveryAttempt(at: HandClock.start, status: status, error: "status \(status)")])
        }
        #expect(sink.arrivals.map(\.path) == ["/notify"])
        await sink.stop()
    }

    @Test(arguments: [
        ("ftp://example.com/", "the URL is neither http nor https"), ("", "the URL is neither http nor https"),
        ("http://127.0.0.1/", "127.0.0.1 is at an address that may not be called"),
        ("http://10.0.0.1/", "10.0.0.1 is at an address that may not be called"),
    ])
    func `an address that may not be called is a failed attempt that says why`(url: String, why: String) async throws {
        try await Outbox.with(allowsLoopback: false) { outbox in
            let notice = outbox.notice(to: url)
            try await outbox.send(notice)
            await outbox.deliverDue()
            #expect(try await outbox.standing(of: notice) == Standing(.pending, attempts: 1))
            #expect(
                try await outbox.attempts(of: notice)
                    == [DeliveryAttempt(at: HandClock.start, status: nil, error: why)])
        }
    }

    @Test func `a server that hangs up is a failed attempt`() async throws {
        let sink = try await Sink.start { _, number in number == 1 ? .close : .status(200) }
        try await Outbox.with { outbox in
            let notice = outbox.notice(to: sink.url)
            try await outbox.send(notice)
            await outbox.deliverDue()
            let attempt = try #require(try await outbox.attempts(of: notice).first)
            #expect(attempt.status == nil)
            #expect(attempt.error?.isEmpty == false)
            outbox.clock.advance(seconds: 5)
            await outbox.deliverDue()
            #expect(try await outbox.state(of: notice) == .delivered)
        }
        await sink.stop()
    }
}
