import Payments

extension Auditor {
    /// A line and the deposit that it paid must name one another and be of one amount.
    func compare(_ line: StatementLine, _ payment: Payment?) throws {
        guard case .matched(let id) = line.use else {
            guard line.assignment == nil else {
                throw Difference(description: "line \(line.id) has paid nothing, although somebody said so")
            }
            guard payment == nil else { throw Difference(description: "line \(line.id) has paid and does not say so") }
            return
        }
        guard let payment, payment.id == id else {
            throw Difference(description: "line \(line.id) says it paid \(id), which does not say so")
        }
        guard payment.state == .settled, payment.settlement?.gross == payment.amount else {
            throw Difference(description: "line \(line.id) has paid \(id), which is \(payment.state)")
        }
        guard payment.amount == line.credit.amount, payment.merchant == line.merchant,
            payment.acceptor == String(line.account)
        else { throw Difference(description: "line \(line.id) has paid \(id), which asked for something else") }
    }

    /// A session and the deposit that it pays must have ended alike.
    func compare(_ session: BankSession, _ payment: Payment) throws {
        let expected: PaymentState =
            session.state.isOver ? (session.state == .succeeded ? .settled : .cancelled) : .presented
        guard payment.state == expected else {
            throw Difference(
                description: "the bank session of \(payment.id) is \(session.state), the payment \(payment.state)")
        }
    }
}
