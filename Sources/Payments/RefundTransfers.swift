import Ledger
import Money

/// How a refund moves money. Ids are made from the refund's.
extension Refund {
    /// The parts that the merchant pays: set aside at once, so that the money cannot be used twice.
    private func merchantParts(_ payment: Payment) -> [(suffix: String, account: Account, money: Money)] {
        [
            ("available", payment.availableAccount, fromAvailable),
            ("receivable", payment.receivableAccount, fromReceivable),
        ].filter { !$0.2.isZero }
    }

    private func transfer(
        _ suffix: String, from account: Account, _ money: Money, _ payment: Payment, _ kind: Transfer.Kind
    ) -> Transfer {
        Transfer(
            id: "\(id.hex).\(suffix)", debit: account, credit: payment.counterAccount, amount: money, kind: kind)
    }

    func holds(_ payment: Payment) -> [Transfer] {
        merchantParts(payment).map { transfer("\($0.suffix).hold", from: $0.account, $0.money, payment, .hold) }
    }

    func releases(_ payment: Payment) -> [Transfer] {
        merchantParts(payment).map {
            transfer(
                "\($0.suffix).release", from: $0.account, $0.money, payment,
                .release(of: Hold(id: "\(id.hex).\($0.suffix).hold", amount: $0.money)))
        }
    }

    func postings(_ payment: Payment) -> [Transfer] {
        let merchant = merchantParts(payment).map {
            transfer(
                "\($0.suffix).post", from: $0.account, $0.money, payment,
                .post(of: Hold(id: "\(id.hex).\($0.suffix).hold", amount: $0.money)))
        }
        let house = [("fee", payment.feesAccount, fee), ("vat", payment.vatAccount, vat)]
            .filter { !$0.2.isZero }
            .map { transfer($0.0, from: $0.1, $0.2, payment, .single) }
        return merchant + house + exchange(payment)
    }

    /// The card's side of a refund that is paid in the card's own currency.
    private func exchange(_ payment: Payment) -> [Transfer] {
        guard let converted, !converted.isZero else { return [] }
        return [
            Transfer(
                id: "\(id.hex).exchange", debit: payment.houseAccount(.fx, converted.currency),
                credit: payment.clearingAccount, amount: converted, kind: .single)
        ]
    }
}
