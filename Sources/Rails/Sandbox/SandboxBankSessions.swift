import Money
import Payments

/// The simulated banks as payers sign in to them. They answer at once.
public struct SandboxBankSessions: BankSessionRail {
    private typealias Entry = BankSessionBook.Entry

    private let book: BankSessionBook
    private let now: @Sendable () -> Instant

    public init(bank: SandboxBank, now: @escaping @Sendable () -> Instant) {
        book = BankSessionBook(of: bank)
        self.now = now
    }

    public var isSimulated: Bool { true }

    public func serves(bank code: String) -> Bool { ThaiBank.all.contains { $0.code == code } }

    public func session(shownBy credit: BankCredit) -> ID<Payment>? {
        credit.reference.flatMap(BankSessionBook.Entry.payment(of:))
    }

    public func signIn(_ request: BankSignIn) async -> BankWord {
        let now = now()
        let userName = request.userName.expose()
        let user = SandboxBankUser(rawValue: userName)
        let hasPassword = !request.password.expose().isEmpty
        return await act(
            request.reference,
            fresh: { Entry(payment: request.reference, bank: request.bank, kind: request.kind, at: now) },
            { entry in
                guard entry.step == .signedOut else { return }
                entry.account = SandboxBankUser.account(of: userName)
                entry.behaviour = user?.rawValue
                if user == .locked { return entry.end(.locked) }
                guard user != .wrong, hasPassword else { return entry.fail(.wrongCredentials) }
                entry.go(to: .signedIn)
            })
    }

    public func order(_ request: BankTransferRequest) async -> BankWord {
        await act(request.reference) { entry in
            guard entry.step == .signedIn else { return }
            entry.amount = request.amount
            if entry.user == .poor { return entry.end(.insufficientFunds) }
            entry.go(to: .first)
        }
    }

    public func confirm(_ code: Secret<String>, _ which: BankCode, of payment: ID<Payment>) async -> BankWord {
        let isRight = code.expose() == SandboxBankUser.rightCode
        let now = now()
        let word = await act(payment) { entry in
            guard entry.step == (which == .first ? .first : .second) else { return }
            guard isRight else { return entry.fail(.wrongCode) }
            let asksAgain = which == .first && (entry.kind == .business || entry.user == .second)
            entry.go(to: asksAgain ? .second : .transferred)
            if entry.hasLeft { entry.at = now }
        }
        if case .transferred = word, (try? await book.entry(payment))?.user == .lost {
            return .unknown(reason: "the answer was lost")
        }
        return word
    }

    public func status(of payment: ID<Payment>) async -> BankWord {
        do {
            let (entry, isSilent) = try await book.standing(of: payment, at: now())
            return isSilent ? .unknown(reason: "the bank says nothing yet") : Self.word(entry)
        } catch {
            return .unknown(reason: "the bank's file cannot be read")
        }
    }

    public func cancel(_ payment: ID<Payment>) async -> BankWord {
        let now = now()
        return await change(
            payment,
            // What is still on its way finds that it is over.
            fresh: { Entry(payment: payment, bank: "", kind: .personal, at: now) },
            { entry in if !entry.isOver { entry.end(.cancelled) } })
    }

    private func change(
        _ payment: ID<Payment>, fresh: (@Sendable () -> Entry)? = nil, _ body: @escaping @Sendable (inout Entry) -> Void
    ) async -> BankWord {
        do {
            return Self.word(try await book.change(payment, fresh: fresh, body))
        } catch {
            return .unknown(reason: "the bank's file cannot be written")
        }
    }

    /// Does what the payer asks, unless a fault was ordered for it.
    private func act(
        _ payment: ID<Payment>, fresh: (@Sendable () -> Entry)? = nil, _ body: @escaping @Sendable (inout Entry) -> Void
    ) async -> BankWord {
        do {
            let (entry, fault) = try await book.act(payment, at: now(), fresh: fresh, body)
            switch fault {
            case .timeout, .unavailable, .lateNotice: return .unknown(reason: fault?.rawValue ?? "")
            case .decline, .duplicateNotice, nil: return Self.word(entry)
            }
        } catch {
            return .unknown(reason: "the bank's file cannot be written")
        }
    }

    private static func word(_ entry: Entry?) -> BankWord {
        guard let entry else { return .asksCredentials(nil) }
        switch entry.step {
        case .signedOut: return .asksCredentials(entry.problem)
        case .signedIn: return .signedIn
        case .first: return .asksCode(.first, entry.problem)
        case .second: return .asksCode(.second, entry.problem)
        case .transferred: return entry.credit.map { .transferred($0) } ?? .unknown(reason: "no amount")
        case .ended: return .refused(entry.problem ?? .refused)
        }
    }
}

extension BankSessionBook.Entry {
    var user: SandboxBankUser? { behaviour.flatMap(SandboxBankUser.init(rawValue:)) }

    /// The transfer as the collection account's statement shows it.
    var credit: BankCredit? {
        amount.map { amount in
            let name = ThaiBank.named(bank)?.shortCode ?? bank
            return BankCredit(
                key: BankCredit.key(reference, on: CivilDay(bangkok: at), amount), amount: amount, creditedAt: at,
                payerBank: bank, payerAccount: account,
                payerName: "SIMULATED PAYER", description: "\(name) X\(account.suffix(6))", reference: reference)
        }
    }

    mutating func go(to step: BankSessionBook.Step) {
        self.step = step
        failures = 0
        problem = nil
    }

    mutating func end(_ problem: BankSessionProblem) {
        go(to: .ended)
        self.problem = problem
    }

    /// Another try, or none any more.
    mutating func fail(_ problem: BankSessionProblem) {
        failures += 1
        self.problem = problem
        if failures >= SandboxBankUser.tries { end(.locked) }
    }
}
