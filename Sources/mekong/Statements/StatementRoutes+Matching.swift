import Gateway
import Hummingbird
import Payments
import WireKit

/// Lines that wait for a person: what `mekong statement unmatched` and `match` do, on a gateway that serves.
extension StatementRoutes {
    /// `GET /statements/{merchant}/{account}/unmatched?since=2026-03-02&limit=100`
    func showUnmatched(_ request: Request, _ context: MekongContext) async throws -> Response {
        let (merchant, account) = try place(request, context)
        let parameters = request.uri.queryParameters
        let since = parameters["since"].map { Instant(bangkokDay: String($0)) } ?? Instant(microseconds: 0)
        guard let since else { throw StatementRefusal(.unprocessableContent, "since must be a day such as 2026-03-02") }
        let most = StatementUnmatchedCommand.mostLines
        let limit = parameters["limit"].map { Int($0) } ?? 100
        guard let limit, (1...most).contains(limit) else {
            throw StatementRefusal(.unprocessableContent, "limit must be from 1 to \(most)")
        }
        let found = try await gateway.unmatchedLines(
            of: merchant, account: account.number, since: since, limit: limit)
        return .json(UnmatchedReport(found: found, merchant: merchant, account: account.number).json)
    }

    /// `POST /statements/{merchant}/{account}/match` with `{"line": 12, "deposit": "…", "by": "…"}`.
    func match(_ request: Request, _ context: MekongContext) async throws -> Response {
        let (merchant, account) = try place(request, context)
        let wanted = try await WantedMatch(request, at: gateway.clock.now())
        let done = try await gateway.assign(
            line: wanted.line, of: merchant, account: account.number, to: wanted.deposit, by: wanted.person)
        var json = JSONWriter(capacity: 192)
        json.object { json in
            json.member("status", "paid")
            json.member("line", wanted.line)
            json.member("deposit", done.step.payment.id.hex)
            json.member("was_late", done.isLate)
        }
        return .json(json.bytes)
    }
}

/// What a person says of a line.
private struct WantedMatch {
    let line: Int64
    let deposit: String
    let person: Assignment

    init(_ request: Request, at now: Instant) async throws {
        let body = try await request.wholeBody()
        guard let object = (try? JSON.parse(body))?.objectValue else {
            throw StatementRefusal(.unprocessableContent, "the body is no JSON object")
        }
        guard let line = object["line"]?.numberText.flatMap({ Int64($0) }) else {
            throw StatementRefusal(.unprocessableContent, "line must be a line's number")
        }
        guard let deposit = object["deposit"]?.stringValue, !deposit.isEmpty else {
            throw StatementRefusal(.unprocessableContent, "deposit must be a deposit's id or name")
        }
        guard let person = object["by"]?.stringValue.flatMap({ Assignment(person: $0, at: now) }) else {
            throw StatementRefusal(
                .unprocessableContent,
                "by must be a name of at most \(Assignment.longestPerson) characters, without control characters")
        }
        (self.line, self.deposit, self.person) = (line, deposit, person)
    }
}

extension StatementRefusal {
    init(_ refusal: AssignmentRefusal) {
        switch refusal {
        case .noLine, .noDeposit: self.init(.notFound, "\(refusal)")
        case .lineElsewhere, .manyDeposits, .fault, .busy: self.init(.conflict, "\(refusal)")
        }
    }
}
