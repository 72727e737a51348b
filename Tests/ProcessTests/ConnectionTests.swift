import Foundation
import TestSupport
import Testing

extension ProcessTests {
    @Suite("Connections that keep the server waiting", .serialized)
    struct ConnectionTests {
        @Test("the process ends while they stay open", .timeLimit(.minutes(20)), arguments: [true, false])
        func stopping(tls: Bool) async throws {
            try await withFolder { folder in
                let production = try Production(in: folder, tls: tls)
                _ = try await production.migrate()
                try await production.serving { child in
                    let callers = try await Self.everyKind(on: production.port, tls: tls)
                    child.send(SIGTERM)
                    let ending = try await child.end()
                    #expect(ending == .exited(0), "\(child.complained)")
                    for caller in callers { caller.close() }
                }
                let verified = try await production.verify()
                #expect(verified.ending == .exited(0), "\(verified.text)")
            }
        }

        @Test("one that never starts TLS is dropped, one that asks is served", .timeLimit(.minutes(20)))
        func handshakeTimeout() async throws {
            try await withFolder { folder in
                let production = try Production(in: folder)
                _ = try await production.migrate()
                try await production.serving { child in
                    let silent = try await Caller.connecting(to: production.port)
                    let slow = try await Caller.connecting(to: production.port)
                    // The beginning of a TLS record whose rest never comes.
                    try await slow.send([22, 3, 1])
                    let idle = try await Caller.connecting(to: production.port, offering: "http/1.1")
                    let areDropped = try await eventually { !silent.isOpen && !slow.isOpen }
                    #expect(areDropped)
                    try await idle.send(Self.question)
                    try await idle.receive("200")
                    #expect(!child.hasEnded)
                    idle.close()
                }
            }
        }

        private static let question = Array("GET /readyz HTTP/1.1\r\nhost: localhost\r\n\r\n".utf8)

        /// Connections in every state in which one can be left, each with a twin that has stopped reading.
        private static func everyKind(on port: Int, tls: Bool) async throws -> [Caller] {
            var callers: [Caller] = []
            for isDeaf in [false, true] {
                var batch = [try await Caller.connecting(to: port)]
                for (name, hello) in [("h2", Caller.http2Preface), ("http/1.1", [])] where tls {
                    batch.append(try await Caller.connecting(to: port, offering: name))
                    let greeted = try await Caller.connecting(to: port, offering: name)
                    try await greeted.send(hello)
                    batch.append(greeted)
                }
                let name = tls ? "http/1.1" : nil
                let keptAlive = try await Caller.connecting(to: port, offering: name)
                try await keptAlive.send(question)
                try await keptAlive.receive("200")
                let unfinished = try await Caller.connecting(to: port, offering: name)
                try await unfinished.send(
                    Array("POST /ui/v2/token HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{".utf8))
                batch += [keptAlive, unfinished]
                if isDeaf { for caller in batch { try await caller.turnDeaf() } }
                callers += batch
            }
            return callers
        }
    }
}
