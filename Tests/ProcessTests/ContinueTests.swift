import Foundation
import TestSupport
import Testing

extension ProcessTests {
    /// `Expect: 100-continue` (RFC 9110, section 10.1.1).
    @Suite("Clients that ask before they send a body", .serialized)
    struct ContinueTests {
        private static let interim = "HTTP/1.1 100 Continue\r\n\r\n"
        private static let body = #"{"seconds":1}"#

        private static func head(_ path: String, version: String = "1.1", length: Int = body.utf8.count) -> [UInt8] {
            Array(
                """
                POST \(path) HTTP/\(version)\r\nhost: localhost\r\nexpect: 100-Continue\r\n\
                content-length: \(length)\r\n\r\n
                """.utf8)
        }

        @Test("are told to go on, each request once, and then answered", .timeLimit(.minutes(20)))
        func told() async throws {
            try await Sandbox.with { sandbox in
                let caller = try await Caller.connecting(to: sandbox.port)
                for round in 1...2 {
                    try await caller.send(Self.head("/sandbox/clock/advance"))
                    let isAsked = try await eventually {
                        caller.received.components(separatedBy: Self.interim).count == round + 1
                    }
                    #expect(isAsked, "\(caller.received)")
                    try await caller.send(Array(Self.body.utf8))
                    let isAnswered = try await eventually {
                        caller.received.components(separatedBy: "HTTP/1.1 200 OK").count == round + 1
                    }
                    #expect(isAnswered, "\(caller.received)")
                }
                #expect(caller.received.components(separatedBy: Self.interim).count == 3)
                caller.close()
            }
        }

        @Test("are refused at once where their body is not wanted", .timeLimit(.minutes(20)))
        func refused() async throws {
            try await Sandbox.with { sandbox in
                for (path, length, status) in [
                    ("/card/v2/charge", 13, "401"), ("/sandbox/nothing", 13, "404"), ("/sandbox/faults", 65_537, "413"),
                ] {
                    let caller = try await Caller.connecting(to: sandbox.port)
                    try await caller.send(Self.head(path, length: length))
                    try await caller.receive("HTTP/1.1 \(status)")
                    #expect(!caller.received.contains("100 Continue"), "\(caller.received)")
                    caller.close()
                }
            }
        }

        @Test("are not told where they do not wait, or speak HTTP/1.0", .timeLimit(.minutes(20)))
        func untold() async throws {
            try await Sandbox.with { sandbox in
                let eager = try await Caller.connecting(to: sandbox.port)
                try await eager.send(Self.head("/sandbox/clock/advance", version: "1.0") + Array(Self.body.utf8))
                try await eager.receive(" 200 OK")
                #expect(!eager.received.contains("100 Continue"), "\(eager.received)")
                let old = try await Caller.connecting(to: sandbox.port)
                try await old.send(Self.head("/sandbox/clock/advance", version: "1.0"))
                try await old.send(Array(Self.body.utf8))
                try await old.receive(" 200 OK")
                #expect(!old.received.contains("100 Continue"), "\(old.received)")
                for caller in [eager, old] { caller.close() }
            }
        }

        @Test("are told over TLS, too", .timeLimit(.minutes(20)))
        func secured() async throws {
            try await withFolder { folder in
                let production = try Production(in: folder)
                let usual = try String(contentsOfFile: production.configuration, encoding: .utf8)
                try production.put("mekong.toml", usual.replacingOccurrences(of: "kpayment", with: "jwtpay"))
                _ = try await production.migrate()
                try await production.serving { _ in
                    let caller = try await Caller.connecting(to: production.port, offering: "http/1.1")
                    try await caller.send(Self.head("/api/v1/signature"))
                    try await caller.receive(Self.interim)
                    try await caller.send(Array(Self.body.utf8))
                    try await caller.receive("HTTP/1.1 401")
                    caller.close()
                }
            }
        }
    }
}
