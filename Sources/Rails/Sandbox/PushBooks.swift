import GRDB
import Money
import Payments

/// What the bank knows of one invitation, within one transaction.
struct PushBooks {
    let db: Database
    let payment: ID<Payment>
    let now: Instant
    let invitation: SandboxInvitation?
    private(set) var entries: [SandboxBank.Entry]

    init(_ db: Database, _ payment: ID<Payment>, at now: Instant) throws {
        self.db = db
        self.payment = payment
        self.now = now
        invitation = try SandboxInvitation.find(payment, in: db)
        entries = try SandboxBank.entries(of: payment, in: db)
    }

    func approved(_ kind: RailReference.Kind) -> SandboxBank.Entry? {
        entries.first { $0.kind == kind && $0.isApproved }
    }

    /// Why the payer's last attempt failed, where none has succeeded.
    var refusedPayment: String? {
        approved(.authorize) == nil ? entries.last { $0.kind == .authorize }?.code : nil
    }

    func entry(_ reference: String) -> SandboxBank.Entry? { entries.last { $0.reference == reference } }

    /// The fault ordered for this call, which is used up by it.
    func fault(for kind: RailReference.Kind, of rail: SandboxFaults.Rail) throws -> SandboxFaults.Fault? {
        try OrderedFaults.take(for: .init(kind), of: rail, in: db)
    }

    @discardableResult
    mutating func add(
        _ kind: RailReference.Kind, _ reference: String, _ amount: Money, code: String, on rail: SandboxFaults.Rail
    ) throws -> SandboxBank.Entry {
        let entry = SandboxBank.Entry(
            payment: payment, kind: kind, reference: reference, amount: amount, code: code,
            approval: code == SandboxAcquirer.approved ? SandboxAcquirer.approvalCode(payment) : nil,
            answersInquiries: true, at: now, rail: rail)
        try SandboxBank.insert(entry, sequence: entries.count, in: db)
        entries.append(entry)
        return entry
    }
}
