import Gateway
import Payments
import Rails
import Store
import TestSupport
import Testing

/// Several processes on one database: who lives, who has what in hand, and who takes over.
@Suite struct PresenceTests {
    private func living(_ bench: Bench) async throws -> Set<ProcessID> {
        Set(try await bench.store.read { try $0.processes().keys })
    }

    @Test func `a process whose beat stands still for five seconds is buried, one that beats is not`() async throws {
        try await Bench.with { bench in
            bench.engine.share()
            let ids = (0..<3).map { ProcessID(rawValue: "p\($0)") }
            let presences = ids.map { Presence(of: $0, in: bench.store) }
            for presence in presences { try await presence.begin() }
            let start = ContinuousClock.now
            for second in 0...4 {
                for presence in presences[0...1] {
                    try await presence.beat()
                    try await presence.watch { start + .seconds(second) }
                }
                #expect(try await living(bench) == Set(ids))
            }
            try await presences[0].watch { start + .seconds(5) }
            #expect(try await living(bench) == Set(ids[0...1]))
            // It was only asleep: with its next beat it lives again.
            try await presences[2].beat()
            #expect(try await living(bench) == Set(ids))
        }
    }

    @Test func `nobody is buried for not beating while the database was away`() async throws {
        try await Bench.with { bench in
            bench.engine.share()
            let (here, there) = (ProcessID(rawValue: "here"), ProcessID(rawValue: "there"))
            let presence = Presence(of: here, in: bench.store)
            try await presence.begin()
            try await Presence(of: there, in: bench.store).begin()
            let start = ContinuousClock.now
            try await presence.watch { start }
            bench.engine.refuse(1)
            await #expect(throws: StoreError.self) { try await presence.beat() }
            try await presence.watch { start + .seconds(6) }
            #expect(try await living(bench) == [here, there])
            try await presence.watch { start + .seconds(11) }
            #expect(try await living(bench) == [here])
        }
    }

    @Test func `where only one process can have the database, whoever left a row is dead at once`() async throws {
        try await Bench.with { bench in
            try await Presence(of: ProcessID(rawValue: "before"), in: bench.store).begin()
            try await Presence(of: ProcessID(rawValue: "now"), in: bench.store).begin()
            #expect(try await living(bench) == [ProcessID(rawValue: "now")])
        }
    }

    @Test func `a process that ends in order lives no more`() async throws {
        try await Bench.with { bench in
            bench.engine.share()
            let presence = Presence(of: ProcessID(rawValue: "p"), in: bench.store)
            try await presence.begin()
            try await presence.end()
            #expect(try await living(bench).isEmpty)
        }
    }

    /// One process waits for the acquirer; as long as it lives nobody else touches its payment.
    @Test func `what a living process has in hand is left to it, what a dead one had is finished`() async throws {
        try await Bench.with { bench in
            bench.engine.share()
            let (lost, command) = (Door(), try bench.command(await bench.token()))
            let dying = bench.dying(.after, .authorize, lost: lost)
            try await Presence(of: dying.process, in: bench.store).begin()
            Task { _ = try await dying.charge(command) }
            await lost.visited()
            let other = bench.another()
            try await other.takeOver()
            bench.clock.advance(seconds: 120)
            try await other.runDue()
            let waiting = try await bench.gateway.report(on: command.reference).payment
            #expect(waiting.state == .authorizing)

            try await Presence(of: dying.process, in: bench.store).end()
            try await other.takeOver()
            let finished = try await bench.gateway.report(on: command.reference).payment
            #expect(finished.state == .authorized)
        }
    }

    @Test func `of several processes that run what is due at once each thing is done by one`() async throws {
        try await Bench.with { bench in
            bench.engine.share()
            for _ in 0..<40 { _ = try await bench.charge() }
            bench.clock.passMidnight()
            let acquirers = (0..<3).map { _ in HookedAcquirer(bench.gateway.rails.acquirer) }
            let processes = acquirers.map { bench.another($0) }
            for process in processes { try await Presence(of: process.process, in: bench.store).begin() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for process in processes { group.addTask { try await process.runDue() } }
                try await group.waitForAll()
            }
            let captures = acquirers.flatMap(\.requests).filter { $0.kind == .capture }
            #expect(captures.count == 40)
            #expect(Set(captures.map(\.description)).count == 40)
        }
    }
}
