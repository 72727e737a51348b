import TestSupport
import Testing

@testable import Webhooks

/// What passes between the client and a server on this machine.
@Suite struct EgressExchangeTests {
    private func exchanging(
        with sink: Sink, allowsLoopback: Bool = true, _ body: (EgressClient) async throws -> Void
    ) async throws {
        let client = EgressClient.patient(EgressPolicy(allowsLoopback: allowsLoopback))
        do {
            try await Gate.stores.pass { try await body(client) }
        } catch {
            await client.shutdown()
            await sink.stop()
            throw error
        }
        await client.shutdown()
        await sink.stop()
    }

    private func post(_ client: EgressClient, _ url: String, _ body: [UInt8] = []) async throws -> Int {
        try await bounded("the answer") { try await client.post(url, headers: [], body: body) }
    }

    @Test func `what is posted arrives as it was given`() async throws {
        let sink = try await Sink.start()
        let port = sink.port
        let body: [UInt8] = Array(0...255) + Array(repeating: 0x20, count: 100_000)
        try await exchanging(with: sink) { client in
            let status = try await client.post(
                "http://127.0.0.1:\(port)/a/b?c=d%20e", headers: [("x-one", "1"), ("x-one", "2")], body: body)
            #expect(status == 200)
        }
        let arrival = try #require(sink.arrivals.first)
        #expect(sink.count == 1)
        #expect(arrival.method == "POST")
        #expect(arrival.path == "/a/b?c=d%20e")
        #expect(arrival.header("x-one") == ["1", "2"])
        #expect(arrival.header("host") == ["127.0.0.1:\(port)"])
        #expect(arrival.body == body)
    }

    @Test(arguments: [200, 201, 204, 299, 400, 401, 404, 410, 429, 500, 502, 503, 599])
    func `the status that comes back is returned`(status: Int) async throws {
        let sink = try await Sink.start { _, _ in .status(status) }
        try await exchanging(with: sink) { client in
            let answer = try await post(client, sink.url)
            #expect(answer == status)
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308]) func `a redirect is not followed`(status: Int) async throws {
        let sink = try await Sink.start { arrival, _ in
            arrival.path == "/notify" ? .status(status, location: "/elsewhere") : .status(200)
        }
        try await exchanging(with: sink) { client in
            let answer = try await post(client, sink.url)
            #expect(answer == status)
        }
        #expect(sink.arrivals.map(\.path) == ["/notify"])
    }

    @Test(arguments: ["http://localhost", "http://LocalHost", "HTTP://127.0.0.1", "http://2130706433", "http://127.1"])
    func `where this machine is allowed, every spelling of it reaches it`(host: String) async throws {
        let sink = try await Sink.start()
        try await exchanging(with: sink) { client in
            let answer = try await post(client, "\(host):\(sink.port)/")
            #expect(answer == 200)
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"])
    func `where this machine is not allowed, nothing reaches it`(host: String) async throws {
        let sink = try await Sink.start()
        try await exchanging(with: sink, allowsLoopback: false) { client in
            await #expect(throws: EgressClient.Refusal.self) {
                try await client.post("http://\(host):\(sink.port)/", headers: [], body: [])
            }
        }
        #expect(sink.count == 0)
    }

    @Test func `a server that hangs up is an error, not a status`() async throws {
        let sink = try await Sink.start { _, _ in .close }
        try await exchanging(with: sink) { client in
            await #expect(throws: (any Error).self) { try await post(client, sink.url) }
            #expect(sink.count >= 1)
        }
    }

    @Test func `a port where nobody listens is an error`() async throws {
        let sink = try await Sink.start()
        let port = try ClosedPort()
        try await exchanging(with: sink) { client in
            await #expect(throws: (any Error).self) { try await post(client, "http://127.0.0.1:\(port.number)/") }
        }
        withExtendedLifetime(port) {}
    }

    @Test(arguments: [1, 65_536, 65_537, 2_000_000]) func `a long answer does not matter`(length: Int) async throws {
        let sink = try await Sink.start { _, _ in .status(200, length: length) }
        try await exchanging(with: sink) { client in
            for _ in 1...3 {
                let answer = try await post(client, sink.url)
                #expect(answer == 200)
            }
        }
    }

    /// A head is answer enough. Were the body waited for without end, a lane would be blocked, and the shutdown.
    @Test func `an answer whose body never comes ends all the same`() async throws {
        let sink = try await Sink.start { _, _ in .headOnly(200) }
        try await exchanging(with: sink) { client in
            let status = try await bounded("the answer") {
                try await client.post(sink.url, headers: [], body: [])
            }
            #expect(status == 200)
        }
    }

    /// As many as one merchant may have on the way: a slow server is given all of them at once.
    @Test func `posts to one server do not wait for each other`() async throws {
        let sink = try await Sink.start { _, _ in .hold }
        let statuses = Statuses()
        try await exchanging(with: sink) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<Lanes.perMerchant {
                    group.addTask { await statuses.add(try await client.post(sink.url, headers: [], body: [])) }
                }
                defer { sink.release() }
                try await eventually("all posts at once") { sink.held == Lanes.perMerchant }
                sink.release()
                try await group.waitForAll()
            }
        }
        #expect(await statuses.all == Array(repeating: 200, count: Lanes.perMerchant))
    }

    /// More servers than the client keeps connections for: whom it drops, it lets finish.
    @Test func `a post under way is not broken off by many others`() async throws {
        let sink = try await Sink.start(on: "0.0.0.0") { arrival, _ in arrival.path == "/slow" ? .hold : .status(200) }
        let port = sink.port
        let statuses = Statuses()
        try await exchanging(with: sink) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                defer { sink.release() }
                for host in 1...20 {
                    group.addTask {
                        await statuses.add(
                            (try? await client.post("http://127.0.1.\(host):\(port)/slow", headers: [], body: [])) ?? 0)
                    }
                }
                try await eventually("the slow posts") { sink.held == 20 }
                for host in 1...140 {
                    let answer = try await client.post("http://127.0.2.\(host):\(port)/", headers: [], body: [])
                    #expect(answer == 200)
                }
                sink.release()
                try await group.waitForAll()
            }
        }
        #expect(await statuses.all == Array(repeating: 200, count: 20))
    }
}

private actor Statuses {
    private(set) var all: [Int] = []
    func add(_ status: Int) { all.append(status) }
}
