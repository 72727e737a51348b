import Logging
import Money
import Payments
import Rails
import Store

/// The use cases: each loads, decides, commits. Rails are called between two commits.
///
/// Immutable but for what it points at; shared by every request.
public struct Gateway: Sendable {
    public let store: Store
    public let vault: Vault
    public let directory: MerchantDirectory
    public let rails: Rails
    public let clock: any GatewayClock
    public let entropy: any Entropy
    public let logger: Logger
    public let dialects: [DialectID: any Dialect]
    /// This process, among those that share the database.
    public let process: ProcessID
    /// How many deposits, and how many lines, of one amount are held against each other, at most.
    let mostAlike: Int
    let inHand = InHand()
    let numbers = NumberSource()
    /// Called after a commit that left notices to deliver, with whose they are.
    let noticesCommitted: @Sendable (MerchantID) -> Void

    public init(
        store: Store, vault: Vault, directory: MerchantDirectory, rails: Rails, clock: any GatewayClock,
        entropy: any Entropy, dialects: [any Dialect], logger: Logger,
        process: ProcessID = .random(), mostAlike: Int = 4_096,
        noticesCommitted: @escaping @Sendable (MerchantID) -> Void = { _ in }
    ) {
        self.store = store
        self.vault = vault
        self.directory = directory
        self.rails = rails
        self.clock = clock
        self.entropy = entropy
        self.logger = logger
        self.process = process
        self.mostAlike = mostAlike
        self.dialects = Dictionary(uniqueKeysWithValues: dialects.map { ($0.id, $0) })
        self.noticesCommitted = noticesCommitted
    }

    /// How often a use case loads and decides again when what it decided on has moved.
    static let attempts = 8

    /// Commits, with the store's conflicts in the use cases' words. A conflict that only says that something has
    /// moved is thrown as it is. Money that becomes a merchant's pays what the merchant owes in the same commit.
    func commit(_ changes: Changes) async throws {
        let transfers = changes.transfers
        let owners = Repayment.concerned(by: transfers)
        if owners.isEmpty { return try await keep(changes) }
        try await commit(changes, moving: transfers, repaying: owners)
    }

    /// Stores these changes and nothing else.
    func keep(_ changes: Changes) async throws {
        do {
            try await store.commit(changes)
        } catch StoreError.conflict(let conflict) {
            throw GatewayFault(conflict) ?? StoreError.conflict(conflict) as any Error
        } catch StoreError.unavailable(let reason), StoreError.inDoubt(let reason) {
            // In doubt is what a crash would be at this moment: whoever reads on finds all of it or nothing.
            logger.error("cannot commit", metadata: ["reason": "\(reason)"])
            throw GatewayFault.unavailable
        }
        changes.noticed.forEach(noticesCommitted)
    }

    /// Reads, with the store's errors in the use cases' words.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        do {
            return try await store.read(body)
        } catch StoreError.unavailable(let reason) {
            logger.error("cannot read", metadata: ["reason": "\(reason)"])
            throw GatewayFault.unavailable
        }
    }

    /// Runs `body` again, a bounded number of times, while what it decided on keeps moving.
    func retrying<Value>(_ body: () async throws -> Value) async throws -> Value {
        for _ in 1..<Self.attempts {
            do {
                return try await body()
            } catch StoreError.conflict(.stale), StoreError.conflict(.insufficientFunds) {
                continue
            }
        }
        do {
            return try await body()
        } catch StoreError.conflict {
            throw GatewayFault.pending
        }
    }
}

extension Changes {
    /// Whose notices these changes leave to deliver.
    var noticed: [MerchantID] {
        items.compactMap { if case .insertNotice(let notice, _) = $0 { notice.merchant } else { nil } }
    }
}
