import Money
import TestSupport
import Testing

@Suite struct AllocationTests {
    @Test(
        arguments: [
            (100, [1, 1, 1], [34, 33, 33]), (-100, [1, 1, 1], [-34, -33, -33]), (101, [1, 1, 1], [34, 34, 33]),
            (5, [3, 7], [2, 3]), (10, [0, 1, 0], [0, 10, 0]), (1, [0, 1, 1], [0, 1, 0]), (0, [1, 2], [0, 0]),
            (7, [5], [7]), (100, [1, 2, 4], [14, 29, 57]), (1, [1, 2, 1], [0, 1, 0]),
            (Int64.max, [Int64.max, Int64.max], [Int64.max / 2 + 1, Int64.max / 2]), (Int64.min, [1], [Int64.min]),
            (Int64.min, [1, 1], [Int64.min / 2, Int64.min / 2]),
        ] as [(Int64, [Int64], [Int64])])
    func `shares follow the weights and the largest remainders`(
        whole: Int64, weights: [Int64], shares: [Int64]
    ) throws {
        let expected = shares.map { Money(minorUnits: $0, .THB) }
        #expect(try Money(minorUnits: whole, .THB).allocated(over: weights) == expected)
    }

    @Test(arguments: [[], [0], [0, 0], [-1], [5, -1]] as [[Int64]])
    func `weights are not negative and not all zero`(weights: [Int64]) {
        #expect(throws: MoneyError.outOfRange) { try Money(minorUnits: 100, .THB).allocated(over: weights) }
    }

    @Test func `shares add up to the whole and each is within one unit of its exact part`() throws {
        var random = SplitMix64(seed: 2)
        for _ in 0..<3_000 {
            let whole = random.anyInt64()
            var weights = (0..<Int.random(in: 1...12, using: &random)).map { _ in random.anyInt64() & Int64.max }
            weights[0] = max(weights[0], 1)
            let shares = try Money(minorUnits: whole, .KHR).allocated(over: weights)
            expectFair(shares.map(\.minorUnits), of: whole, over: weights)
        }
    }

    private func expectFair(_ shares: [Int64], of whole: Int64, over weights: [Int64]) {
        let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
        let total = shares.reduce(Int128(0)) { $0 + Int128($1) }
        let isFair = zip(shares, weights).allSatisfy { share, weight in
            // |share - whole × weight / sum| < 1, by parts so that nothing overflows.
            let exact = (Int128(whole) * Int128(weight)).quotientAndRemainder(dividingBy: sum)
            let off = Int128(share) - exact.quotient
            return off == 0 || (off == exact.remainder.signum() && exact.remainder != 0)
        }
        guard total == Int128(whole), isFair else {
            Issue.record("\(whole) over \(weights) came out as \(shares)")
            return
        }
    }

    @Test(
        arguments: [
            (501, 5_025, 20_050, 126), (25, 1, 2, 12), (35, 1, 2, 18), (-25, 1, 2, -12), (100, 0, 7, 0),
            (100, 7, 7, 100),
            (Int64.max, Int64.max, Int64.max, Int64.max), (Int64.max, 1, Int64.max, 1),
        ] as [(Int64, Int64, Int64, Int64)])
    func `a share is in proportion, half to even`(amount: Int64, part: Int64, whole: Int64, share: Int64) throws {
        let baht = { Money(minorUnits: $0, .THB) }
        #expect(try baht(amount).share(baht(part), of: baht(whole)) == baht(share))
    }

    @Test func `a share of nothing, of another currency or beyond the range is refused`() {
        let one = Money(minorUnits: 1, .THB)
        #expect(throws: MoneyError.outOfRange) { try one.share(one, of: Money(minorUnits: 0, .THB)) }
        #expect(throws: MoneyError.outOfRange) { try Money(minorUnits: .max, .THB).share(one.adding(one), of: one) }
        #expect(throws: MoneyError.currencyMismatch) { try one.share(Money(minorUnits: 1, .USD), of: one) }
    }
}
