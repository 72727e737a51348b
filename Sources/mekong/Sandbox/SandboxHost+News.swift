import Gateway
import Logging
import Payments
import Rails
import Store

/// What came of a payer's transfer to a collection account.
struct Arrival: Sendable {
    /// Whether the money was not there before.
    let isNew: Bool
    /// Whether its line has paid a deposit by now.
    let isMatched: Bool
}

extension SandboxHost {
    /// Has the payer's bank carry out a transfer, and the statement tell of it. Throws `ControlAPI.Fault` where the
    /// bank does not, and nothing arrives.
    /// - Parameter name: what tells the transfer apart from others to the account; nil for one that is like no other.
    func transfer(
        _ credit: BankCredit, named name: String?, to account: Int64, of merchant: MerchantID,
        through rail: SandboxFaults.Rail
    ) async throws -> Arrival {
        let posting = try await StatementBook(of: bank).post(
            credit, named: name, to: account, of: merchant, through: rail, at: clock.now())
        switch posting {
        case .told(let credit, let times):
            var summary = ImportSummary()
            for _ in 0..<times {
                summary = summary + (try await gateway.importLines([credit], of: merchant, account: account))
            }
            return Arrival(isNew: summary.new > 0, isMatched: summary.matched > 0)
        case .late(let again): return Arrival(isNew: !again, isMatched: false)
        case .refused(let code): throw ControlAPI.Fault.conflict("the payer's bank refused: \(code)")
        case .unavailable: throw ControlAPI.Fault.conflict("the payer's bank cannot be reached")
        case .timeout: throw ControlAPI.Fault.conflict("the payer's bank did not answer in time, and nothing was paid")
        }
    }
}

extension SandboxBank {
    /// Tells the gateway what there is to tell by now. What it cannot take at this moment is told again. Throws when the
    /// bank's file cannot be read or written.
    func tellNews(to gateway: Gateway) async throws {
        for news in try await news(by: gateway.clock.now()) {
            do {
                try await gateway.hear(news.item)
            } catch GatewayFault.notFound {
                // Nobody's any more.
            } catch {
                gateway.logger.warning("a bank's word was lost", metadata: ["error": "\(error)"])
                continue
            }
            try await forget(news)
        }
    }
}

extension Gateway {
    fileprivate func hear(_ item: BankNews.Item) async throws {
        switch item {
        case .line(let credit, let merchant, let account):
            try await importLines([credit], of: merchant, account: account)
        case .payout(let id): try await finishPayout(id)
        case .transfer(let credit, let id):
            let found = try await store.read { (try $0.payment(id), try $0.bankSession(of: id)) }
            guard let payment = found.0, let session = found.1 else { return }
            _ = try await visitBankSession(session.token, dialect: payment.dialect)
            try await importLines([credit], of: payment.merchant, account: Int64(payment.acceptor) ?? 0)
        }
    }
}
