import Gateway
import Payments
import Rails
import Store
import Synchronization
import TestSupport
import Testing

@Suite struct IdempotencyTests {
    static let render: @Sendable (PaymentReport) -> [UInt8] = { report in
        let refunds = report.refunds.map(\.state.rawValue).joined(separator: ",")
        return Array("\(report.payment.state.rawValue) \(report.refusal ?? "-") [\(refunds)]".utf8)
    }

    /// Runs a request under a key as a dialect does, and gives its answer as text.
    func once(
        _ key: String?, _ bench: Bench, through gateway: Gateway? = nil, request: String = "{}", scope: String = "test",
        of merchant: MerchantID = .shop, _ run: (Gateway, Answering?) async throws -> PaymentReport
    ) async throws -> String {
        let gateway = gateway ?? bench.gateway
        let bytes = try await gateway.once(
            key, merchant: merchant, scope: scope, request: Array(request.utf8), render: Self.render
        ) { try await run(gateway, $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    func verdict(_ bench: Bench, key: String = "K", request: String = "{}") async throws -> String {
        let verdict = try await bench.gateway.idempotency(
            key, merchant: .shop, scope: "test", request: Array(request.utf8))
        return switch verdict {
        case .proceed: "proceed"
        case .replay(let bytes): "replay " + String(decoding: bytes, as: UTF8.self)
        case .interrupted(let subject): "interrupted " + String(subject.key.prefix { $0 != ":" })
        case .underWay: "under way"
        case .mismatch: "mismatch"
        }
    }

    /// A gateway that waits in its first request of this kind until the door opens.
    func waiting(_ bench: Bench, _ kind: RailReference.Kind, _ reached: Door, _ door: Door) -> Gateway {
        let acquirer = HookedAcquirer(bench.gateway.rails.acquirer) { reference in
            guard reference.kind == kind else { return }
            Task { await reached.pass() }
            await door.pass()
        }
        return bench.another(acquirer)
    }

    @Test func `the same request again gets the same answer and charges nobody again`() async throws {
        try await Bench.with { bench in
            #expect(try await verdict(bench) == "proceed")
            let command = try bench.command(await bench.token())
            for _ in 0..<3 {
                let answer = try await once("K", bench) { try await $0.charge(command, answering: $1) }
                #expect(answer == "authorized - []")
            }
            #expect(try await verdict(bench) == "replay authorized - []")
            #expect(try await bench.payments().count == 1)
        }
    }

    @Test func `without a key a request simply runs`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token())
            let answer = try await once(nil, bench) { try await $0.charge(command, answering: $1) }
            #expect(answer == "authorized - []")
            #expect(try await bench.count("idempotency") == 0)
        }
    }

    @Test func `the answer is what was said then, not what is so now`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token())
            _ = try await once("K", bench) { try await $0.charge(command, answering: $1) }
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            bench.clock.set(Instant.start.adding(seconds: 86_000))
            #expect(try await verdict(bench) == "replay authorized - []")
        }
    }

    @Test(arguments: [
        (TestCard.declined[0].0, "declined - []"), (TestCard.silent[0], "reversed - []"),
    ])
    func `an answer of failure is repeated too`(card: String, expected: String) async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token(card))
            for _ in 0..<2 {
                let answer = try await once("K", bench) { try await $0.charge(command, answering: $1) }
                #expect(answer == expected)
            }
        }
    }

    @Test func `a challenged charge repeats its answer at once`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token(), mid: Mid.secure)
            for _ in 0..<2 {
                let answer = try await once("K", bench) { try await $0.charge(command, answering: $1) }
                #expect(answer == "challenged - []")
            }
            #expect(try await bench.payments().count == 1)
        }
    }

    @Test func `voids, captures and refunds repeat their answers, refusals included`() async throws {
        try await Bench.with { bench in
            let (voided, captured) = (try await bench.charge(), try await bench.charge())
            try await bench.faults.order(.init(kind: .decline, operation: .void, code: "12", count: 1))
            for _ in 0..<2 {
                let void = try await once("V", bench) { try await $0.void(voided.id, of: .shop, answering: $1) }
                #expect(void == "authorized 12 []")
                let capture = try await once("C", bench) {
                    try await $0.capture(captured.id, of: .shop, amount: baht(500), answering: $1)
                }
                #expect(capture == "captured - []")
            }
            let settled = try await bench.settled()
            for _ in 0..<2 {
                let refund = try await once("R", bench) {
                    try await $0.refund(settled.id, of: .shop, amount: baht(100), reason: "", answering: $1)
                }
                #expect(refund == "settled - [sent]")
            }
            #expect(try await bench.refunds(of: settled).count == 1)
        }
    }

    @Test func `another body, or another operation, under the same key is a mismatch`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token())
            _ = try await once("K", bench) { try await $0.charge(command, answering: $1) }
            #expect(try await verdict(bench, request: "{ }") == "mismatch")
            let ending = await Ending.of {
                _ = try await once("K", bench, scope: "other") { try await $0.charge(command, answering: $1) }
            }
            #expect(ending == .fault(.keyMismatch))
        }
    }

    @Test func `a key is one merchant's own`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token())
            _ = try await once("K", bench) { try await $0.charge(command, answering: $1) }
            let theirs = try bench.command(await bench.token(of: .rival), by: merchant(.rival))
            let answer = try await once("K", bench, of: .rival) { try await $0.charge(theirs, answering: $1) }
            #expect(answer == "authorized - []")
            #expect(try await bench.payments().count == 2)
        }
    }

    @Test func `a refused request leaves its key free`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            let ending = await Ending.of {
                _ = try await once("K", bench) {
                    try await $0.capture(payment.id, of: .shop, amount: baht(9_999), answering: $1)
                }
            }
            #expect(ending == .fault(.refused(.exceeds(remaining: baht(1100)))))
            #expect(try await verdict(bench) == "proceed")
        }
    }

    @Test func `a key is remembered for a day`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge(mid: Mid.manual)
            _ = try await once("K", bench) {
                try await $0.capture(payment.id, of: .shop, amount: baht(1), answering: $1)
            }
            bench.clock.advance(seconds: 86_399)
            #expect(try await verdict(bench) == "replay captured - []")
            bench.clock.advance(seconds: 2)
            #expect(try await verdict(bench) == "proceed")
            // Nothing has swept the old one away yet.
            let command = try bench.command(await bench.token())
            let answer = try await once("K", bench) { try await $0.charge(command, answering: $1) }
            #expect(answer == "authorized - []")
        }
    }

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

    @Test func `a token is made once for a key, and its text is repeated`() async throws {
        try await Bench.with { bench in
            var texts: Set<String> = []
            for _ in 0..<3 {
                let bytes = try await bench.gateway.once(
                    "T", merchant: .shop, scope: "token", request: [1],
                    resume: { _ in Array("gone".utf8) },
                    run: { ticket in
                        let issued = try await bench.gateway.issueToken(
                            for: presented(TestCard.visa), merchant: .shop, terms: CardToken.Terms(), ticket: ticket,
                            render: { Array($0.text.expose().utf8) })
                        return Array(issued.text.expose().utf8)
                    })
                texts.insert(String(decoding: bytes, as: UTF8.self))
            }
            #expect(texts.count == 1)
            #expect(try await bench.count("card_tokens") == 1)
            let token = Secret(try #require(texts.first))
            #expect(try await bench.gateway.charge(bench.command(token)).payment.state == .authorized)
        }
    }

    @Test func `neither a key nor an answer can be read in the database`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token())
            _ = try await once("a-very-long-key-of-a-merchant", bench, request: "{\"body\":\"in the clear\"}") {
                try await $0.charge(command, answering: $1)
            }
            for text in ["a-very-long-key-of-a-merchant", "authorized - []", "in the clear"] {
                #expect(try !bench.fileHolds(text))
            }
        }
    }
}
