import Money

/// How an amount is paid by instalments.
public struct InstalmentSummary: Sendable {
    /// Who bears the interest (4.1.1.1, SmartPay).
    public enum Interest: Sendable {
        case merchant, supplier
        /// The cardholder, at this rate for each month, such as `0.74 %`.
        case cardholder(rate: String)
    }

    let months: Int
    let monthly: Money?
    let total: Money?
    let interest: Interest?

    /// - Parameters: what is nil is not shown, as where only the bank knows it.
    public init(months: Int, monthly: Money? = nil, total: Money? = nil, interest: Interest? = nil) {
        self.months = months
        self.monthly = monthly
        self.total = total
        self.interest = interest
    }

    /// What is known, line by line.
    func facts(_ words: PageWords) -> [[String: String]] {
        var facts = [["label": words["instalmentsLabel"], "value": words.filled("monthsCount", String(months))]]
        if let monthly { facts.append(["label": words["monthlyLabel"], "value": monthly.shown]) }
        if let total { facts.append(["label": words["totalLabel"], "value": total.shown]) }
        switch interest {
        case .merchant: facts.append(["label": words["interestLabel"], "value": words["noInterest"]])
        case .supplier: facts.append(["label": words["interestLabel"], "value": words["supplierInterest"]])
        case .cardholder(let rate): facts.append(["label": words["interestLabel"], "value": rate])
        case nil: break
        }
        return facts
    }
}
