import Payments

extension AssignmentRefusal: CustomStringConvertible {
    /// A sentence for the person, without a full stop.
    public var description: String {
        switch self {
        case .noLine(let number): "the merchant has no line \(number)"
        case .lineElsewhere(let number, let account): "line \(number) is on account \(account)"
        case .noDeposit(let name): "the merchant has no deposit \(name)"
        case .manyDeposits(let name, let ids):
            "\(name) is the name of several deposits; say which by its id: "
                + ids.map(\.hex).joined(separator: ", ")
        case .fault(let fault, let line, let deposit): fault.sentence(line, deposit)
        case .busy: "something else changes the line or the deposit at this moment; try again"
        }
    }
}

extension AssignmentFault {
    fileprivate func sentence(_ line: StatementLine, _ deposit: Payment) -> String {
        let name = "deposit \(deposit.id)"
        return switch self {
        case .lineUsed(.matched(deposit.id)): "line \(line.number) has paid this deposit already"
        case .lineUsed(.matched(let other)): "line \(line.number) has paid deposit \(other) already"
        case .lineUsed: "the merchant has taken the money of line \(line.number) already"
        case .noDeposit: "payment \(deposit.id) is no deposit that a statement pays"
        case .otherMerchant: "the merchant has no \(name)"
        case .otherAccount:
            "\(name) is for account \(deposit.acceptor), line \(line.number) is on account \(line.account)"
        case .otherAmount:
            "\(name) is for \(deposit.amount), line \(line.number) has \(line.credit.amount)"
        case .paid: "\(name) is paid already"
        case .cancelled: "\(name) was cancelled, by its payer or their bank"
        case .payerAtBank:
            "the payer of \(name) is signing in to their bank for it; wait until it is paid or has expired"
        case .sessionOver: "\(name) has ended with its payer's session at their bank"
        case .overflow: "the fee and tax of \(name) are more than its amount"
        }
    }
}
