import Ledger
import Money

/// The rail of payouts, as the owner of its clearing account.
public let payoutRail = "payout"

/// What a payout's decision asks to be stored.
public struct PayoutStep: Sendable, Equatable {
    public let payout: Payout
    public var transfers: [Transfer] = []
    /// When the payout next needs attention; nil when it is over.
    public var due: Instant?
    /// What the merchant is told; nil: nothing.
    public let event: PayoutEvent?
}

/// A step that the payout's state does not allow.
public enum PayoutFault: Error, Equatable, Sendable {
    case wrongState(PayoutState)
    /// Neither zero nor less can be sent.
    case amountNotPositive
    /// A sum does not fit the ledger.
    case overflow
}

extension Payout {
    /// The money is held, and the bank is told as soon as that is stored.
    public func opened() throws(PayoutFault) -> PayoutStep {
        guard transfer.isPositive, !fee.isNegative, !vat.isNegative else { throw .amountNotPositive }
        do {
            _ = try transfer.adding(fee).adding(vat)
        } catch {
            throw .overflow
        }
        return PayoutStep(payout: self, transfers: holds, due: created, event: .created)
    }

    /// The bank is told next: from now on it may have carried it out.
    ///
    /// Where it was told before it is told again, under the same reference. The step moves the version, so whoever told
    /// it before takes no refusal as final any more without looking at the payout anew.
    public func sending(at now: Instant) throws(PayoutFault) -> PayoutStep {
        let payout = try moved(by: .send)
        return PayoutStep(
            payout: payout, due: now.adding(seconds: unresolvedRetrySeconds), event: state == .pending ? .queued : nil)
    }

    /// The money has left.
    public func succeeded(at now: Instant) throws(PayoutFault) -> PayoutStep {
        var payout = try moved(by: .succeed)
        payout.ended = now
        return PayoutStep(payout: payout, transfers: payout.posts, due: nil, event: .succeeded)
    }

    /// The bank has refused it, or sent it back: what was held is freed.
    public func failed(because reason: String, at now: Instant) throws(PayoutFault) -> PayoutStep {
        var payout = try moved(by: .fail)
        payout.failure = reason
        payout.ended = now
        return PayoutStep(payout: payout, transfers: payout.releases, due: nil, event: .failed)
    }

    /// When the bank is next asked about it, where it has not said when: seldom for what has waited long.
    public func nextLook(after now: Instant) -> Instant {
        now.adding(seconds: min(max(2, now.seconds(since: created)), 300))
    }

    /// Which transfers must stand in the books for it.
    public var expectedTransfers: [Transfer] {
        switch state {
        case .pending, .queued: holds
        case .succeeded: holds + posts
        case .failed: holds + releases
        }
    }

    private func moved(by event: PayoutEventKind) throws(PayoutFault) -> Payout {
        guard let next = state.after(event) else { throw .wrongState(state) }
        var payout = self
        payout.state = next
        payout.version += 1
        return payout
    }
}

extension Payout {
    /// What the merchant pays from.
    public var availableAccount: Account { account(.available, merchant.rawValue) }

    private func account(_ kind: AccountKind, _ owner: String) -> Account {
        Account(kind: kind, owner: owner, currency: transfer.currency)
    }

    private var parts: [(name: String, credit: Account, money: Money)] {
        [
            ("", account(.clearing, payoutRail), transfer), (".fee", account(.fees, houseOwner), fee),
            (".vat", account(.vat, houseOwner), vat),
        ].filter { !$0.2.isZero }
    }

    private func transfers(_ step: String, _ kind: (Hold) -> Transfer.Kind) -> [Transfer] {
        parts.map { name, credit, money in
            Transfer(
                id: id.hex + step + name, debit: availableAccount, credit: credit, amount: money,
                kind: kind(Hold(id: id.hex + ".hold" + name, amount: money)))
        }
    }

    private var holds: [Transfer] { transfers(".hold") { _ in .hold } }
    private var posts: [Transfer] { transfers(".pay") { .post(of: $0) } }
    private var releases: [Transfer] { transfers(".return") { .release(of: $0) } }
}
