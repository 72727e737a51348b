import Foundation
import TestSupport
import Testing

extension ProcessTests {
    @Suite("Callers that hang up, or speak as of old", .serialized)
    struct CallerTests {
        @Test("one who hangs up within a body is not the gateway's failure", .timeLimit(.minutes(20)))
        func hangingUp() async throws {
            try await Sandbox.with { sandbox in
                let key = try await Shop(sandbox).secretKey
                for path in ["/card/v2/charge", "/ui/v2/3ds/x/otp", "/ui/v2/checkout/phone"] {
                    let caller = try await Caller.connecting(to: sandbox.port)
                    let head = "POST \(path) HTTP/1.1\r\nhost: localhost\r\nx-api-key: \(key)\r\n"
                    try await caller.send(Array((head + "content-length: 300\r\n\r\n{\"amount\": 1").utf8))
                    caller.close()
                }
                let series = #"mekong_requests_total{api="kpayment",operation="create_charge",result="#
                let isCounted = try await eventually {
                    try await sandbox.wire.get("/metrics").body.contains(series + "\"aborted\"} 1\n")
                }
                #expect(isCounted)
                let metrics = try await sandbox.wire.get("/metrics").body
                #expect(metrics.contains(series + "\"failed\"} 0\n"))
                #expect(!sandbox.process.complained.contains(#""level":"error""#), "\(sandbox.process.complained)")
            }
        }

        @Test("one who speaks HTTP/1.0 is answered once, and the connection closed", .timeLimit(.minutes(20)))
        func oldVersion() async throws {
            try await Sandbox.with { sandbox in
                let caller = try await Caller.connecting(to: sandbox.port)
                try await caller.send(Array("GET /healthz HTTP/1.0\r\n\r\n".utf8))
                let isClosed = try await eventually { !caller.isOpen }
                #expect(isClosed)
                #expect(caller.received.contains(" 200 OK\r\n"))
                #expect(caller.received.lowercased().contains("\r\nconnection: close\r\n"), "\(caller.received)")
            }
        }

        @Test("one who speaks it and wants more is answered again", .timeLimit(.minutes(20)))
        func keptAlive() async throws {
            try await Sandbox.with { sandbox in
                let caller = try await Caller.connecting(to: sandbox.port)
                for round in 1...2 {
                    try await caller.send(Array("GET /healthz HTTP/1.0\r\nconnection: keep-alive\r\n\r\n".utf8))
                    let isAnswered = try await eventually {
                        caller.received.components(separatedBy: " 200 OK\r\n").count == round + 1
                    }
                    #expect(isAnswered, "\(caller.received)")
                }
                caller.close()
            }
        }
    }
}
