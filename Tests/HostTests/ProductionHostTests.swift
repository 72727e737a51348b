import Crypto
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import KPayment
import Logging
import Money
import NIOCore
import Payments
import Store
import Testing
import Webhooks
import WireKit

@testable import mekong

/// What `mekong serve` runs, in this process.
@Suite struct ProductionHostTests {
    let folder: ConfigurationFolder
    private let logger = Log.make("test", level: .critical)

    private static let secretKey = "skey_prod_of_a_merchant_who_is_not_the_demo"
    private static let publicKey = "pkey_prod_of_a_merchant_who_is_not_the_demo"
    private static let shop = MerchantID(rawValue: "shop")

    init() throws { folder = try ConfigurationFolder() }

    private func store() throws -> Store {
        Store(engine: try SQLiteEngine(path: folder.database, logger: logger))
    }

    private func open(and more: String = "") async throws -> ProductionHost {
        try await ProductionHost.open(
            try folder.read(and: more), migrate: "mekong migrate --config x", metrics: PrometheusMetrics(),
            logger: logger)
    }

    /// Runs `body` on a gateway that listens on this machine, and closes it.
    private func serving(
        and more: String = "", _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let host = try await open(and: more)
        try await Application(router: host.core.router(), logger: logger).test(.live, body)
        let worker = Task { try await host.core.worker.run() }
        worker.cancel()
        _ = await worker.result
        try await host.core.gateway.store.close()
    }

    /// A migrated database with one merchant, who is called from these addresses alone.
    private func prepare(allowing addresses: [String] = []) async throws {
        let store = try store()
        try await store.migrate()
        let key = try MasterKey.parse(ConfigurationFolder.masterKey)
        let vault = try await Vault.opening(store, masterKey: key, entropy: SystemEntropy())
        var settings = DialectSettings()
        settings.allowedAddresses = addresses
        let fees = FeePlan(discount: Rate(partsPerMillion: 0), vat: Rate(partsPerMillion: 0))
        var changes = Changes(at: SystemClock().now())
        changes.add(
            try MerchantDirectory.change(
                putting: Merchant(
                    id: Self.shop, name: "Shop",
                    acceptors: [
                        Acceptor(
                            mid: "401", product: .fullPayment, requiresAuthentication: false, currencies: [.THB],
                            fees: fees)
                    ], dialects: [KPayment.id.rawValue: settings])))
        for (role, text) in [(KPayment.Role.secret, Self.secretKey), (KPayment.Role.public, Self.publicKey)] {
            changes.add(
                try MerchantDirectory.change(
                    putting: Credential(merchant: Self.shop, dialect: KPayment.id, role: role, text: Secret(text)),
                    vault))
        }
        try await store.commit(changes)
        try await store.close()
    }

    /// What is said instead of starting.
    private func refusal() async throws -> String {
        do {
            _ = try await open()
            return ""
        } catch {
            return StartFault.explain(error, host: "h", port: 1)
        }
    }

    @Test func `a database that is not there is not made`() async throws {
        #expect(
            try await refusal() == "there is no database \(folder.database) yet; run mekong migrate --config x")
        let isThere = (try? store()) != nil
        #expect(isThere)
    }

    @Test func `a schema that is not this program's is not brought up to date in passing`() async throws {
        try await store().close()
        #expect(try await refusal() == "the database has no schema yet; run mekong migrate --config x")
        try await store().migrate()
        #expect(try await refusal() == "")
    }

    @Test func `another master key than the one that sealed is refused`() async throws {
        try await prepare()
        try folder.put("master.key", String(ConfigurationFolder.masterKey.reversed()))
        #expect(try await refusal() == "the master key does not open this database's keys")
    }

    @Test func `keys that everyone knows are refused`() async throws {
        try await prepare()
        let store = try store()
        let key = try MasterKey.parse(ConfigurationFolder.masterKey)
        let vault = try await Vault.opening(store, masterKey: key, entropy: SystemEntropy())
        var changes = Changes(at: SystemClock().now())
        let text = Secret(DemoMerchant.kpaymentSecretKey)
        changes.add(
            try MerchantDirectory.change(
                putting: Credential(merchant: Self.shop, dialect: KPayment.id, role: "secret", text: text), vault))
        try await store.commit(changes)
        let said = try await refusal()
        #expect(said.hasPrefix("the database holds the sandbox's secret key of kpayment, which everyone knows"))
        #expect(!said.contains(DemoMerchant.kpaymentSecretKey))
    }

    @Test func `the control API is not there, whatever is asked of it`() async throws {
        try await prepare()
        try await serving { client in
            for path in ["/sandbox/credentials", "/sandbox/clock", "/sandbox/webhooks", "/sandbox", "/no/such/page"] {
                let status = try await client.execute(uri: path, method: .get) { $0.status }
                #expect(status == .notFound)
            }
            for path in ["/sandbox/reset", "/sandbox/clock/advance", "/sandbox/faults"] {
                let status = try await client.execute(uri: path, method: .post) { $0.status }
                #expect(status == .notFound)
            }
            let ready = try await client.execute(uri: "/readyz", method: .get) { $0.status }
            #expect(ready == .ok)
        }
    }

    @Test func `a charge is refused for want of a route, and leaves nothing behind`() async throws {
        try await prepare()
        try await serving { client in
            let json = "{\"number\":\"4417706600005830\",\"name\":\"S\",\"expiry\":\"12/40\",\"cvv\":\"123\"}"
            let answer = try await client.execute(
                uri: "/ui/v2/token", method: .post, headers: [Self.keyHeader: Self.publicKey],
                body: ByteBuffer(string: json)
            ) { String(buffer: $0.body) }
            let token = try #require((try JSON.parse(answer)).objectValue?["token"]?.stringValue, "\(answer)")
            #expect(token.hasPrefix("tokn_prod_"))
            let charge = """
                {"amount":1,"currency":"THB","description":"d","source_type":"card","mode":"token",\
                "token":"\(token)","reference_order":"R1","additional_data":{"mid":"401"}}
                """
            let (status, body) = try await client.execute(
                uri: "/card/v2/charge", method: .post, headers: [Self.keyHeader: Self.secretKey],
                body: ByteBuffer(string: charge)
            ) { ($0.status, String(buffer: $0.body)) }
            #expect(status == .badRequest)
            #expect(body.contains("\"processing_card_error\""), "\(body)")
            let found = try await client.execute(
                uri: "/card/v2/charge/R1", method: .get, headers: [Self.keyHeader: Self.secretKey]
            ) { $0.status }
            #expect(found == .notFound)
        }
    }

    private static let keyHeader = HTTPField.Name("x-api-key")!
    private static let forwarded = HTTPField.Name("x-forwarded-for")!

    /// Whether a merchant who is called from 203.0.113.7 alone is let in.
    private func isLetIn(trusting proxies: String, forwardedFor: String?) async throws -> Bool {
        let letIn = Latch()
        try await serving(and: "proxies.trusted = \(proxies)\n") { client in
            var headers: HTTPFields = [Self.keyHeader: Self.secretKey]
            if let forwardedFor { headers[Self.forwarded] = forwardedFor }
            let body = try await client.execute(uri: "/card/v2/charge/none", method: .get, headers: headers) {
                String(buffer: $0.body)
            }
            letIn.set(!body.contains("ip_not_allow"))
        }
        return letIn.isSet
    }

    @Test func `a merchant's list of addresses holds for the caller, not for the proxy`() async throws {
        try await prepare(allowing: ["::ffff:203.0.113.7"])
        let trusted = "[\"127.0.0.0/8\", \"::1\"]"
        let throughProxy = try await isLetIn(trusting: trusted, forwardedFor: "198.51.100.1, 203.0.113.7")
        #expect(throughProxy)
        let other = try await isLetIn(trusting: trusted, forwardedFor: "203.0.113.7, 198.51.100.1")
        #expect(!other)
        let proxyItself = try await isLetIn(trusting: trusted, forwardedFor: nil)
        #expect(!proxyItself)
        let untrusted = try await isLetIn(trusting: "[\"192.0.2.0/24\"]", forwardedFor: "203.0.113.7")
        #expect(!untrusted)
        let nobodyTrusted = try await isLetIn(trusting: "[]", forwardedFor: "203.0.113.7")
        #expect(!nobodyTrusted)
    }
}
