import Payments
import Rails
import Store

/// A payout at its bank: intent, the bank, outcome.
///
/// Before the bank is told, the first time and every other, that it will be is committed at the version that was read.
/// So a refusal that is not in the bank's own books is final to a sender whom no other has joined, and to nobody else.
extension Gateway {
    /// A bank's word that a payout has ended: a reason to ask, no more.
    public func finishPayout(_ id: ID<Payout>) async throws {
        // Where somebody else has moved it meanwhile, it is looked at as it stands then.
        try await inHand.holding(.payout(id)) {
            try await retrying {
                guard let payout = try await read({ try $0.payout(id) }) else { throw GatewayFault.notFound }
                try await pursue(payout)
            }
        }
    }

    /// What is due of a payout. Where somebody else has moved it since it was read, that stands.
    func attend(to id: ID<Payout>, at instant: Instant) async throws {
        let (due, found) = try await read { (try $0.dueInstant(of: .payout(id)), try $0.payout(id)) }
        guard due == instant else { return }
        guard let payout = found, !payout.state.isOver else {
            return try await forget(DueItem(subject: .payout(id), at: instant))
        }
        try await pursue(payout)
    }

    /// Brings a payout as far as it can be brought now.
    private func pursue(_ payout: Payout) async throws {
        switch payout.state {
        case .pending:
            let sent = try await intend(payout)
            try await conclude(sent, rails.payouts.send(PayoutRequest(sent)), isSoleSender: true)
        case .queued:
            let standing = await rails.payouts.status(of: payout.id)
            if standing == .notFound { try await sendAgain(payout) } else { try await conclude(payout, standing) }
        case .succeeded, .failed: break
        }
    }

    /// Commits that the bank is about to be told.
    private func intend(_ payout: Payout) async throws -> Payout {
        let step = try payout.sending(at: clock.now())
        try await store(step)
        return step.payout
    }

    /// Tells the bank again what it has never heard of, under the same reference, which it carries out once.
    private func sendAgain(_ payout: Payout) async throws {
        let sent = try await intend(payout)
        let answer = await rails.payouts.send(PayoutRequest(sent))
        guard case .failed = answer else { return try await conclude(sent, answer) }
        // An earlier request may still be on its way: only a refusal in the bank's own books binds it too.
        let standing = await rails.payouts.status(of: sent.id)
        try await conclude(
            sent, standing == .notFound ? .unknown(reason: "refused, and not in the bank's books") : standing)
    }

    /// Commits what the bank has said of a payout that it was told of. Where somebody has moved it meanwhile, what was
    /// said still holds if it is the bank's last word; a refusal to a sole sender who was none is looked up.
    private func conclude(_ payout: Payout, _ status: PayoutStatus, isSoleSender: Bool = false) async throws {
        var (current, word) = (payout, status)
        for _ in 0..<Self.attempts {
            do {
                return try await record(word, of: current)
            } catch StoreError.conflict(.stale) {
                guard let found = try await read({ try $0.payout(payout.id) }), !found.state.isOver else { return }
                current = found
                if isSoleSender, case .failed = status { word = await rails.payouts.status(of: payout.id) }
                // Whoever has sent it again looks after what is still open.
                guard word.isLast else { return }
            }
        }
        throw GatewayFault.pending
    }

    private func record(_ status: PayoutStatus, of payout: Payout) async throws {
        let now = clock.now()
        switch status {
        case .succeeded: try await store(payout.succeeded(at: now))
        case .failed(let reason): try await store(payout.failed(because: reason, at: now))
        case .underWay(let until):
            // A bank that is late with what it promised is asked again after a while.
            try await look(at: payout, until.flatMap { $0 > now ? $0 : nil } ?? payout.nextLook(after: now))
        case .notFound, .unknown: try await look(at: payout, payout.nextLook(after: now))
        }
    }

    private func store(_ step: PayoutStep) async throws {
        var changes = Changes(at: clock.now())
        changes.add(.updatePayout(step.payout))
        add(step, to: &changes)
        try await commit(changes)
    }

    /// Looks again at `instant`, unless the payout has ended meanwhile and nothing of it is due any more.
    private func look(at payout: Payout, _ instant: Instant) async throws {
        let id = payout.id
        guard let due = try await read({ try $0.dueInstant(of: .payout(id)) }) else { return }
        var changes = Changes(at: clock.now())
        changes.add(.moveDue(DueItem(subject: .payout(id), at: due), instant))
        try await commit(changes)
    }

    func add(_ step: PayoutStep, to changes: inout Changes) {
        let payout = step.payout
        changes.add(contentsOf: step.transfers.map { .transfer($0) })
        changes.add(.due(.payout(payout.id), step.due, by: payout.state == .queued ? process : nil))
        guard let event = step.event else { return }
        tell(event.rawValue, about: .payout(payout.id), payout.merchant, payout.dialect, &changes) {
            $0.notice(of: event, payout, to: $1)
        }
    }
}

extension PayoutStatus {
    /// Whether the bank will say nothing else any more.
    fileprivate var isLast: Bool {
        switch self {
        case .succeeded, .failed: true
        case .underWay, .notFound, .unknown: false
        }
    }
}
