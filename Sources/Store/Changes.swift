import Ledger
import Payments

/// Everything that one use case wants stored: all of it or none.
public struct Changes: Sendable {
    /// When the use case decided; stamped on rows that say when they were written.
    public let at: Instant
    public private(set) var items: [Change] = []

    public init(at: Instant) {
        self.at = at
    }

    public mutating func add(_ change: Change) { items.append(change) }

    public mutating func add(contentsOf changes: some Sequence<Change>) { items.append(contentsOf: changes) }
}

/// One thing to store. Updates expect the version before the value's own. What is large is kept apart, so that a list of
/// these is copied in no time.
public enum Change: Sendable {
    indirect case insert(Payment)
    indirect case update(Payment)
    indirect case insertRefund(Refund)
    indirect case updateRefund(Refund)
    indirect case transfer(Transfer)
    /// Fails where the account's posted balance is another one.
    case expectPosted(Account, Int64)
    /// Fails where more can be spent from the account.
    case expectSpendable(Account, atMost: Int64)
    indirect case insertOrder(Order)
    indirect case updateOrder(Order)
    /// The order's attempt has succeeded. Fails where the order has another attempt, or was paid.
    case payOrder(ID<Order>, by: ID<Payment>)
    indirect case insertPayout(Payout)
    indirect case updatePayout(Payout)
    /// Keeps a line. Fails where its account has one with this key.
    indirect case insertLine(StatementLine)
    indirect case updateLine(StatementLine)
    indirect case insertBankSession(BankSession)
    indirect case updateBankSession(BankSession)
    /// Takes the numbers after `last` up to `next`. Fails where others took some meanwhile.
    case takeNumbers(CounterName, after: Int64, upTo: Int64)
    /// Uses a value up. Fails where it was used.
    case spendNonce(Nonce)
    indirect case insertCustomer(Customer)
    indirect case updateCustomer(Customer)
    /// Deletes a customer as they stand, with every card of theirs.
    indirect case deleteCustomer(Customer)
    /// Keeps a card. Fails where this very card is kept already.
    indirect case insertSavedCard(SavedCard)
    case deleteSavedCard(ID<CardFace>)
    /// When the subject next needs attention; nil when it no longer does. `by` is the process that has it in hand
    /// meanwhile: others attend to it only when that one is dead.
    case due(Subject, Instant?, by: ProcessID? = nil)
    /// Puts what has fallen due into one process's hands. Fails where another was faster.
    case claimDue(DueItem, by: ProcessID)
    /// When the item next needs attention, where it is still as it was; nothing otherwise.
    case moveDue(DueItem, Instant?)
    /// Takes a name for a subject. Fails when it is taken.
    indirect case name(Alias, Subject)
    indirect case insertToken(CardToken)
    /// Uses up a token and wipes its security code. Fails when it was used.
    case spendToken(key: [UInt8], by: ID<Payment>)
    /// Takes the card out of a used token, to be kept elsewhere. Fails when it was taken.
    case emptyToken(key: [UInt8])
    indirect case insertChallenge(Challenge)
    /// Wipes what a challenge kept of the card.
    case wipeChallenge(key: [UInt8])
    /// Wipes what the challenge of a payment kept, where its key is not at hand.
    case wipeChallenges(of: ID<Payment>)
    /// Queues a notice, which this process delivers for as long as it lives.
    indirect case insertNotice(Notice, by: ProcessID? = nil)
    /// Takes over a notice of a process that is dead. Fails where another was faster.
    indirect case claimNotice(Delivery, by: ProcessID)
    /// A notice that is sent once is about to be: whatever comes of it, it is not sent again.
    indirect case beginOnlyAttempt(Notice, number: Int, at: Instant)
    /// What came of it.
    indirect case endOnlyAttempt(Notice, number: Int, DeliveryAttempt)
    /// It sent nothing, and is kept as failed: the notice waits for the next.
    indirect case deferOnlyAttempt(Notice, number: Int, DeliveryAttempt, next: Instant)
    /// It had not left this process: it waits again, as if it had never begun.
    indirect case takeBackOnlyAttempt(Notice, number: Int)
    indirect case recordAttempt(Notice, number: Int, DeliveryAttempt, DeliveryState, next: Instant?)
    /// Queues a notice again, for this process to deliver.
    case replay(ID<Notice>, by: ProcessID? = nil)
    /// Takes an idempotency key. Fails when it is taken.
    indirect case claimKey(IdempotencyRecord)
    /// Keeps the response for a key.
    case completeKey(key: [UInt8], response: [UInt8])
    /// Counts a payment against a day's limits. Fails when one would be exceeded.
    indirect case countUsage(UsageCount)
    /// Gives back what a payment that came to nothing had counted.
    case returnUsage(merchant: MerchantID, dialect: DialectID, DailyUsage)
    case putMerchant(id: MerchantID, document: [UInt8])
    indirect case putCredential(CredentialRecord)
    case insertKey(KeyRecord)
    case putSetting(name: String, value: String)
    /// This process lives.
    case beat(ProcessID, Int64)
    /// This process lives no more. Fails where it has beaten since.
    case bury(ProcessID, beat: Int64)
    /// This process ends, and leaves what it had in hand to others.
    case leave(ProcessID)
    /// Only this process lives.
    case buryOthers(than: ProcessID)
    /// Wipes the security codes of tokens made in this time.
    case wipeCodes(madeFrom: Instant, to: Instant)
    /// Deletes a batch of tokens, challenges and idempotency keys that ended long enough ago, and what writers left
    /// behind that were last heard of a day before `wallTime`.
    case sweep(wallTime: Instant)
    /// Deletes everything but the schema. Only the sandbox does this.
    case eraseEverything

    func statements(at now: Instant) -> [Statement] {
        switch self {
        case .insert(let payment): [PaymentRows.insert(payment)]
        case .update(let payment): [PaymentRows.update(payment)]
        case .insertRefund(let refund): [RefundRows.insert(refund)]
        case .updateRefund(let refund): [RefundRows.update(refund)]
        case .transfer(let transfer): LedgerRows.statements(transfer, at: now)
        case .expectPosted(let account, let posted): [LedgerRows.expect(account, posted: posted)]
        case .expectSpendable(let account, let limit): [LedgerRows.expect(account, spendableAtMost: limit)]
        case .insertOrder(let order): [OrderRows.insert(order)]
        case .updateOrder(let order): [OrderRows.update(order)]
        case .payOrder(let order, let payment): [OrderRows.pay(order, payment)]
        case .insertPayout(let payout): [PayoutRows.insert(payout)]
        case .updatePayout(let payout): [PayoutRows.update(payout)]
        case .insertLine(let line): [StatementLineRows.insert(line)]
        case .updateLine(let line): [StatementLineRows.update(line)]
        case .insertBankSession(let session): [BankSessionRows.insert(session)]
        case .updateBankSession(let session): [BankSessionRows.update(session)]
        case .takeNumbers(let name, let last, let next): [CounterRows.take(name, after: last, upTo: next)]
        case .spendNonce(let nonce): [NonceRows.spend(nonce)]
        case .insertCustomer(let customer): [CustomerRows.insert(customer)]
        case .updateCustomer(let customer): [CustomerRows.update(customer)]
        case .deleteCustomer(let customer): CustomerRows.delete(customer)
        case .insertSavedCard(let card): [CustomerRows.insert(card)]
        case .deleteSavedCard(let id): [CustomerRows.deleteCard(id)]
        case .due(let subject, let at, let process): [DueRows.put(subject, at, process)]
        case .claimDue(let item, let process): [DueRows.claim(item, process)]
        case .moveDue(let item, let at): [DueRows.move(item, at)]
        case .name(let alias, let subject): [AliasRows.insert(alias, subject)]
        case .insertToken(let token): [TokenRows.insert(token)]
        case .spendToken(let key, let payment): [TokenRows.spend(key, payment)]
        case .emptyToken(let key): [TokenRows.empty(key)]
        case .insertChallenge(let challenge): [ChallengeRows.insert(challenge)]
        case .wipeChallenge(let key): [ChallengeRows.wipe(key)]
        case .wipeChallenges(let payment): [ChallengeRows.wipe(of: payment)]
        case .insertNotice(let notice, let process): [NoticeRows.insert(notice, process)]
        case .claimNotice(let delivery, let process): [NoticeRows.claim(delivery, process)]
        case .beginOnlyAttempt(let notice, let number, let at): NoticeRows.beginOnly(notice, number, at)
        case .takeBackOnlyAttempt(let notice, let number): NoticeRows.takeBackOnly(notice, number)
        case .deferOnlyAttempt(let notice, let number, let attempt, let next):
            NoticeRows.deferOnly(notice, number, attempt, next)
        case .endOnlyAttempt(let notice, let number, let attempt): NoticeRows.endOnly(notice, number, attempt)
        case .recordAttempt(let notice, let number, let attempt, let state, let next):
            NoticeRows.record(notice, number, attempt, state, next)
        case .replay(let id, let process): [NoticeRows.replay(id, process, at: now)]
        case .claimKey(let record): [IdempotencyRows.claim(record, at: now)]
        case .completeKey(let key, let response): [IdempotencyRows.complete(key, response)]
        case .countUsage(let count): UsageRows.count(count)
        case .returnUsage(let merchant, let dialect, let usage): [UsageRows.giveBack(merchant, dialect, usage)]
        case .putMerchant(let id, let document): DirectoryRows.put(id, document)
        case .putCredential(let record): DirectoryRows.put(record)
        case .insertKey(let record): [DirectoryRows.insert(record)]
        case .putSetting(let name, let value): [SettingRows.put(name, value)]
        case .beat(let process, let beat): [ProcessRows.beat(process, beat)]
        case .bury(let process, let beat): [ProcessRows.bury(process, beat)]
        case .leave(let process): [ProcessRows.leave(process)]
        case .buryOthers(let process): [ProcessRows.buryOthers(than: process)]
        case .wipeCodes(let from, let to): [Sweeping.wipeCodes(from, to)]
        case .sweep(let wallTime): Sweeping.statements(now: now, wallTime: wallTime)
        case .eraseEverything: Sweeping.eraseEverything
        }
    }
}
