import Money
import Payments
import TestSupport
import Testing

@Suite struct DepositMatcherTests {
    @Test func `in twenty thousand small worlds the matcher and a slow model agree`() {
        var (matched, ambiguous) = (0, 0)
        for seed in 0..<20_000 {
            var random = SplitMix64(seed: UInt64(seed))
            let world = MatcherWorld(&random)
            let wanted = MatcherModel.pairs(world)
            let got = pairs(world.lines, world.deposits)
            #expect(Set(got) == wanted && got.count == wanted.count, "seed \(seed)")
            matched += got.count
            ambiguous +=
                wanted.isEmpty
                    && world.lines.contains { line in
                        world.deposits.contains { MatcherModel.fits(line, $0) }
                    } ? 1 : 0
            let shuffled = pairs(world.lines.shuffled(using: &random), world.deposits.shuffled(using: &random))
            #expect(Set(shuffled) == wanted, "seed \(seed): the order counts")
        }
        // Worlds in which nothing happens would prove nothing.
        #expect(matched > 2_000 && ambiguous > 200)
    }

    @Test func `in worlds of one popular amount the matcher and a slow model agree`() {
        var (matched, left) = (0, 0)
        for seed in 0..<800 {
            var random = SplitMix64(seed: UInt64(seed))
            let world = MatcherWorld(popular: &random)
            let wanted = MatcherModel.pairs(world)
            let got = pairs(world.lines, world.deposits)
            #expect(Set(got) == wanted && got.count == wanted.count, "seed \(seed)")
            matched += got.count
            left += min(world.lines.count, world.deposits.count) - got.count
            let shuffled = pairs(world.lines.shuffled(using: &random), world.deposits.shuffled(using: &random))
            #expect(Set(shuffled) == wanted, "seed \(seed): the order counts")
        }
        #expect(matched > 400 && left > 400)
    }

    @Test func `thirty thousand deposits and as many lines of one amount are matched by their signs`() {
        // Pair by pair this would be a thousand million comparisons, several times over.
        let crowd = 30_000
        let lines = (0..<crowd).map { number in
            MatcherWorld.line(number, payer: number % 1_000 == 0 ? "5\(100_000_000 + number)" : nil)
        }
        let deposits = (0..<crowd).map { number in
            MatcherWorld.deposit(number, payers: number % 1_000 == 0 ? ["5\(100_000_000 + number)"] : [])
        }
        let wanted = (0..<crowd / 1_000).map { number in
            [lines[number * 1_000].id.hex, deposits[number * 1_000].id.hex]
        }
        #expect(pairs(lines, deposits) == wanted)
    }

    @Test func `read batch by batch, no deposit is paid twice and no line pays twice`() {
        for seed in 0..<5_000 {
            var random = SplitMix64(seed: UInt64(seed))
            let world = MatcherWorld(&random)
            var (deposits, read) = (world.deposits, [StatementLine]())
            var paid: [ID<Payment>] = []
            var used: [ID<StatementLine>] = []
            for batch in batches(world.lines, &random) {
                read += batch
                for match in DepositMatcher.matches(read, deposits)
                where batch.contains(where: { $0.id == match.line.id }) {
                    paid.append(match.deposit.id)
                    used.append(match.line.id)
                    #expect(MatcherModel.fits(match.line, match.deposit), "seed \(seed)")
                }
                deposits.removeAll { paid.contains($0.id) }
                read.removeAll { used.contains($0.id) }
            }
            #expect(Set(paid).count == paid.count && Set(used).count == used.count, "seed \(seed)")
        }
    }

    @Test(arguments: [
        ("1112223334", "1112223334", true), ("111-2-22333-4", "1112223334", true), ("1112223334", "1112223335", false),
        ("2223334", "1112223334", false), ("X223334", "1112223334", true), ("X23334", "X223334", true),
        ("xxx-x-x2333-x", "1112223334", true), ("xxx-x-x2333-x", "1110023339", true),
        ("xxx-x-x2333-x", "xxx-x-x2333-x", true), ("***434783", "X434783", true), ("X434783", "83", false),
        ("", "1", false), ("", "", false), ("XXX", "XXX", false), ("XXX", "123", false), ("12XX34", "129934", true),
        ("12XX34", "99129934", false), ("۱۲۳", "123", false),
    ])
    func `a masked number is another's where every digit that both show is the same`(
        a: String, b: String, areSame: Bool
    ) {
        #expect(MaskedAccount.areSame(a, b) == areSame)
        #expect(MaskedAccount.areSame(b, a) == areSame)
    }

    @Test func `accounts in more shapes than banks have leave their amount alone, whoever made them up`() {
        // Every number of these has its marks in other places.
        func shapes(_ count: Int) -> [String] {
            (0..<count).map { number in
                "9" + String((0..<14).map { number >> $0 & 1 == 1 ? "X" : "7" }) + "5"
            }
        }
        let payer = "1112223334"
        let (line, deposit) = (MatcherWorld.line(0, payer: payer), MatcherWorld.deposit(0, payers: [payer]))
        func deposits(_ count: Int) -> [Payment] {
            shapes(count).enumerated().map { MatcherWorld.deposit($0.offset + 1, payers: [$0.element]) }
        }
        func lines(_ count: Int) -> [StatementLine] {
            shapes(count).enumerated().map { MatcherWorld.line($0.offset + 1, payer: $0.element) }
        }
        let pair = [[line.id.hex, deposit.id.hex]]
        #expect(pairs([line], [deposit] + deposits(63)) == pair)
        #expect(pairs([line] + lines(63), [deposit]) == pair)
        #expect(pairs([line], [deposit] + deposits(64)).isEmpty)
        #expect(pairs([line] + lines(64), [deposit]).isEmpty)
        // In one deposit alone, and so many that to compare them all would never end.
        #expect(pairs([line], [MatcherWorld.deposit(0, payers: [payer] + shapes(64))]).isEmpty)
        let crowd = (1...3_000).map { MatcherWorld.line($0, payer: "5\(100_000_000 + $0)") }
        #expect(pairs([line] + crowd, [deposit] + deposits(16_000)).isEmpty)
    }

    @Test func `a credit of a day reaches no longer than a day, nor beyond the moment it is read`() {
        let credit = BankCredit(
            key: "k", amount: baht(1), creditedAt: noon, creditedUntil: noon.adding(seconds: 200_000))
        #expect(credit.creditedLast == noon.adding(seconds: BankCredit.longestSpan))
        #expect(credit.read(at: noon.adding(seconds: 60)).creditedLast == noon.adding(seconds: 60))
        #expect(credit.read(at: noon.adding(seconds: -60)) == credit)
        #expect(credit.read(at: noon.adding(seconds: 90_000)) == credit)
    }

    private func pairs(_ lines: [StatementLine], _ deposits: [Payment]) -> [[String]] {
        DepositMatcher.matches(lines, deposits).map { [$0.line.id.hex, $0.deposit.id.hex] }
    }

    private func batches(_ lines: [StatementLine], _ random: inout SplitMix64) -> [[StatementLine]] {
        var (rest, batches) = (lines[...], [[StatementLine]]())
        while !rest.isEmpty {
            let count = Int.random(in: 1...rest.count, using: &random)
            batches.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return batches
    }
}
