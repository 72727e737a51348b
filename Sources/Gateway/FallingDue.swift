import Logging
import Money
import Payments
import Rails
import Store

/// What falls due: expiries, the settlement run, and outcomes that nobody knew.
extension Gateway {
    /// How many due items are taken at once.
    static let dueBatch = 256

    /// Does everything that has fallen due by now and that no other process has in hand, in order of its instant, and
    /// returns how much that was.
    ///
    /// Each item is claimed first, so that of several processes one does it. Resumable: each is one commit of its own,
    /// guarded by the version of what it changes, and moves its own row on. An item that cannot be done now is put off
    /// by a minute.
    @discardableResult
    public func runDue() async throws -> Int {
        var done = 0
        while true {
            let now = clock.now()
            let items = try await read { [process] in try $0.due(by: now, for: process, limit: Self.dueBatch) }
            let moved = await attend(to: items)
            // Where nothing can be committed nothing moves: the next run tries again.
            if moved == 0 { return done }
            done += moved
        }
    }

    /// Finishes what processes that are dead had in hand, without waiting until it falls due.
    public func takeOver() async throws {
        while true {
            let items = try await read { [process] in try $0.abandonedDue(for: process, limit: Self.dueBatch) }
            if await attend(to: items) == 0 { return }
        }
    }

    /// When the next thing falls due.
    public func nextDue() async throws -> Instant? { try await read { try $0.nextDue() } }

    /// Does all of these at once and returns how many have moved on.
    private func attend(to items: [DueItem]) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for item in items { group.addTask { await attend(to: item) } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    /// Does what is due; returns whether the item has moved on. What is in hand here already is left alone.
    private func attend(to item: DueItem) async -> Bool {
        let subject: Subject
        switch item.subject {
        case .payment, .payout: subject = item.subject
        case .refund(let id):
            guard let refund = try? await read({ try $0.refund(id) }) else { return await work(on: item) }
            subject = .payment(refund.payment)
        case .token, .order, .customer, .line: return await work(on: item)
        }
        return await inHand.holdingAlone(subject) { await work(on: item) } ?? false
    }

    private func work(on item: DueItem) async -> Bool {
        do {
            if item.owner != process { try await claim(item) }
            switch item.subject {
            case .payment(let id): try await attend(to: id, at: item.at)
            case .refund(let id): try await attend(to: id, at: item.at)
            case .payout(let id): try await attend(to: id, at: item.at)
            case .token, .order, .customer, .line: try await forget(item)
            }
            return true
        } catch {
            return await postpone(item, because: error)
        }
    }

    private func attend(to id: ID<Payment>, at instant: Instant) async throws {
        let (due, found) = try await read { (try $0.dueInstant(of: .payment(id)), try $0.payment(id)) }
        // Who acted on it since it was read has moved it.
        guard due == instant else { return }
        guard let payment = found else { return try await forget(DueItem(subject: .payment(id), at: instant)) }
        switch payment.state {
        case .presented where payment.expectation != nil:
            try await attend(toDeposit: payment, DueItem(subject: .payment(id), at: instant))
        case .challenged, .authenticating:
            var changes = changes(for: try payment.authenticationFailed(code: tooLateCode))
            changes.add(.wipeChallenges(of: id))
            try await commit(changes)
        case .authorizing: _ = await endVerification(try await resolve(payment, lostBecause: reversedCode))
        case .reversing:
            if try await reverse(payment).state == .reversing { throw GatewayFault.pending }
        case .voiding: try await finishVoid(payment, resuming: true)
        case .capturing: try await finishCapture(payment, resuming: true)
        case .authorized where payment.terms.isVerification: try await voidVerification(payment)
        case .authorized: try await captureAtCutOff(payment, instant)
        case .captured: try await settle(payment)
        // Nobody has been shown it.
        case .presenting: try await takeBack(payment, code: timeoutCode)
        case .presented: try await lookAgain(at: payment, instant)
        case .cancelling: try await finishCancel(payment, resuming: true)
        case .unauthenticated, .declined, .reversed, .voided, .settled, .cancelled:
            try await forget(DueItem(subject: .payment(id), at: instant))
        }
    }

    /// A deposit's time is up, or that of an unknown outcome at the payer's bank.
    private func attend(toDeposit payment: Payment, _ item: DueItem) async throws {
        guard let session = try await read({ try $0.bankSession(of: payment.id) }) else {
            return try await lapse(payment)
        }
        try await attend(to: session, beside: payment, item)
    }

    private func attend(to id: ID<Refund>, at instant: Instant) async throws {
        let (due, found) = try await read { reader in
            (
                try reader.dueInstant(of: .refund(id)),
                try reader.refund(id).map { ($0, try reader.payment($0.payment)) }
            )
        }
        guard due == instant else { return }
        guard let (refund, payment) = found, let payment else {
            return try await forget(DueItem(subject: .refund(id), at: instant))
        }
        switch refund.state {
        case .requested: try await finishRefund(refund, of: payment, resuming: true)
        case .sent: try await completeRefund(refund)
        case .completed, .refused: try await forget(DueItem(subject: .refund(id), at: instant))
        }
    }

    /// Asks whether an open invitation was paid, in case the rail's word went astray.
    private func lookAgain(at payment: Payment, _ instant: Instant) async throws {
        guard let now = try await look(at: payment.id), now.version == payment.version else { return }
        try await move(
            DueItem(subject: .payment(payment.id), at: instant), to: payment.nextLook(after: clock.now()))
    }

    /// Captures what nobody captured by hand, where the merchant id does so, as of the last moment of its day: the
    /// same run settles it. Otherwise the next cut-off looks again.
    private func captureAtCutOff(_ payment: Payment, _ cutOff: Instant) async throws {
        let acceptor = directory.merchant(payment.merchant)?.acceptor(payment.acceptor)
        // No merchant can settle a QR payment by hand.
        let settlesByItself = payment.method.invitation.map { $0.form != .redirect } ?? false
        guard settlesByItself || acceptor?.capturesItself ?? false else {
            let item = DueItem(subject: .payment(payment.id), at: cutOff)
            return try await move(item, to: clock.now().nextBangkokMidnight)
        }
        let midnight = (settlesByItself ? payment.settlesAt : nil) ?? CivilDay(bangkok: cutOff).bangkokMidnight
        let lastMoment = Instant(microseconds: midnight.microseconds - 1)
        let step = try payment.captureRequested(payment.amount, at: lastMoment, now: clock.now())
        try await commit(changes(for: step))
        try await finishCapture(step.payment)
    }

    private func settle(_ payment: Payment) async throws {
        guard let acceptor = directory.merchant(payment.merchant)?.acceptor(payment.acceptor) else {
            throw GatewayFault.notFound
        }
        let rate = rails.rates.baht(per: payment.amount.currency)
        try await commit(changes(for: try payment.settled(fees: acceptor.fees, rate: rate)))
    }

    /// Puts an item into this process's hands. Throws `StoreError.conflict` where another was faster.
    private func claim(_ item: DueItem) async throws {
        var changes = Changes(at: clock.now())
        changes.add(.claimDue(item, by: process))
        try await commit(changes)
    }

    private func forget(_ item: DueItem) async throws { try await move(item, to: nil) }

    /// Moves an item that nobody else has moved meanwhile.
    private func move(_ item: DueItem, to instant: Instant?) async throws {
        var changes = Changes(at: clock.now())
        changes.add(.moveDue(item, instant))
        try await commit(changes)
    }

    private func postpone(_ item: DueItem, because error: any Error) async -> Bool {
        // Someone else moved it meanwhile: its row has moved too.
        if case StoreError.conflict(.stale) = error { return true }
        logger.warning("put off", metadata: ["subject": "\(item.subject.key)", "error": "\(error)"])
        do {
            try await move(item, to: clock.now().adding(seconds: unresolvedRetrySeconds))
            return true
        } catch {
            return false
        }
    }
}
