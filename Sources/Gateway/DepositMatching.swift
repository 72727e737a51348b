import Payments
import Rails
import Store

/// Money that has arrived before its deposit waits for it.
///
/// A deposit that begins to wait and a line that is read do not guard one another: each is stored, and whoever stored
/// looks again. So whichever came last sees the other. Where a process ends in between, reading the statement again
/// looks, and so does the deposit's own end.
extension Gateway {
    /// The payer says that they have paid: money credited until `until` is this deposit's. What has arrived already is
    /// matched at once. The first word counts; saying it again changes nothing. Throws `GatewayFault`.
    /// - Parameter lapses: how long the deposit waits for a statement that tells of the money; nil: until its window
    ///   and its invitation have ended.
    public func scanned(
        _ id: ID<Payment>, of merchant: MerchantID, dialect: DialectID, until: Instant, lapses: Instant? = nil
    ) async throws -> PaymentReport {
        let expecting = try await retrying {
            let payment = try await report(on: id, of: merchant, dialect: dialect).payment
            guard payment.state == .presented, payment.expectation?.until == nil else { return payment }
            let step: PaymentStep
            do throws(PaymentFault) {
                step = try payment.expecting(until: until, lapses: lapses)
            } catch {
                throw GatewayFault.refused(error)
            }
            var changes = Changes(at: clock.now())
            changes.add(.update(step.payment))
            changes.add(.due(.payment(id), step.due))
            try await commit(changes)
            return step.payment
        }
        guard expecting.state == .presented else { return PaymentReport(payment: expecting) }
        do {
            return PaymentReport(payment: try await lookForMoney(id) ?? expecting)
        } catch {
            // That it waits is stored; its money is looked for again before it lapses.
            return PaymentReport(payment: expecting)
        }
    }

    /// Has a line that is there already pay a deposit, where one may. Returns how the deposit stands.
    func lookForMoney(_ id: ID<Payment>) async throws -> Payment? {
        let most = mostAlike
        return try await retrying {
            let found = try await read { reader in
                try reader.payment(id).map { ($0, try reader.surroundings(of: $0, limit: most)) }
            }
            guard let (payment, around) = found, payment.state == .presented,
                let match = DepositMatcher.matches(free(around.lines), around.deposits + [payment])
                    .first(where: { $0.deposit.id == id })
            else { return found?.0 }
            var changes = Changes(at: clock.now())
            guard let received = receive(match, storing: true, &changes) else { return payment }
            try await endSessions(paidBy: [match], &changes)
            try await commit(changes)
            return received
        }
    }

    /// Time is up for a deposit: its money may have arrived after all. `payment` is as it was when it fell due: whoever
    /// has moved it since has moved that too.
    func lapse(_ payment: Payment) async throws {
        guard try await lookForMoney(payment.id)?.state == .presented else { return }
        try await commit(changes(for: try payment.lapsed(code: invitationExpiredCode)))
    }

    /// The lines that may pay whichever deposit they fit: not those that show the transfer of a payer's session, which
    /// are kept until the session's outcome is known.
    func free(_ lines: [StatementLine]) -> [StatementLine] {
        guard let rail = rails.bankSessions else { return lines }
        return lines.filter { rail.session(shownBy: $0.credit) == nil }
    }

    /// Has lines that were left unmatched pay deposits that have begun to wait meanwhile. Returns which lines did.
    func matchAgain(_ lines: [StatementLine]) async throws -> Set<ID<StatementLine>> {
        guard !lines.isEmpty else { return [] }
        do {
            return try await retrying {
                var changes = Changes(at: clock.now())
                let matches = try await matches(for: lines, fresh: []).filter {
                    receive($0, storing: true, &changes) != nil
                }
                guard !matches.isEmpty else { return [] }
                try await endSessions(paidBy: matches, &changes)
                try await commit(changes)
                return Set(matches.map(\.line.id))
            }
        } catch GatewayFault.pending {
            // They are kept; reading the statement again looks again.
            return []
        }
    }
}
