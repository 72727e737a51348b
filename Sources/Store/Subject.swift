import Payments

/// What a due row, or a name, points at.
public enum Subject: Hashable, Sendable {
    case payment(ID<Payment>)
    case refund(ID<Refund>)
    /// A card token, known by its card's id.
    case token(ID<CardFace>)
    case order(ID<Order>)
    case customer(ID<Customer>)
    case payout(ID<Payout>)
    case line(ID<StatementLine>)

    /// As it is stored: the sort of thing, a colon, its id.
    public var key: String {
        switch self {
        case .payment(let id): "payment:" + id.hex
        case .refund(let id): "refund:" + id.hex
        case .token(let id): "token:" + id.hex
        case .order(let id): "order:" + id.hex
        case .customer(let id): "customer:" + id.hex
        case .payout(let id): "payout:" + id.hex
        case .line(let id): "line:" + id.hex
        }
    }

    public init?(key: String) {
        let parts = key.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "payment": if let id = ID<Payment>(hex: parts[1]) { self = .payment(id) } else { return nil }
        case "refund": if let id = ID<Refund>(hex: parts[1]) { self = .refund(id) } else { return nil }
        case "order": if let id = ID<Order>(hex: parts[1]) { self = .order(id) } else { return nil }
        case "customer": if let id = ID<Customer>(hex: parts[1]) { self = .customer(id) } else { return nil }
        case "payout": if let id = ID<Payout>(hex: parts[1]) { self = .payout(id) } else { return nil }
        case "line": if let id = ID<StatementLine>(hex: parts[1]) { self = .line(id) } else { return nil }
        case "token": if let id = ID<CardFace>(hex: parts[1]) { self = .token(id) } else { return nil }
        default: return nil
        }
    }
}
