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

    /// Has lines that nothing has used pay the deposits that wait for them, as long as any does: where one is paid, what
    /// of its amount was ambiguous may not be so any more. Returns how many did. Throws `GatewayFault`.
    func match(_ lines: [StatementLine]) async throws -> Int {
        var (left, count) = (lines, 0)
        while !left.isEmpty {
            let paid = try await matchOnce(left)
            count += paid.count
            let amounts = Set(left.lazy.filter { paid.contains($0.id) }.map(\.credit.amount))
            left.removeAll { paid.contains($0.id) || !amounts.contains($0.credit.amount) }
        }
        return count
    }

    /// Returns which lines paid. Where what they pay keeps moving, they are taken by halves; a line alone is left then,
    /// until its statement is read again or its deposit's time is over.
    private func matchOnce(_ lines: [StatementLine]) async throws -> Set<ID<StatementLine>> {
        do {
            return try await retrying {
                var changes = Changes(at: clock.now())
                let matches = try await matches(for: lines).filter { receive($0, storing: true, &changes) != nil }
                guard !matches.isEmpty else { return [] }
                try await endSessions(paidBy: matches, &changes)
                try await commit(changes)
                return Set(matches.map(\.line.id))
            }
        } catch GatewayFault.pending where lines.count > 1 {
            let half = lines.count / 2
            return try await matchOnce(Array(lines.prefix(half))).union(matchOnce(Array(lines.dropFirst(half))))
        } catch GatewayFault.pending {
            return []
        }
    }
}
