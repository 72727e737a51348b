import Gateway
import Payments
import Rails
import Store
import Testing

@Suite struct IdempotencyTests {
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
