import Gateway
import Payments
import Rails
import Store
import Testing

/// A bank with a test in between: something happens before or after its work.
final class HookedSessions: BankSessionRail {
    typealias Hook = @Sendable (Call) async -> Void

    enum Call: String, Sendable, CaseIterable { case signIn, order, confirm, status, cancel }

    private let inner: any BankSessionRail
    private let before: Hook
    private let after: Hook

    init(_ inner: any BankSessionRail, before: @escaping Hook = { _ in }, after: @escaping Hook = { _ in }) {
        self.inner = inner
        self.before = before
        self.after = after
    }

    private func hooked(_ call: Call, _ body: () async -> BankWord) async -> BankWord {
        await before(call)
        let word = await body()
        await after(call)
        return word
    }

    var isSimulated: Bool { true }
    func serves(bank code: String) -> Bool { inner.serves(bank: code) }
    func session(shownBy credit: BankCredit) -> ID<Payment>? { inner.session(shownBy: credit) }
    func signIn(_ request: BankSignIn) async -> BankWord { await hooked(.signIn) { await inner.signIn(request) } }
    func order(_ request: BankTransferRequest) async -> BankWord { await hooked(.order) { await inner.order(request) } }
    func confirm(_ code: Secret<String>, _ which: BankCode, of payment: ID<Payment>) async -> BankWord {
        await hooked(.confirm) { await inner.confirm(code, which, of: payment) }
    }
    func status(of payment: ID<Payment>) async -> BankWord { await hooked(.status) { await inner.status(of: payment) } }
    func cancel(_ payment: ID<Payment>) async -> BankWord { await hooked(.cancel) { await inner.cancel(payment) } }
}

/// A bank that does what it is asked and never answers, until the test lets it.
struct MuteSessions: BankSessionRail {
    let inner: any BankSessionRail

    var isSimulated: Bool { true }
    func serves(bank code: String) -> Bool { true }
    func session(shownBy credit: BankCredit) -> ID<Payment>? { inner.session(shownBy: credit) }
    func signIn(_ request: BankSignIn) async -> BankWord { await mute(inner.signIn(request)) }
    func order(_ request: BankTransferRequest) async -> BankWord { await mute(inner.order(request)) }
    func confirm(_ code: Secret<String>, _ which: BankCode, of payment: ID<Payment>) async -> BankWord {
        await mute(inner.confirm(code, which, of: payment))
    }
    func status(of payment: ID<Payment>) async -> BankWord { .unknown(reason: "mute") }
    func cancel(_ payment: ID<Payment>) async -> BankWord { .unknown(reason: "mute") }

    private func mute(_ word: BankWord) -> BankWord { .unknown(reason: "mute") }
}

/// Short ways to payers' sessions at their banks.
extension Bench {
    var sessionBook: BankSessionBook { BankSessionBook(of: bank) }

    func openSession(
        _ satang: Int64 = 100_000, kind: BankAccountKind = .personal, bank: String = "014",
        by gateway: Gateway? = nil
    ) async throws -> BankSessionReport {
        let now = clock.now()
        let shop = try shop()
        return try await (gateway ?? self.gateway).openBankSession(
            DepositCommand(
                merchant: shop, dialect: FakeDialect.id, account: try #require(shop.collectionAccount(1)),
                amounts: [baht(satang)], scheme: .bankTransfer, form: .transfer, expires: now.adding(seconds: 900),
                expectation: Expectation(from: now, until: nil), names: [newReference()], echo: [3]),
            bank: bank, kind: kind,
            token: entropy.bytes(16).map { $0 < 16 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }.joined())
    }

    /// A session whose page is open.
    func openedPage(_ satang: Int64 = 100_000, kind: BankAccountKind = .personal) async throws -> String {
        let token = try await openSession(satang, kind: kind).session.token
        _ = try await gateway.visitBankSession(token, dialect: FakeDialect.id)
        return token
    }

    func signIn(_ token: String, _ user: String = "somchai", by gateway: Gateway? = nil) async throws
        -> BankSessionReport
    {
        try await (gateway ?? self.gateway).signIn(
            token, dialect: FakeDialect.id, userName: Secret(user), password: Secret("pw"))
    }

    func confirm(
        _ token: String, _ which: BankCode = .first, _ code: String = "123456", by gateway: Gateway? = nil
    ) async throws -> BankSessionReport {
        try await (gateway ?? self.gateway).confirm(token, dialect: FakeDialect.id, which, Secret(code))
    }

    func session(_ token: String) async throws -> BankSessionReport {
        try await gateway.bankSession(token, dialect: FakeDialect.id)
    }

    /// Expects that the money left the payer's account as often as a deposit was paid, and each time once.
    func expectSessionsAgree() async throws {
        let left = try await sessionBook.entries().filter(\.hasLeft)
        let paid = try await store.read { reader in
            var paid: [ID<Payment>] = []
            try reader.forEachBankSession { if $0.state == .succeeded { paid.append($0.payment) } }
            return paid
        }
        #expect(left.map(\.payment) == paid)
        let shown = try await lines().compactMap(\.credit.reference).sorted()
        #expect(shown == left.map(\.reference).sorted())
    }
}
