import Money
import Payments

extension Payment {
    /// The same payment with terms.
    func with(_ terms: PaymentTerms, settled fees: FeePlan? = nil) throws -> Payment {
        var settlement = settlement
        if let gross = captured, let at = settlement?.at, let fees {
            settlement = try fees.settlement(of: gross, rate: .one, at: at)
        }
        return Payment(
            id: id, version: version, merchant: merchant, dialect: dialect, acceptor: acceptor, amount: amount,
            state: state, method: method, terms: terms, created: created, captured: captured, capturedAt: capturedAt,
            settlement: settlement, echo: echo)
    }
}

/// The card is charged so many minor units of a currency.
func converted(_ units: Int64, _ currency: Currency = .USD) -> PaymentTerms {
    PaymentTerms(
        conversion: Conversion(converted: Money(minorUnits: units, currency), rate: .one, expires: noon))
}

/// 10.00 baht with 2.50 and 0.18 of tax.
func surcharged() throws -> PaymentTerms {
    PaymentTerms(surcharge: try Surcharge(on: baht(1_000), fee: baht(250), vat: baht(18)))
}

func instalment(_ interest: Instalment.InterestPayer, rate: Int64? = nil) -> PaymentTerms {
    PaymentTerms(
        instalment: Instalment(
            offer: "0001", months: 10, interest: interest, merchantRate: rate.map { Rate(partsPerMillion: $0) }))
}
