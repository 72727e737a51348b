import Payments
import Store

/// Looking payments up.
extension Gateway {
    /// The payment with this id and its refunds, if it is this merchant's and was made through this dialect. Throws
    /// `GatewayFault.notFound`.
    public func report(on id: ID<Payment>, of merchant: MerchantID, dialect: DialectID) async throws -> PaymentReport {
        try await report(of: merchant, dialect: dialect) { _ in id }
    }

    /// The payment that a merchant knows by its own name.
    public func report(on alias: Alias) async throws -> PaymentReport {
        try await report(of: alias.merchant, dialect: alias.dialect) { reader in
            switch try reader.subject(of: alias) {
            case .payment(let id): id
            case .order(let id): try reader.order(id)?.payment
            default: nil
            }
        }
    }

    private func report(
        of merchant: MerchantID, dialect: DialectID,
        _ find: @escaping @Sendable (Reader) throws -> ID<Payment>?
    ) async throws -> PaymentReport {
        let report = try await read { reader -> PaymentReport? in
            guard let id = try find(reader), let payment = try reader.payment(id), payment.merchant == merchant,
                payment.dialect == dialect
            else { return nil }
            // Only settled payments have refunds.
            return PaymentReport(
                payment: payment, refunds: payment.state == .settled ? try reader.refunds(of: id) : [])
        }
        guard let report else { throw GatewayFault.notFound }
        guard report.payment.isAtRail else { return report }
        // The rail's word may have gone astray. Where it cannot be asked the invitation shows as it stands.
        do {
            if let payment = try await look(at: report.payment.id) { return PaymentReport(payment: payment) }
            return PaymentReport(payment: try await payment(report.payment.id, of: merchant))
        } catch GatewayFault.pending {
            return report
        }
    }

    /// The payment that a subject belongs to, with its refunds: for an answer that was interrupted.
    public func report(on subject: Subject, of merchant: MerchantID) async throws -> PaymentReport {
        let report = try await read { reader -> PaymentReport? in
            let (id, refund): (ID<Payment>?, Refund?) =
                switch subject {
                case .payment(let id): (id, nil)
                case .refund(let id): try { ($0?.payment, $0) }(reader.refund(id))
                case .token, .order, .customer, .payout, .line: (nil, nil)
                }
            guard let id, let payment = try reader.payment(id), payment.merchant == merchant else { return nil }
            return PaymentReport(
                payment: payment, refunds: try reader.refunds(of: id), refusal: refund?.errorCode, refund: refund?.id)
        }
        guard let report else { throw GatewayFault.notFound }
        return report
    }
}

/// An invitation as a page sees it that knows only its payment's id.
public struct InvitationView: Sendable {
    public let payment: Payment
    public let merchant: Merchant
}

extension Gateway {
    /// An invitation, looked at anew where it is open. Throws `GatewayFault.notFound` for any payment that is none.
    /// - Parameter isAsking: whether the rail is asked; a page that asks every second is content with what is known.
    public func invitation(
        _ id: ID<Payment>, dialect: DialectID, isAsking: Bool = true
    ) async throws -> InvitationView {
        guard let found = try await read({ try $0.payment(id) }), found.method.invitation != nil,
            found.dialect == dialect, let merchant = directory.merchant(found.merchant)
        else { throw GatewayFault.notFound }
        guard isAsking else { return InvitationView(payment: found, merchant: merchant) }
        let payment = try await report(on: id, of: found.merchant, dialect: dialect).payment
        return InvitationView(payment: payment, merchant: merchant)
    }
}
