import Gateway
import Hummingbird
import Money
import Payments
import Rails
import Store
import WireKit

/// The simulated bank: money that arrives, and payouts that end.
extension ControlAPI {
    /// `POST /sandbox/bank/credits`: a line arrives on a collection account's statement.
    func credit(_ body: JSONObject) async throws -> [UInt8] {
        let account = try collectionAccount(body)
        let now = host.clock.now()
        let reference = try text(body, "reference", atMost: 128)
        let (amount, at) = (try amount(body), try instant(body) ?? now)
        guard at <= now.adding(seconds: BankCredit.clockPatience) else {
            throw Fault.senseless("at must not be in the future")
        }
        let fresh: ID<StatementLine> = host.gateway.entropy.id(at: at)
        let credit = BankCredit(
            // The key under which the bank's statement shows the line, whatever tells of it.
            key: reference.map { BankCredit.key($0, on: CivilDay(bangkok: at), amount) } ?? fresh.hex,
            amount: amount, creditedAt: at, payerBank: try bank(body, "from_bank")?.code,
            payerAccount: try text(body, "from_account_no", atMost: 32),
            payerName: try text(body, "from_account_name", atMost: 255),
            description: try text(body, "description", atMost: 1_024) ?? "", reference: reference)
        let arrival = try await host.transfer(
            credit, named: reference, to: account.number, of: DemoMerchant.id, through: .bank)
        var json = JSONWriter(capacity: 96)
        json.object { json in
            json.member("status", "ok")
            json.member("account_id", account.number)
            json.member("new", arrival.isNew)
            json.member("matched", arrival.isMatched)
        }
        return json.bytes
    }

    private func collectionAccount(_ body: JSONObject) throws -> CollectionAccount {
        guard let merchant = host.gateway.directory.merchant(DemoMerchant.id) else {
            throw Fault.notFound("there is no demo merchant")
        }
        guard let value = body["account_id"], !value.isNull else {
            guard let first = merchant.collectionAccounts?.first(where: \.isActive) else {
                throw Fault.notFound("the demo merchant has no active account")
            }
            return first
        }
        guard let number = (value.numberText ?? value.stringValue).flatMap(Int64.init) else {
            throw Fault.senseless("account_id must be a whole number")
        }
        guard let account = merchant.collectionAccount(number) else {
            throw Fault.notFound("there is no account \(number)")
        }
        return account
    }

    /// A bank by any of its names.
    func bank(_ body: JSONObject, _ name: String) throws -> ThaiBank? {
        guard let text = try text(body, name, atMost: 16) else { return nil }
        guard let bank = ThaiBank.named(text) else {
            throw Fault.senseless("\(name) must be a bank, such as KBANK or 004")
        }
        return bank
    }

    func amount(_ body: JSONObject) throws -> Money {
        guard let text = body["amount"].flatMap({ $0.stringValue ?? $0.numberText }),
            let money = try? Money(parsing: text, in: .THB), money.isPositive
        else { throw Fault.senseless("amount must be a positive amount in baht") }
        guard money.minorUnits <= BankCredit.mostMinorUnits else {
            throw Fault.senseless("amount is larger than any amount that a statement may tell")
        }
        return money
    }

    private func instant(_ body: JSONObject) throws -> Instant? {
        guard let value = body["at"], !value.isNull else { return nil }
        guard let microseconds = value.stringValue.flatMap(CivilTime.instant(iso8601:)) else {
            throw Fault.senseless("at must be an instant in ISO 8601, with Z or an offset such as +07:00")
        }
        return Instant(microseconds: microseconds)
    }

    func text(_ body: JSONObject, _ name: String, atMost limit: Int) throws -> String? {
        guard let value = body[name], !value.isNull else { return nil }
        guard let text = value.stringValue, text.count <= limit, !text.isEmpty, !text.utf8.contains(0) else {
            throw Fault.senseless("\(name) must be text of 1 to \(limit) characters")
        }
        return text
    }

    /// `POST /sandbox/payouts/{id}`: ends a payout that is under way.
    func endPayout(_ body: JSONObject, _ context: MekongContext) async throws -> [UInt8] {
        let outcome: PayoutBook.Outcome
        switch body["outcome"]?.stringValue {
        case "success": outcome = .succeeded
        case "failed": outcome = .failed(reason: try text(body, "reason", atMost: 255) ?? "failed")
        default: throw Fault.senseless("outcome must be success or failed")
        }
        let name = context.parameters.get("id") ?? ""
        guard let id = try await payoutID(name) else { throw Fault.notFound("there is no payout \(name)") }
        let book = PayoutBook(of: host.bank)
        // What has not reached the bank yet is sent first.
        if try await book.entry(id) == nil { try await host.gateway.finishPayout(id) }
        guard try await book.end(id, as: outcome, at: host.clock.now()) else {
            throw Fault.conflict("payout \(name) \(Self.obstacle(try await book.entry(id)))")
        }
        try await host.gateway.finishPayout(id)
        return Self.done
    }

    /// Why the bank cannot be made to end a payout.
    private static func obstacle(_ entry: PayoutBook.Entry?) -> String {
        guard let entry else { return "has not reached the bank, which is unavailable: it will be sent again" }
        switch entry.outcome {
        case .succeeded: return "has succeeded"
        case .failed(let reason): return "has failed: \(reason)"
        case nil: return "has succeeded by itself"
        }
    }

    /// A payout by its id, as it stands or behind a prefix, or by a number that an API shows.
    private func payoutID(_ name: String) async throws -> ID<Payout>? {
        let id = name.split(separator: "_").last.flatMap { ID<Payout>(hex: $0) }
        return try await host.gateway.store.read { reader in
            if let id, try reader.payout(id) != nil { return id }
            return try reader.payout(named: name, of: DemoMerchant.id)
        }
    }

    /// `GET /sandbox/rails/bank?payment={id}`: what the bank believes of a payout, or of a
    /// payer's session.
    func bankBooks(_ request: Request) async throws -> [UInt8] {
        let name = request.uri.queryParameters["payment"].map(String.init) ?? ""
        if let books = try await sessionBooks(name) { return books }
        guard let id = try await payoutID(name) else { throw Fault.notFound("there is no payout \(name)") }
        let entry = try await PayoutBook(of: host.bank).entry(id)
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.memberArray("operations") { json in
                guard let entry else { return }
                json.elementObject { json in
                    json.member("kind", "payout")
                    json.member("reference", entry.payout.hex)
                    json.member("amount", entry.amount.text(decimals: entry.amount.currency.exponent))
                    json.member("currency", entry.amount.currency.rawValue)
                    json.member("result", result(entry))
                    json.member("at", entry.at.iso8601)
                }
            }
        }
        return json.bytes
    }

    private func result(_ entry: PayoutBook.Entry) -> String {
        switch entry.outcome {
        case .succeeded: "approved"
        case .failed: "declined"
        case nil: entry.ends <= host.clock.now() ? "approved" : "under way"
        }
    }
}
