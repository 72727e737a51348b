import Payments
import Store
import Synchronization

/// What an idempotency key leads to.
public enum IdempotencyVerdict: Sendable {
    /// The key is new: go on, and hand the record to the use case.
    case proceed(IdempotencyTicket)
    /// The same request was answered before.
    case replay([UInt8])
    /// The same request was interrupted before it was answered; what it made is finished by now.
    case interrupted(Subject)
    /// The same request is under way.
    case underWay
    /// The key was used for another request.
    case mismatch
}

/// A new idempotency key, ready to be claimed with the first commit of what it names.
public struct IdempotencyTicket: Sendable {
    let key: [UInt8]
    let request: [UInt8]
    let expires: Instant
    /// Seals a response under a key that only the client's own key yields.
    let seal: @Sendable ([UInt8]) throws -> [UInt8]
    /// Whether this very request has claimed the key.
    let claimed = Flag()

    final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .relaxed) }
        func set() { value.store(true, ordering: .relaxed) }
    }
}

/// How a use case keeps its response for an idempotency key.
public struct Answering: Sendable {
    public let ticket: IdempotencyTicket
    /// The response's body, in the dialect's words.
    public let render: @Sendable (PaymentReport) -> [UInt8]

    public init(ticket: IdempotencyTicket, render: @escaping @Sendable (PaymentReport) -> [UInt8]) {
        self.ticket = ticket
        self.render = render
    }

    func claim(for subject: Subject) -> Change { ticket.claim(for: subject) }

    func completion(of report: PaymentReport) -> [Change] { ticket.completion(render(report)) }
}

extension IdempotencyTicket {
    func claim(for subject: Subject, response: [UInt8]? = nil) -> Change {
        .claimKey(
            IdempotencyRecord(
                key: key, request: request, subject: subject, response: response.flatMap { try? seal($0) },
                expires: expires))
    }

    func completion(_ response: [UInt8]) -> [Change] {
        guard let sealed = try? seal(response) else { return [] }
        return [.completeKey(key: key, response: sealed)]
    }
}

extension Gateway {
    /// Runs a request about a payment once for each idempotency key; without a key, simply runs it.
    ///
    /// The same request again gets the stored response, byte for byte. One that was interrupted by a crash gets what
    /// the payment has become. Throws `GatewayFault.keyMismatch` and `keyUnderWay`, and what `run` throws.
    public func once(
        _ key: String?, merchant: MerchantID, scope: String, request: [UInt8],
        render: @escaping @Sendable (PaymentReport) -> [UInt8],
        _ run: (Answering?) async throws -> PaymentReport
    ) async throws -> [UInt8] {
        guard let key else { return render(try await run(nil)) }
        return try await once(
            key, merchant: merchant, scope: scope, request: request,
            resume: { render(try await report(on: $0, of: merchant)) },
            run: { render(try await run(Answering(ticket: $0, render: render))) })
    }

    /// The same for requests that make something else than payments.
    public func once(
        _ key: String, merchant: MerchantID, scope: String, request: [UInt8],
        resume: (Subject) async throws -> [UInt8], run: (IdempotencyTicket) async throws -> [UInt8]
    ) async throws -> [UInt8] {
        let verdict = { try await idempotency(key, merchant: merchant, scope: scope, request: request) }
        switch try await verdict() {
        case .replay(let response): return response
        case .interrupted(let subject): return try await resume(subject)
        case .underWay: throw GatewayFault.keyUnderWay
        case .mismatch: throw GatewayFault.keyMismatch
        case .proceed(let ticket):
            do {
                return try await run(ticket)
            } catch {
                // The same request may have overtaken this one: then its answer is this one's too.
                switch try await verdict() {
                case .replay(let response): return response
                case .interrupted(let subject): return try await resume(subject)
                case .mismatch: throw GatewayFault.keyMismatch
                case .underWay: throw ticket.claimed.isSet ? error : GatewayFault.keyUnderWay
                case .proceed: throw error
                }
            }
        }
    }

    /// How long a key is remembered, in seconds.
    static let idempotencySeconds: Int64 = 86_400

    /// Looks a key up. `scope` names the operation, `request` is the body as it came.
    public func idempotency(
        _ key: String, merchant: MerchantID, scope: String, request: [UInt8]
    ) async throws -> IdempotencyVerdict {
        let now = clock.now()
        let purpose = "idempotency:" + merchant.rawValue
        let lookup = vault.lookup(key, for: purpose)
        let fingerprint = vault.fingerprint(Array(scope.utf8) + [0] + request, for: purpose)
        let known = try await read { reader -> (IdempotencyRecord, isOpen: Bool)? in
            guard let record = try reader.idempotency(lookup), record.expires > now else { return nil }
            switch record.subject {
            case .payment(let id): return (record, try reader.payment(id)?.state.isUnresolved ?? true)
            case .refund(let id): return (record, try reader.refund(id)?.state ?? .requested == .requested)
            case .token, .order, .customer, .payout, .line: return (record, true)
            }
        }
        guard let (record, isOpen) = known else {
            let vault = vault
            return .proceed(
                IdempotencyTicket(
                    key: lookup, request: fingerprint, expires: now.adding(seconds: Self.idempotencySeconds),
                    seal: { try vault.seal($0, under: key, for: purpose) }))
        }
        guard record.request == fingerprint else { return .mismatch }
        if let response = record.response { return .replay(try vault.open(response, under: key, for: purpose)) }
        if isOpen { return .underWay }
        return .interrupted(record.subject)
    }
}
