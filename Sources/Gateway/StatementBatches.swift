import Payments
import Store

/// A batch of a statement's lines as it was decided on.
struct DecidedBatch: Sendable {
    /// The new lines' keys, and the numbers that they get.
    var keys: Set<String> = []
    var numbers: [Int64] = []
    /// How many lines are known.
    var known = 0
    /// From the first to the last number of the lines, new or known, that nothing has used.
    var unused: ClosedRange<Int64>?
    /// What it stores; nil where nothing is new.
    var changes: Changes?
}

extension Gateway {
    /// Decides on a batch by itself and stores it; where somebody else has read some of its lines meanwhile it is decided
    /// again. Takes from `numbers` what it uses.
    func keepBatch(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64, _ numbers: inout [Int64]
    ) async throws -> DecidedBatch {
        try await retrying {
            let batch = try await decide(credits, of: merchant, account: account, &numbers)
            do {
                if let changes = batch.changes { try await commit(changes) }
                return batch
            } catch {
                numbers = batch.numbers + numbers
                guard case StoreError.conflict(.duplicate(let name)) = error else { throw error }
                throw StoreError.conflict(.stale(name))
            }
        }
    }

    /// Loads which lines are known, and decides, as if lines with the keys `before` were stored already. Takes the new
    /// lines' numbers from `numbers`; where they are too few, as many more are reserved as `coming` lines behind the batch
    /// may need.
    func decide(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64, behind before: Set<String> = [],
        before coming: Int = 0, _ numbers: inout [Int64]
    ) async throws -> DecidedBatch {
        let (known, unused) = try await stored(credits, of: merchant, account: account)
        var seen = known.union(before)
        let now = clock.now()
        let fresh = credits.filter { seen.insert($0.key).inserted }.map { $0.read(at: now) }
        var batch = DecidedBatch(known: credits.count - fresh.count)
        if !fresh.isEmpty {
            if numbers.count < fresh.count {
                numbers += try await reserve(Int64(fresh.count - numbers.count + coming), of: .lines(of: merchant))
            }
            batch.keys = Set(fresh.map(\.key))
            batch.numbers = Array(numbers.prefix(fresh.count))
            numbers.removeFirst(fresh.count)
            var changes = Changes(at: now)
            for (credit, number) in zip(fresh, batch.numbers) {
                let line = StatementLine(
                    id: entropy.id(at: now), version: 1, merchant: merchant, account: account, number: number,
                    credit: credit, imported: now)
                insert(line, &changes)
            }
            batch.changes = changes
        }
        let places = unused + batch.numbers
        batch.unused = places.min().flatMap { first in places.max().map { first...$0 } }
        return batch
    }

    /// Which keys of these lines are known, and the numbers of the lines with them that nothing has used.
    private func stored(
        _ credits: [BankCredit], of merchant: MerchantID, account: Int64
    ) async throws -> (known: Set<String>, unused: [Int64]) {
        let keys = credits.map(\.key)
        return try await read { reader in
            let known = try reader.knownLines(keys, of: merchant, account: account)
            guard !known.isEmpty else { return (known, []) }
            return (known, try reader.unmatchedLines(Array(known), of: merchant, account: account).map(\.number))
        }
    }
}
