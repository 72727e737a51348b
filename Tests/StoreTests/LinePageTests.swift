import Payments
import Store
import Testing

/// Lines of one amount, page by page.
@Suite struct LinePageTests {
    @Test(arguments: TestEngine.all, [1, 2, 3, 9])
    func `page by page every line comes once, the newest first, whatever became of it`(
        engine: TestEngine, size: Int
    ) async throws {
        try await withStore(engine) { store in
            // Three of one moment, as a bank tells them that names the day alone.
            let lines = [
                line(1, satang: 5, at: 7), line(2, satang: 5, at: 7), line(3, satang: 5, at: 9, use: .matched(id(9))),
                line(4, satang: 5, at: 7), line(5, satang: 5, at: 3), line(6, satang: 5, at: 1),
                line(7, satang: 6, at: 7), line(8, account: 2, satang: 5, at: 7), line(9, satang: 5, at: 7, of: .stall),
            ]
            try await store.commit(lines.map { .insertLine($0) })
            var numbers: [Int64] = []
            var last: StatementLine?
            repeat {
                let behind = last
                let page = try await store.read { reader in
                    try reader.lines(
                        of: .shop, account: 1, amount: baht(5), since: .after(3), after: behind, limit: size)
                }
                #expect(page.count <= size)
                numbers += page.map(\.number)
                last = page.last
            } while last != nil
            #expect(numbers == [3, 4, 2, 1, 5])
        }
    }
}
