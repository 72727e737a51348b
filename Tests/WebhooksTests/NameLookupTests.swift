import NIOCore
import Payments
import TestSupport
import Testing

@testable import Webhooks

/// Names whose servers answer, answer late, or never.
@Suite struct NameLookupTests {
    @Test func `many who ask for one name share one look-up, and its answer is not kept`() async throws {
        let server = NameServer()
        let lookups = server.lookups()
        try await withThrowingTaskGroup(of: [SocketAddress].self) { group in
            for merchant in [MerchantID.shop, .stall] {
                for _ in 0..<20 { group.addTask { try await lookups.addresses(of: "dead.test", for: merchant) } }
            }
            try await eventually("the look-up") { !server.asked.isEmpty }
            for _ in 0..<1_000 { await Task.yield() }
            server.releaseAll()
            for try await addresses in group { #expect(addresses == [NameServer.address]) }
        }
        let before = server.asked.count
        #expect(server.mostUnderWay == 1)
        _ = try await lookups.addresses(of: "dead.test", for: .shop)
        #expect(server.asked.count == before + 1)
    }

    @Test func `one merchant has two look-ups under way and no more, in the order in which they were asked for`()
        async throws
    {
        let server = NameServer()
        let lookups = server.lookups()
        try await withThrowingTaskGroup(of: [SocketAddress].self) { group in
            for number in 0..<6 {
                group.addTask { try await lookups.addresses(of: "dead\(number).test", for: .shop) }
            }
            for ended in 0..<5 {
                try await eventually("the look-ups") { server.asked.count == min(ended + 2, 6) }
                for _ in 0..<500 { await Task.yield() }
                #expect(server.asked.count == min(ended + 2, 6))
                server.release()
            }
            server.releaseAll()
            for try await addresses in group { #expect(addresses == [NameServer.address]) }
        }
        #expect(server.mostUnderWay == 2)
        #expect(Set(server.asked).count == 6)
    }

    @Test func `another merchant's names are looked up meanwhile, and one that both wait for serves both`() async throws
    {
        let server = NameServer()
        let lookups = server.lookups()
        let stuck = ["dead1.test", "dead2.test"].map { name in
            Task { try await lookups.addresses(of: name, for: .shop) }
        }
        try await eventually("both") { server.asked.count == 2 }
        let waiting = Task { try await lookups.addresses(of: "alive.test", for: .shop) }
        for _ in 0..<500 { await Task.yield() }
        #expect(server.asked.count == 2)
        let answer = try await bounded("the other's") { try await lookups.addresses(of: "alive.test", for: .stall) }
        #expect(answer == [NameServer.address])
        let joined = try await bounded("the shop's") { try await waiting.value }
        #expect(joined == [NameServer.address])
        server.releaseAll()
        for task in stuck { _ = try await task.value }
    }

    @Test func `a look-up that takes too long fails, and keeps its place until it has ended`() async throws {
        let server = NameServer()
        let patience = Door()
        let lookups = server.lookups(patience: patience)
        func asking(_ name: String) -> Task<[SocketAddress], any Error> {
            Task { try await lookups.addresses(of: name, for: .shop) }
        }
        var tasks = [asking("dead1.test"), asking("dead2.test")]
        try await eventually("two") { server.asked.count == 2 }
        tasks.append(asking("never.test"))
        patience.open()
        for task in tasks {
            let outcome = await task.result
            #expect(throws: EgressClient.Refusal.self) { try outcome.get() }
        }
        let late = Task { try await lookups.addresses(of: "late.test", for: .shop) }
        let refused = await late.result
        #expect(throws: EgressClient.Refusal.self) { try refused.get() }
        #expect(server.asked.count == 2)
        server.releaseAll()
        // Nobody waits for the third any more.
        for _ in 0..<1_000 { await Task.yield() }
        #expect(server.asked.count == 2)
    }

    @Test func `whoever is stopped does not wait for a name`() async throws {
        let server = NameServer()
        let lookups = server.lookups()
        let asking = Task { try await lookups.addresses(of: "dead.test", for: .shop) }
        try await eventually("the look-up") { server.asked.count == 1 }
        asking.cancel()
        let outcome = try await bounded("the end") { await asking.result }
        #expect(throws: CancellationError.self) { try outcome.get() }
        server.releaseAll()
    }

    @Test func `one merchant's dead name server does not hold up another's webhook`() async throws {
        let server = NameServer()
        let sink = try await Sink.start()
        let client = EgressClient(policy: EgressPolicy(allowsLoopback: true), names: server.lookups())
        let port = sink.port
        let stuck = (0..<Lanes.perMerchant).map { number in
            Task { try await client.post("http://dead\(number % 4).test:\(port)/", headers: [], body: []) }
        }
        try await eventually("the dead") { server.asked.count == NameLookups.perMerchant }
        let answer = try await bounded("the other's") {
            try await client.exchange("http://alive.test:\(port)/", for: .stall, headers: [], body: [])
        }
        #expect(answer.status == 200)
        #expect(sink.count == 1)
        server.releaseAll()
        for task in stuck {
            let status = try await task.value
            #expect(status == 200)
        }
        await client.shutdown()
        await sink.stop()
    }
}
