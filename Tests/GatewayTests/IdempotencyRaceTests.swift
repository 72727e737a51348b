import Gateway
import Payments
import Rails
import Synchronization
import TestSupport
import Testing

/// A key that is sent again while its first request is under way, or after that was cut off.
@Suite struct IdempotencyRaceTests {
    @Test func `while a charge is under way its key says so`() async throws {
        try await Bench.with { bench in
            let (reached, door) = (Door(), Door())
            let gateway = waiting(bench, .authorize, reached, door)
            let command = try bench.command(await bench.token())
            let charging = Task {
                try await once("K", bench, through: gateway) { try await $0.charge(command, answering: $1) }
            }
            await reached.visited()
            #expect(try await verdict(bench) == "under way")
            let again = await Ending.of {
                _ = try await once("K", bench) { try await $0.charge(command, answering: $1) }
            }
            #expect(again == .fault(.keyUnderWay))
            door.open()
            #expect(try await charging.value == "authorized - []")
            #expect(try await verdict(bench) == "replay authorized - []")
        }
    }

    @Test(arguments: [RailReference.Kind.void, .capture, .refund])
    func `while a follow-up is under way its key says so`(kind: RailReference.Kind) async throws {
        try await Bench.with { bench in
            let (reached, door) = (Door(), Door())
            let gateway = waiting(bench, kind, reached, door)
            let payment = kind == .refund ? try await bench.settled() : try await bench.charge()
            let running = Task {
                try await once("K", bench, through: gateway) { gateway, answering in
                    switch kind {
                    case .void: try await gateway.void(payment.id, of: .shop, answering: answering)
                    case .capture:
                        try await gateway.capture(payment.id, of: .shop, amount: baht(500), answering: answering)
                    default:
                        try await gateway.refund(
                            payment.id, of: .shop, amount: baht(500), reason: "", answering: answering)
                    }
                }
            }
            await reached.visited()
            #expect(try await verdict(bench) == "under way")
            door.open()
            let answer = try await running.value
            #expect(try await verdict(bench) == "replay " + answer)
        }
    }

    @Test(arguments: Moment.allCases)
    func `a request that a crash interrupted gets what the payment has become`(moment: Moment) async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token())
            let lost = Door()
            let dying = bench.dying(moment, .authorize, lost: lost)
            Task { try await once("K", bench, through: dying) { try await $0.charge(command, answering: $1) } }
            await lost.visited()
            #expect(try await verdict(bench) == "under way")
            try await bench.gateway.takeOver()
            #expect(try await verdict(bench) == "interrupted payment")
            let answer = try await once("K", bench) { try await $0.charge(command, answering: $1) }
            #expect(answer == (moment == .before ? "reversed - []" : "authorized - []"))
            #expect(try await bench.payments().count == 1)
        }
    }

    @Test func `a refund that a crash interrupted gets what the refund has become`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled()
            let lost = Door()
            let dying = bench.dying(.before, .refund, lost: lost)
            let refund: @Sendable (Gateway, Answering?) async throws -> PaymentReport = { gateway, answering in
                try await gateway.refund(payment.id, of: .shop, amount: baht(100), reason: "", answering: answering)
            }
            Task { try await once("K", bench, through: dying, refund) }
            await lost.visited()
            #expect(try await verdict(bench) == "under way")
            try await bench.gateway.takeOver()
            #expect(try await once("K", bench, refund) == "settled - [sent]")
            #expect(try await bench.refunds(of: payment).count == 1)
        }
    }

    @Test func `of many who send one key at once one is served, and the others wait or get its answer`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token())
            let answers = await together(30) { _ -> String in
                do {
                    return try await once("K", bench) { try await $0.charge(command, answering: $1) }
                } catch {
                    return "\(error)"
                }
            }
            #expect(answers.contains("authorized - []"))
            #expect(Set(answers).isSubset(of: ["authorized - []", "keyUnderWay"]), "\(Set(answers))")
            #expect(try await bench.payments().count == 1)
        }
    }

    /// The key is free when both look, and the first is done before the second begins.
    @Test func `a request that was overtaken by its own repetition gets the same answer`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge(mid: Mid.manual)
            let charge = try bench.command(await bench.token())
            let requests: [(String, @Sendable (Gateway, Answering?) async throws -> PaymentReport)] = [
                ("A", { try await $0.charge(charge, answering: $1) }),
                ("B", { try await $0.void(payment.id, of: .shop, answering: $1) }),
            ]
            for (key, request) in requests {
                let isFirst = Mutex(true)
                let answer = Mutex("")
                let ending = await Ending.of {
                    let late = try await once(key, bench) { gateway, answering in
                        if isFirst.withLock({ isFirst in
                            defer { isFirst = false }
                            return isFirst
                        }) {
                            let early = try await once(key, bench, request)
                            answer.withLock { $0 = early }
                        }
                        return try await request(gateway, answering)
                    }
                    let early = answer.withLock { $0 }
                    #expect(late == early)
                }
                #expect(ending == .done)
            }
        }
    }

    /// The key is free when both look, and the first is still under way when the second begins.
    @Test func `a request that was overtaken by its own repetition, which is under way, is told so`() async throws {
        try await Bench.with { bench in
            let (reached, door) = (Door(), Door())
            let slow = waiting(bench, .authorize, reached, door)
            let command = try bench.command(await bench.token())
            let early = Mutex<Task<String, any Error>?>(nil)
            await expect(.fault(.keyUnderWay)) {
                _ = try await once("K", bench) { gateway, answering in
                    let task = Task {
                        try await once("K", bench, through: slow) { try await $0.charge(command, answering: $1) }
                    }
                    early.withLock { $0 = task }
                    await reached.visited()
                    return try await gateway.charge(command, answering: answering)
                }
            }
            door.open()
            let answer = try await early.withLock { $0 }?.value
            #expect(answer == "authorized - []")
        }
    }

    @Test func `an outcome that nobody knows yet is told as such, and as it has become when asked again`() async throws
    {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            let deaf = bench.another(HookedAcquirer(bench.gateway.rails.acquirer, inquiry: { _ in .unknown }))
            try await bench.faults.order(.init(kind: .timeout, operation: .void, code: nil, count: 1))
            await expect(.fault(.pending)) {
                _ = try await once("K", bench, through: deaf) {
                    try await $0.void(payment.id, of: .shop, answering: $1)
                }
            }
            #expect(try await verdict(bench) == "under way")
            bench.clock.advance(seconds: 61)
            try await bench.gateway.runDue()
            let answer = try await once("K", bench) { try await $0.void(payment.id, of: .shop, answering: $1) }
            #expect(answer == "voided - []")
        }
    }
}
