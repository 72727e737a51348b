import Foundation
import Payments
import Rails
import TestSupport
import Testing

/// Several processes on one bank's file, each with a `SandboxBank` of its own.
@Suite struct SharedBankTests {
    private func authorization(_ number: UInt64) -> AuthorizationRequest {
        AuthorizationRequest(
            reference: RailReference(.authorize, of: ID(high: 7, low: number)), acceptor: Mid.direct,
            amount: baht(1100), card: presented(TestCard.visa), authentication: nil)
    }

    /// Runs on two banks that share one file.
    private func withTwo(_ body: (Bench, SandboxBank, [SandboxAcquirer]) async throws -> Void) async throws {
        try await Bench.with { bench in
            let other = try SandboxBank(path: bench.folder + "/banks.sqlite")
            let now = bench.clock.now()
            try await body(bench, other, [bench.bank, other].map { SandboxAcquirer(bank: $0, now: { now }) })
            try other.close()
        }
    }

    /// What an acquirer answers to one more authorisation: a response code, or a question mark.
    private func answer(_ acquirer: SandboxAcquirer, _ number: Int) async -> String {
        switch await acquirer.authorize(authorization(UInt64(number))) {
        case .approved: "00"
        case .declined(let code): code
        case .unknown: "?"
        }
    }

    @Test(arguments: [(SandboxFaults.Kind.timeout, "?"), (.decline, "05"), (.unavailable, "91")])
    func `a fault ordered of one process is used once, by either`(
        kind: SandboxFaults.Kind, expected: String
    ) async throws {
        try await withTwo { bench, _, acquirers in
            for (round, acquirer) in acquirers.enumerated() {
                try await bench.faults.order(.init(kind: kind, operation: nil, code: nil, count: 1))
                #expect(await answer(acquirer, round * 3) == expected)
                for (index, acquirer) in acquirers.enumerated() {
                    #expect(await answer(acquirer, round * 3 + index + 1) == "00")
                }
            }
        }
    }

    @Test func `two processes never use one fault twice`() async throws {
        try await withTwo { bench, _, acquirers in
            try await bench.faults.order(.init(kind: .decline, operation: .authorize, code: "12", count: 25))
            try await bench.faults.order(.init(kind: .decline, operation: nil, code: "96", count: 15))
            let answers = await withTaskGroup(of: String.self) { group in
                for number in 0..<100 { group.addTask { await answer(acquirers[number % 2], number) } }
                return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(answers == ["12": 25, "96": 15, "00": 60])
        }
    }

    @Test func `two processes never refuse two transfers for one fault, nor credit one transfer twice`() async throws {
        try await withTwo { bench, other, _ in
            try await bench.faults.order(.init(rail: .bank, kind: .decline, operation: .authorize, count: 25))
            let (books, now) = ([bench.bank, other].map(StatementBook.init), bench.clock.now())
            let postings = try await together(100) { number in
                // Two of each name.
                let credit = bench.credit("key-\(number)", 100)
                return try await books[number % 2].post(
                    credit, named: "\(number / 2)", to: 1, of: .shop, through: .bank, at: now)
            }
            #expect(postings.count(of: .refused(code: "05")) == 25)
            let keys = postings.compactMap { posting in
                if case .told(let credit, 1) = posting { credit.key } else { nil }
            }
            #expect(keys.count == 75)
            let refused = Dictionary(grouping: postings.indices.filter { postings[$0] == .refused(code: "05") }) {
                $0 / 2
            }
            #expect(Set(keys).count == 50 - refused.values.filter { $0.count == 2 }.count)
        }
    }

    @Test(arguments: SandboxFaults.Kind.allCases)
    func `a transfer is told as its fault says, by whichever process`(kind: SandboxFaults.Kind) async throws {
        try await withTwo { bench, other, _ in
            try await bench.faults.order(.init(rail: .qr, kind: kind))
            let (credit, now) = (bench.credit("k"), bench.clock.now())
            let first = try await StatementBook(of: other).post(
                credit, named: "n", to: 1, of: .shop, through: .qr, at: now)
            let expected: (StatementBook.Posting, StatementBook.Posting) =
                switch kind {
                case .decline: (.refused(code: "EMIU"), .told(credit, times: 1))
                case .timeout: (.timeout, .told(credit, times: 1))
                case .unavailable: (.unavailable, .told(credit, times: 1))
                case .duplicateNotice: (.told(credit, times: 2), .told(credit, times: 1))
                case .lateNotice: (.late(again: false), .late(again: true))
                }
            #expect(first == expected.0)
            let again = try await StatementBook(of: bench.bank).post(
                credit, named: "n", to: 1, of: .shop, through: .qr, at: now)
            #expect(again == expected.1)
            let due = now.adding(seconds: BankNews.delaySeconds)
            let news = kind == .lateNotice ? [BankNews.Item.line(credit, of: .shop, account: 1)] : []
            #expect(try await bench.bank.news(by: due).map(\.item) == news)
            #expect(try await bench.bank.nextNews(after: now) == (news.isEmpty ? nil : due))
        }
    }

    @Test func `what would never be met is not ordered`() async throws {
        try await withTwo { bench, _, _ in
            var refusals = 0
            for fault in [
                SandboxFaults.Fault(kind: .lateNotice), .init(rail: .redirect, kind: .decline, operation: .capture),
                .init(rail: .bank, kind: .timeout, operation: .void), .init(kind: .decline, operation: .payout),
            ] {
                do {
                    try await bench.faults.order(fault)
                } catch is SandboxFaults.NeverMet {
                    refusals += 1
                }
            }
            #expect(refusals == 4)
            #expect(try await bench.faults.orders().isEmpty)
        }
    }

    @Test func `orders are taken back for every process, and by a reset`() async throws {
        try await withTwo { bench, other, acquirers in
            let fault = SandboxFaults.Fault(kind: .decline, operation: nil, code: nil, count: 5)
            try await bench.faults.order(fault)
            try await SandboxFaults(of: other).clear()
            #expect(await answer(acquirers[0], 1) == "00")
            try await bench.faults.order(fault)
            try await other.reset()
            #expect(await answer(acquirers[0], 2) == "00")
        }
    }

    @Test func `an order survives the process that took it`() async throws {
        try await Bench.with { bench in
            let path = bench.folder + "/other.sqlite"
            let first = try SandboxBank(path: path)
            try await SandboxFaults(of: first).order(.init(kind: .decline, operation: nil, code: "51", count: 1))
            try first.close()
            let second = try SandboxBank(path: path)
            let now = bench.clock.now()
            let acquirer = SandboxAcquirer(bank: second, now: { now })
            #expect(await answer(acquirer, 1) == "51")
            try second.close()
        }
    }

    @Test func `several processes may open a new file at the same moment`() async throws {
        try await Bench.with { bench in
            for round in 0..<10 {
                let path = bench.folder + "/new-\(round).sqlite"
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<6 { group.addTask { try SandboxBank(path: path).close() } }
                    try await group.waitForAll()
                }
            }
        }
    }
}
