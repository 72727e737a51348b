import Money

extension Transfer {
    /// The first fault that shows in the transfer by itself, without any books; nil when there is none.
    public func shapeFault() -> TransferResult? {
        if !amount.isPositive { return .amountMustBePositive }
        if debit == credit { return .accountsMustDiffer }
        if !isOfOneCurrency { return .currenciesMustMatch }
        switch kind {
        case .single, .hold: return nil
        case .post(let hold): return amount.minorUnits > hold.amount.minorUnits ? .exceedsHold : nil
        case .release(let hold): return amount != hold.amount ? .releaseMustBeWhole : nil
        }
    }

    private var isOfOneCurrency: Bool {
        let currency = amount.currency
        let held = kind.resolves?.amount.currency ?? currency
        return debit.currency == currency && credit.currency == currency && held == currency
    }
}
