import Gateway
import Payments
import WireKit

/// 6.1.2 Inquiry Transaction.
extension KPaymentAPI {
    func inquireCharge(_ call: Call) async throws -> [UInt8] {
        let report = try await find(call.parameter("id"), call.merchant.id)
        try Age(report.payment, at: gateway.clock.now()).check(
            date: call.optionalParameter("date"), undated: .mandatoryIsEmpty("transaction_date"),
            tooOld: .chargeNotExist)
        return ChargeMessage(dialect, report).inquired()
    }

    /// A charge by its id, or by the merchant's own reference.
    private func find(_ name: String, _ merchant: MerchantID) async throws -> PaymentReport {
        if let id = dialect.paymentID(name) {
            // A merchant's own reference may look like an id.
            do {
                return try await gateway.report(on: id, of: merchant, dialect: KPayment.id)
            } catch GatewayFault.notFound {}
        }
        if let id = dialect.id(ofOrder: name) {
            do {
                let order = try await gateway.order(id, of: merchant, dialect: KPayment.id)
                guard let attempt = order.attempt else { throw KPaymentError.chargeNotExist }
                return attempt
            } catch GatewayFault.notFound {}
        }
        // Neither engine can be asked for text that holds NUL.
        guard !name.isEmpty, !name.utf8.contains(0), name.unicodeScalars.count <= 100 else {
            throw KPaymentError.chargeNotExist
        }
        return try await gateway.report(
            on: Alias(KPayment.Names.reference, name, dialect: KPayment.id, merchant: merchant))
    }

    /// The charge that a path names by its id.
    func charge(_ call: Call) async throws -> PaymentReport {
        guard let id = dialect.paymentID(call.parameter("id")) else { throw KPaymentError.chargeNotExist }
        return try await gateway.report(on: id, of: call.merchant.id, dialect: KPayment.id)
    }
}

/// How old a charge is, and whether its date must be named: after 180 days it must, after 366 days it is gone
/// (6.1.2 and 6.1.5, `transaction_date`).
struct Age {
    private let days: Int64
    private let date: String

    init(_ payment: Payment, at now: Instant) {
        days = CivilDay(bangkok: now).number - CivilDay(bangkok: payment.created).number
        date = payment.created.wireDate
    }

    func check(date given: String?, undated: KPaymentError, tooOld: KPaymentError) throws(KPaymentError) {
        if let given {
            guard CivilTime(compactDate: given) != nil else { throw .dateInvalid }
            guard given == date else { throw .dateMismatch }
            if days > 366 { throw tooOld }
        } else if days > 366 {
            throw tooOld
        } else if days > 180 {
            throw undated
        }
    }
}
