import Gateway
import KissVips
import Money
import Payments
import Rails
import Store
import WireKit

/// The payer of a deposit: what they pay is credited to the collection account, and its statement is read.
extension ControlAPI {
    /// The deposits that `POST /sandbox/qr/pay` may mean, oldest first: by any name or id one, by a QR's text all that
    /// show it, for PromptPay's codes of one amount are the same. Empty where it means no deposit.
    func deposits(_ body: JSONObject) async throws -> [Payment] {
        guard let payload = body["qr"]?.stringValue else {
            guard let name = body["id"]?.stringValue else { return [] }
            return try await deposit(named: name).map { [$0] } ?? []
        }
        guard !payload.utf8.contains(0) else { return [] }
        return try await host.gateway.store.read { try $0.deposits(payload: payload, of: DemoMerchant.id) }
    }

    /// The deposit that has this name or id in some API.
    func deposit(named name: String) async throws -> Payment? {
        guard !name.utf8.contains(0) else { return nil }
        // Some APIs show the payment's id with dashes, or behind a prefix.
        let tail = name.lowercased().filter { $0 != "-" }.split(separator: "_").last
        let id = tail.flatMap { ID<Payment>(hex: $0) }
        let names = host.gateway.depositNames(name, of: DemoMerchant.id)
        return try await host.gateway.store.read { reader in
            if let id, let payment = try reader.payment(id), payment.expectation != nil { return payment }
            return try reader.deposits(names).first
        }
    }

    /// Under which name the bank has the transfer of a deposit's payer.
    static func transferName(_ deposit: Payment) -> String { "qr:" + deposit.id.hex }

    /// What the bank believes of the transfers of a deposit's payer.
    func transfers(to deposit: Payment) async throws -> [StatementBook.Entry] {
        try await StatementBook(of: host.bank).entries(
            named: Self.transferName(deposit), to: Int64(deposit.acceptor) ?? 0)
    }

    /// The demo merchant's collection account whose own QR code has this text.
    func account(_ body: JSONObject) throws -> CollectionAccount? {
        guard let payload = body["qr"]?.stringValue else { return nil }
        return host.gateway.directory.merchant(DemoMerchant.id)?.collectionAccounts?.first {
            $0.isActive && KissVips.accountPayload($0) == payload
        }
    }

    /// Pays into an account by its own QR code, in which no amount stands: one credit each time.
    func pay(_ account: CollectionAccount, _ body: JSONObject) async throws -> [UInt8] {
        let amount = try amount(body)
        _ = try namedChannel(body)
        let fresh: ID<StatementLine> = host.gateway.entropy.id(at: host.clock.now())
        let arrival = try await host.transfer(
            try credit(of: amount, body, key: "qr:" + fresh.hex), named: nil, to: account.number, of: DemoMerchant.id,
            through: .qr)
        return Self.paid(amount, isMatched: arrival.isMatched)
    }

    /// Pays the first of these deposits that can still be paid, once.
    func pay(_ deposits: [Payment], _ body: JSONObject) async throws -> [UInt8] {
        var obstacle = Fault.conflict("it is already paid")
        _ = try namedChannel(body)
        for deposit in deposits {
            if let other = Self.obstacle(deposit, at: host.clock.now()) {
                obstacle = other
                continue
            }
            if let amount = try amount(body, deposit.amount.currency), amount != deposit.amount {
                throw Fault.conflict("it is for another amount")
            }
            try await scanOnPage(deposit)
            // The bank has one line for each deposit, however often its payer pays.
            let credit = try credit(deposit, body)
            let arrival = try await host.transfer(
                credit, named: credit.key, to: Int64(deposit.acceptor) ?? 0, of: deposit.merchant, through: .qr)
            if arrival.isNew { return Self.paid(deposit.amount, isMatched: arrival.isMatched) }
            obstacle = Fault.conflict("it is already paid")
        }
        throw obstacle
    }

    /// Where the deposit has a page on which its payer may also sign in to their bank: they choose its QR code.
    private func scanOnPage(_ deposit: Payment) async throws {
        guard let session = try await host.gateway.store.read({ try $0.bankSession(of: deposit.id) }) else { return }
        _ = try await host.gateway.visitBankSession(session.token, dialect: deposit.dialect)
        guard try await host.gateway.payByQR(session.token, dialect: deposit.dialect).paysByQR else {
            throw Fault.conflict("its payer is signing in to their bank")
        }
    }

    private static func paid(_ amount: Money, isMatched: Bool) -> [UInt8] {
        var json = JSONWriter(capacity: 192)
        json.object { json in
            json.member("status", "paid")
            json.member("amount", amount.text(decimals: amount.currency.exponent))
            json.member("currency", amount.currency.rawValue)
            json.member("matched", isMatched)
        }
        return json.bytes
    }

    private static func obstacle(_ deposit: Payment, at now: Instant) -> Fault? {
        switch deposit.state {
        case .presented where deposit.isOver(at: now): .conflict("it has expired")
        case .presented: nil
        case .cancelled where deposit.failureCode == invitationExpiredCode: .conflict("it has expired")
        case .cancelled: .conflict("it was cancelled")
        default: .conflict("it is already paid")
        }
    }

    /// What the bank's statement shows. A payer who is not named is the one that the deposit expects.
    private func credit(_ deposit: Payment, _ body: JSONObject) throws -> BankCredit {
        try credit(
            of: deposit.amount, body, key: Self.transferName(deposit), from: deposit.expectation?.payers.first,
            reference: deposit.expectation?.reference)
    }

    /// - Parameter usual: the account of a payer who is not named.
    private func credit(
        of amount: Money, _ body: JSONObject, key: String, from usual: String? = nil, reference: String? = nil
    ) throws -> BankCredit {
        let payer = try payer(body)
        return BankCredit(
            key: key, amount: amount, creditedAt: host.clock.now(),
            payerBank: try payer.flatMap { try bank($0, "bank")?.code },
            payerAccount: payer == nil ? usual : try payer.flatMap { try text($0, "account_no", atMost: 32) },
            payerName: try payer.flatMap { try text($0, "name", atMost: 255) }, description: "PromptPay",
            reference: reference)
    }
}
