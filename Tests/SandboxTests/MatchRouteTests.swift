import APISupport
import Gateway
import HTTPTypes
import Hummingbird
import Money
import Payments
import Store
import Testing
import WireKit

@testable import mekong

/// `GET /statements/…/unmatched` and `POST /statements/…/match`: a person's tool where a gateway serves.
@Suite struct MatchRouteTests {
    private static let key = [("authorization", "Bearer " + DemoMerchant.statementsKey)]

    private func read(_ sandbox: Sandbox, _ satang: Int64, account: Int64 = 1) async throws {
        _ = try await sandbox.host.gateway.importLines(
            [
                BankCredit(
                    key: "k\(satang)", amount: Money(minorUnits: satang, .THB),
                    creditedAt: sandbox.host.clock.now(), payerBank: "014", payerAccount: "1112223334",
                    payerName: "สมชาย \u{1B}[2J", description: "โอนเงิน", reference: "REF-1")
            ], of: DemoMerchant.id, account: account)
    }

    private func match(_ sandbox: Sandbox, _ line: Int, _ deposit: String) async throws -> Answer {
        try await sandbox.send(
            .post, "/statements/demo/1/match", Self.key,
            body: #"{"line": \#(line), "deposit": "\#(deposit)", "by": "somchai"}"#)
    }

    @Test func `what two deposits fit is shown with both, and pays the one that is named`() async throws {
        try await withSandbox { sandbox in
            let deposits = [
                try await sandbox.deposit(10_050, payers: ["1112223334"]),
                try await sandbox.deposit(10_050, payers: ["1112223334"]),
            ]
            try await read(sandbox, 10_050)
            let shown = try await sandbox.send(.get, "/statements/demo/1/unmatched", Self.key)
            #expect(shown.status == 200 && shown.show("has_more", "lines.0.line", "lines.0.amount") == "false 1 100.50")
            let line = "lines.0."
            #expect(shown.show(line + "payer_account", line + "payer_bank", line + "reference") == "X223334 014 REF-1")
            let (first, second) = (line + "deposits.0.", line + "deposits.1.")
            #expect(shown.show(first + "id", second + "id") == "\(deposits[1].id) \(deposits[0].id)")
            #expect(shown.show(first + "reason", first + "payer_accounts.0") == "ambiguous X223334")
            #expect(!shown.text.contains("1112223334"))
            let done = try await match(sandbox, 1, deposits[0].id.hex)
            #expect(done.status == 200 && done.show("status", "line", "was_late") == "paid 1 false")
            let again = try await match(sandbox, 1, deposits[1].id.hex)
            #expect(again.status == 409 && again.show("error").contains("has paid deposit \(deposits[0].id) already"))
            let rest = try await sandbox.send(.get, "/statements/demo/1/unmatched", Self.key)
            #expect(rest.show("lines.0.line") == "-" && rest.text.contains("\"lines\":[]"))
            let kept = try await sandbox.host.gateway.line(1, of: DemoMerchant.id).assignment
            #expect(kept?.person == "somchai")
        }
    }

    @Test func `in words no account is whole, and nothing moves the cursor`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.deposit(10_050, payers: ["1112223334"])
            _ = try await sandbox.deposit(10_050, payers: ["1112223334"])
            try await read(sandbox, 10_050)
            let found = try await sandbox.host.gateway.unmatchedLines(
                of: DemoMerchant.id, account: 1, since: Instant(microseconds: 0), limit: 9)
            let text = UnmatchedReport(found: found, merchant: DemoMerchant.id, account: 1).text
            #expect(text.contains("line 1  2026-03-02 12:00:0") && text.contains("100.50 THB  new"))
            #expect(text.contains("payer: สมชาย  [2J, X223334, "))
            #expect(text.contains("says: REF-1, โอนเงิน") && text.contains("ambiguous, several deposits or lines fit"))
            #expect(!text.contains("1112223334") && !text.contains("\u{1B}"))
        }
    }

    @Test func `a deposit that lapsed is paid late, and one that was not is refused`() async throws {
        try await withSandbox { sandbox in
            let late = try await sandbox.deposit(10_050, payers: ["1112223334"])
            try await sandbox.advance(seconds: 1_000)
            try await read(sandbox, 10_050)
            let done = try await match(sandbox, 1, late.id.hex)
            #expect(done.show("status", "was_late") == "paid true")
            try await read(sandbox, 20_000)
            #expect(try await match(sandbox, 2, late.id.hex).status == 409)
            #expect(try await match(sandbox, 2, "nobody").status == 404)
            #expect(try await match(sandbox, 9, late.id.hex).status == 404)
        }
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"line":"1","deposit":"x","by":"y"}"#, #"{"line":1.5,"deposit":"x","by":"y"}"#,
        #"{"line":1,"by":"y"}"#, #"{"line":1,"deposit":"","by":"y"}"#, #"{"line":1,"deposit":"x"}"#,
        #"{"line":1,"deposit":"x","by":" "}"#, #"{"line":1,"deposit":7,"by":"y"}"#,
        #"{"line":99999999999999999999,"deposit":"x","by":"y"}"#, #"{"line":1,"deposit":"x","by":"a\u0000b"}"#,
    ])
    func `a body that says nothing of the kind is refused`(body: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.send(.post, "/statements/demo/1/match", Self.key, body: body)
            #expect(answer.status == 422 && answer.show("error") != "-", "\(body): \(answer.text)")
        }
    }

    @Test(arguments: [
        ("/statements/nobody/1/unmatched", 404), ("/statements/demo/9/unmatched", 404),
        ("/statements/demo/1/unmatched?limit=0", 422), ("/statements/demo/1/unmatched?limit=1001", 422),
        ("/statements/demo/1/unmatched?limit=x", 422), ("/statements/demo/1/unmatched?since=yesterday", 422),
        ("/statements/demo/1/unmatched?since=2026-02-30", 422), ("/statements/demo/1/unmatched?since=2026-03-02", 200),
    ])
    func `an unknown account, day or limit is refused`(path: String, status: Int) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.send(.get, path, Self.key)
            #expect(answer.status == status, "\(answer.text)")
        }
    }

    @Test func `without the key nothing is shown, and nothing is done`() async throws {
        try await withSandbox { sandbox in
            let deposit = try await sandbox.deposit(10_050, payers: ["1112223334"])
            for headers in [[], [("authorization", "Bearer wrong")]] {
                let shown = try await sandbox.send(.get, "/statements/demo/1/unmatched", headers)
                let done = try await sandbox.send(
                    .post, "/statements/demo/1/match", headers,
                    body: #"{"line": 1, "deposit": "\#(deposit.id)", "by": "x"}"#)
                #expect(shown.status == 401 && done.status == 401)
            }
        }
    }
}
