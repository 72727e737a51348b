import Gateway
import Payments
import Statements

/// Imports files into one collection account. What was read is kept, whatever comes behind it, and pays deposits once the
/// file is at its end.
struct StatementImporter: Sendable {
    let gateway: Gateway
    let merchant: MerchantID
    let account: CollectionAccount

    /// - Parameter progress: called after each batch.
    /// - Throws: `GatewayFault.unavailable` where the gateway's data cannot be reached, and `CancellationError` where the
    ///   task was cancelled before the file's end. Everything before stands.
    func run(
        _ source: StatementSource, format: StatementFormat, map: ColumnMap?,
        progress: (ImportReport) -> Void = { _ in }
    ) async throws -> ImportReport {
        let feed = ItemFeed(StatementReader(format, account: account.account, map: map), source)
        defer { feed.end() }
        var intake = try gateway.statement(of: merchant, account: account.number)
        var report = ImportReport()
        for await batch in feed.batches {
            try await take(batch, &intake, &report)
            feed.taken()
            if batch.isLast { try await intake.match() }
            report.summary = intake.summary
            progress(report)
            if batch.isLast { return report }
        }
        // A stream ends quietly for a task that is cancelled: there was more.
        throw CancellationError()
    }

    private func take(
        _ batch: ItemFeed.Batch, _ intake: inout StatementIntake, _ report: inout ImportReport
    ) async throws {
        let now = gateway.clock.now()
        var credits: [(credit: BankCredit, line: Int)] = []
        for item in batch.items {
            switch item {
            case .credit(let credit, let line) where credit.isAhead(of: now):
                report.refuse(RefusedLine(line: line, reason: "the line is of a time that has not come"))
            case .credit(let credit, let line): credits.append((credit, line))
            case .debit: report.debits += 1
            case .refused(let line): report.refuse(line)
            }
        }
        report.fault = batch.fault
        try await keep(credits[...], &intake, &report)
    }

    /// What the gateway does not take is taken line by line, until the one is found that it cannot.
    private func keep(
        _ credits: ArraySlice<(credit: BankCredit, line: Int)>, _ intake: inout StatementIntake,
        _ report: inout ImportReport
    ) async throws {
        var rest = credits
        while let first = rest.first {
            let before = intake.summary.taken
            do {
                return try await intake.keep(rest.map(\.credit))
            } catch let error where error as? GatewayFault == .unavailable || error is CancellationError {
                throw error
            } catch  where rest.count > 1 {
                rest = rest.dropFirst(intake.summary.taken - before)
                let batch = rest.prefix(Gateway.importBatch)
                for index in batch.indices { try await keep(rest[index...index], &intake, &report) }
                rest = rest.dropFirst(batch.count)
            } catch {
                return report.refuse(
                    RefusedLine(line: first.line, reason: "the gateway cannot keep the line: \(error)"))
            }
        }
    }
}
