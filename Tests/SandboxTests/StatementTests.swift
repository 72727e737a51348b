import APISupport
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Money
import NIOCore
import Payments
import Store
import Testing
import WireKit

@testable import mekong

/// `POST /statements/{merchant}/{account}`: a bank's file, handed in by the operator's own program.
@Suite struct StatementTests {
    private static let key = [("authorization", "Bearer " + DemoMerchant.statementsKey)]

    /// Lines of 2 March 2026 in Bangkok, on the demo merchant's first account.
    private static func statement(_ lines: String...) -> String {
        ":20:S\n:25:0123456789\n:28C:1\n:60F:C260302THB0,\n" + lines.joined(separator: "\n") + "\n:62F:C260302THB0,\n"
    }

    @Test func `a file pays the deposit that waits, and is known the second time`() async throws {
        try await withSandbox { sandbox in
            let deposit = try await sandbox.deposit(10_050)
            let file = Self.statement(
                ":61:260302C100,5NTRFNONREF//A", ":61:260302D5,NCHGNONREF", ":61:260302C7,NTRFX//B")
            let path = "/statements/demo/1?format=mt940"
            let first = try await sandbox.send(.post, path, Self.key, body: file)
            #expect(first.status == 200 && first.show("new", "known", "matched", "debits", "refused") == "2 0 1 1 0")
            let second = try await sandbox.send(.post, path, Self.key, body: file)
            #expect(second.show("new", "known", "matched", "debits", "refused", "status") == "0 2 0 1 0 ok")
            let paid = try await sandbox.host.gateway.store.read { try $0.payment(deposit.id) }
            #expect(paid?.state == .settled)
        }
    }

    @Test func `a day's line meets the one deposit of that day, and not one of two`() async throws {
        try await withSandbox { sandbox in
            let path = "/statements/demo/1?format=mt940"
            _ = try await sandbox.deposit(20_000)
            _ = try await sandbox.deposit(20_000)
            let file = Self.statement(":61:260302C200,NTRFNONREF//A", ":61:260301C300,NTRFNONREF//B")
            _ = try await sandbox.deposit(30_000)
            #expect(try await sandbox.send(.post, path, Self.key, body: file).show("new", "matched") == "2 0")
            // What the bank told before a deposit was opened is not that deposit's.
            sandbox.host.clock.offsetSeconds += 60
            _ = try await sandbox.deposit(40_000)
            let early = Self.statement(":61:260302C500,NTRFNONREF//C")
            _ = try await sandbox.send(.post, path, Self.key, body: early)
            sandbox.host.clock.offsetSeconds += 60
            let late = try await sandbox.deposit(50_000)
            let known = try await sandbox.send(.post, path, Self.key, body: early)
            #expect(known.show("known", "matched") == "1 0")
            let state = try await sandbox.host.gateway.store.read { try $0.payment(late.id)?.state }
            #expect(state == .presented)
        }
    }

    @Test func `a credit that was ordered is known when a file tells of it, by its reference`() async throws {
        try await withSandbox { sandbox in
            let order = "{\"amount\":\"12.50\",\"reference\":\"R-1\"}"
            #expect(try await sandbox.ask(.post, "/bank/credits", order).show("new") == "true")
            sandbox.host.clock.offsetSeconds += 86_400
            // The same reference is one line, whatever else has changed.
            let again = try await sandbox.ask(.post, "/bank/credits", "{\"amount\":\"9\",\"reference\":\"R-1\"}")
            #expect(again.show("new") == "false")
            let file = Self.statement(":61:260302C12,5NTRFNONREF//R-1", ":61:260302C12,5NTRFNONREF//R-2")
            let answer = try await sandbox.send(.post, "/statements/demo/1?format=mt940", Self.key, body: file)
            #expect(answer.show("new", "known") == "1 1")
        }
    }

    @Test func `a line of a time that has not come is refused`() async throws {
        try await withSandbox { sandbox in
            let file = Self.statement(":61:260304C100,NTRFNONREF//A", ":61:260302C100,NTRFNONREF//B")
            let path = "/statements/demo/1?format=mt940"
            let answer = try await sandbox.send(.post, path, Self.key, body: file)
            #expect(answer.show("new", "refused", "refused_lines.0.line") == "1 1 5")
            let ahead = sandbox.host.clock.now().adding(seconds: 301).iso8601
            let order = "{\"amount\":\"1\",\"at\":\"\(ahead)\"}"
            #expect(try await sandbox.ask(.post, "/bank/credits", order).status == 422)
        }
    }

    @Test func `a file that is no XML from some place on is mended, and pays nothing twice`() async throws {
        try await withSandbox { sandbox in
            func entry(_ amount: String, _ name: String) -> String {
                "<Ntry><Amt Ccy=\"THB\">\(amount)</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
                    + "<BookgDt><Dt>2026-03-02</Dt></BookgDt><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>\(name)</Nm></Dbtr>"
                    + "</RltdPties></TxDtls></NtryDtls></Ntry>\n"
            }
            func hand(_ name: String) async throws -> Answer {
                let file =
                    "<Document><BkToCstmrStmt><Stmt><Id>S</Id><Acct><Id><Othr><Id>0123456789</Id></Othr></Id></Acct>\n"
                    + entry("100.00", "SOMSRI") + entry("200.00", name) + entry("300.00", "SOMBAT")
                    + "</Stmt></BkToCstmrStmt></Document>"
                return try await sandbox.send(.post, "/statements/demo/1?format=camt053", Self.key, body: file)
            }
            func open(_ satang: Int64) async throws -> ID<Payment> { try await sandbox.deposit(satang).id }
            let deposits = try await [open(10_000), open(20_000), open(30_000)]
            let damaged = try await hand("SOMCHAI & SONS")
            #expect(damaged.status == 422 && damaged.show("new", "matched") == "1 1", "\(damaged.text)")
            #expect(damaged.show("error").hasPrefix("line 3: "))
            let others = try await [open(10_000), open(20_000), open(30_000)]
            let mended = try await hand("SOMCHAI &amp; SONS")
            #expect(mended.status == 200 && mended.show("new", "known") == "2 1", "\(mended.text)")
            #expect(try await hand("SOMCHAI &amp; SONS").show("new", "known") == "0 3")
            let paid = try await sandbox.host.gateway.store.read { reader in
                try (deposits + others).map { try reader.payment($0)?.state == .settled }
            }
            // Two that fit are a person's choice; the one that was paid is paid, and its line pays no other.
            #expect(paid == [true, false, false, false, false, false])
        }
    }

    @Test func `an amount beyond what a statement may tell does not arrive`() async throws {
        try await withSandbox { sandbox in
            for amount in ["1000000000000.01", "92233720368547758.07"] {
                let answer = try await sandbox.ask(.post, "/bank/credits", "{\"amount\":\"\(amount)\"}")
                #expect(answer.status == 422 && answer["error"] != nil)
            }
            #expect(try await sandbox.ask(.post, "/bank/credits", "{\"amount\":\"1000000000000\"}").status == 200)
        }
    }

    @Test(arguments: ["-", "N/A", "XXXXXXXXXX", " "])
    func `a credit that shows no payer pays a deposit of one payer, and one that shows another does not`(
        account: String
    ) async throws {
        try await withSandbox { sandbox in
            let deposit = try await sandbox.deposit(10_000, payers: ["1112223334"], reference: "DP1")
            let other = "{\"amount\":\"100\",\"from_account_no\":\"5556667778\"}"
            #expect(try await sandbox.control(.post, "/bank/credits", other).show("matched") == "false")
            let silent = "{\"amount\":\"100\",\"from_account_no\":\"\(account)\"}"
            #expect(try await sandbox.control(.post, "/bank/credits", silent).show("matched") == "true")
            let state = try await sandbox.host.gateway.store.read { try $0.payment(deposit.id)?.state }
            #expect(state == .settled)
        }
    }

    @Test func `refused lines are told with their numbers, and the others are kept`() async throws {
        try await withSandbox { sandbox in
            let file = Self.statement(":61:260302RC1,NTRFX//A", ":61:260302C2,NTRFX//B", ":61:bad")
            let answer = try await sandbox.send(.post, "/statements/demo/1?format=mt940", Self.key, body: file)
            #expect(answer.status == 200 && answer.show("new", "refused", "status") == "1 2 refused_lines")
            #expect(answer.show("refused_lines.0.line", "refused_lines.1.line") == "5 7")
        }
    }

    @Test(arguments: [
        [("authorization", "Bearer wrong")], [], [("authorization", DemoMerchant.statementsKey)],
        [("authorization", "Basic " + DemoMerchant.statementsKey)], [("authorization", "Bearer ")],
        [("x-api-key", DemoMerchant.kpaymentSecretKey)],
    ])
    func `without the key nothing is read`(headers: [(String, String)]) async throws {
        try await withSandbox { sandbox in
            for path in ["/statements/demo/1?format=mt940", "/statements/nobody/9"] {
                let answer = try await sandbox.send(.post, path, headers, body: Self.statement(":61:260302C2,NTRFX//B"))
                #expect(answer.status == 401 && answer.header("www-authenticate") == "Bearer")
            }
            let line = try? await sandbox.host.gateway.line(1, of: DemoMerchant.id)
            #expect(line == nil)
        }
    }

    @Test(arguments: [
        ("/statements/nobody/1?format=mt940", 404), ("/statements/demo/9?format=mt940", 404),
        ("/statements/demo/x?format=mt940", 404), ("/statements/demo/1", 422), ("/statements/demo/1?format=pdf", 422),
        ("/statements/demo/1?format=csv", 422), ("/statements/demo/1?format=csv&map=none", 422),
        ("/statements/demo/1?format=csv&map=..%2Fmaster", 422), ("/statements/demo/1?format=camt053", 422),
        ("/statements/demo/2?format=mt940", 422),
    ])
    func `an unknown account, format or map, or another account's file, is refused`(path: String, status: Int)
        async throws
    {
        try await withSandbox { sandbox in
            let file = Self.statement(":61:260302C2,NTRFX//B")
            let answer = try await sandbox.send(.post, path, Self.key, body: file)
            #expect(answer.status == status && answer.show("error") != "-", "\(answer.text)")
        }
    }

    @Test func `a map lies in the data folder, under its name`() async throws {
        let folder = try DataFolder(preparing: ":memory:")
        defer { folder.removeIfTemporary() }
        try FileManager.default.createDirectory(atPath: folder.path + "/maps", withIntermediateDirectories: true)
        let toml = """
            header = false
            [columns]
            date = 1
            amount = 2
            [formats]
            date = "yyyy-MM-dd"
            """
        let json = """
            {"header": false, "columns": {"date": 1, "amount": 2}, "formats": {"date": "yyyy-MM-dd"}, "skip": 1}
            """
        try Data(toml.utf8).write(to: URL(filePath: folder.path + "/maps/kbank.toml"))
        try Data(json.utf8).write(to: URL(filePath: folder.path + "/maps/scb.json"))
        try Data("columns = ".utf8).write(to: URL(filePath: folder.path + "/maps/bad.toml"))
        try await withSandbox(in: folder) { sandbox in
            let file = "2026-03-02,1\n2026-03-02,2\n"
            func hand(_ map: String) async throws -> Answer {
                try await sandbox.send(.post, "/statements/demo/1?format=csv&map=\(map)", Self.key, body: file)
            }
            let (scb, kbank, bad) = (try await hand("scb"), try await hand("kbank"), try await hand("bad"))
            #expect(scb.show("new", "known") == "1 0" && kbank.show("new", "known") == "1 1" && bad.status == 422)
        }
    }

    @Test func `a body beyond the limit is refused`() async throws {
        try await withSandbox { sandbox in
            let router = Router(context: MekongContext.self)
            let access = StatementAccess(key: Secret(DemoMerchant.statementsKey), maps: nil, limit: 10)
            StatementRoutes(gateway: sandbox.host.gateway, access: access).addRoutes(to: router)
            let status = try await Application(router: router).test(.router) { client in
                try await client.execute(
                    uri: "/statements/demo/1?format=mt940", method: .post,
                    headers: [.authorization: "Bearer " + DemoMerchant.statementsKey],
                    body: ByteBuffer(string: Self.statement())
                ) { $0.status.code }
            }
            #expect(status == 413)
        }
    }
}
