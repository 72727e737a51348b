import Payments
import Store

/// Why a person's word about a line changed nothing. Each says it in a plain sentence.
public enum AssignmentRefusal: Error, Equatable, Sendable {
    /// The merchant has no line with this number.
    case noLine(Int64)
    /// The line is on another collection account of the merchant's.
    case lineElsewhere(Int64, account: Int64)
    /// The merchant has no deposit with this id or name.
    case noDeposit(String)
    /// Several deposits of the merchant have this name.
    case manyDeposits(String, [ID<Payment>])
    case fault(AssignmentFault, line: StatementLine, deposit: Payment)
    /// Other commits were faster, again and again, or hold the deposit's order.
    case busy
}

/// Money that the matcher leaves alone: a person says which deposit a line pays.
extension Gateway {
    /// Has a line of a collection account pay a deposit of the merchant's, by a person's word, which is kept with the
    /// line: an open deposit as the matcher would pay it, one that has lapsed late. The merchant is told in the words
    /// of the deposit's API. Of any number of calls one succeeds.
    ///
    /// Throws `AssignmentRefusal` where nothing was changed, and `GatewayFault.unavailable`.
    /// - Parameters:
    ///   - number: the line's, among the merchant's.
    ///   - name: the deposit's id, with or without dashes, or a name that an API or the merchant gave it.
    public func assign(
        line number: Int64, of merchant: MerchantID, account: Int64, to name: String, by person: Assignment
    ) async throws -> AssignmentStep {
        do {
            return try await retrying {
                let names = depositNames(name, of: merchant)
                let (line, deposit, session) = try await read { reader in
                    let line = try reader.line(number, of: merchant, account: account)
                    let deposit = try reader.deposit(called: name, names, of: merchant)
                    return (line, deposit, try reader.bankSession(of: deposit.id))
                }
                return try await assign(line, to: deposit, session, by: person)
            }
        } catch GatewayFault.pending {
            throw AssignmentRefusal.busy
        }
    }

    /// Every name by which one of the merchant's deposits may be called so.
    public func depositNames(_ name: String, of merchant: MerchantID) -> [Alias] {
        dialects.values.sorted { $0.id.rawValue < $1.id.rawValue }.flatMap { dialect in
            dialect.depositNames.map { Alias($0, name, dialect: dialect.id, merchant: merchant) }
        }
    }

    private func assign(
        _ line: StatementLine, to deposit: Payment, _ session: BankSession?, by person: Assignment
    ) async throws -> AssignmentStep {
        let decided: AssignmentStep
        do throws(AssignmentFault) {
            decided = try deposit.assigned(line, session: session, fees: depositFees(of: deposit), by: person)
        } catch {
            throw AssignmentRefusal.fault(error, line: line, deposit: deposit)
        }
        var changes = Changes(at: person.at)
        changes.add(.updateLine(decided.line))
        add(paid: decided.step, &changes)
        if let session = decided.session { changes.add(.updateBankSession(session)) }
        // What lapsed gave back its share of the day; money that is there is not refused for want of it.
        if decided.isLate { changes.add(contentsOf: count(deposit, within: Limits())) }
        try await commit(changes)
        return decided
    }
}

extension Reader {
    fileprivate func line(_ number: Int64, of merchant: MerchantID, account: Int64) throws -> StatementLine {
        guard let line = try line(number, of: merchant) else { throw AssignmentRefusal.noLine(number) }
        guard line.account == account else {
            throw AssignmentRefusal.lineElsewhere(number, account: line.account)
        }
        return line
    }

    /// The merchant's one deposit with this id or name.
    fileprivate func deposit(called name: String, _ names: [Alias], of merchant: MerchantID) throws -> Payment {
        let id = ID<Payment>(hex: name.lowercased().filter { $0 != "-" })
        if let id, let payment = try payment(id), payment.merchant == merchant { return payment }
        let named = try deposits(names)
        guard named.count < 2 else { throw AssignmentRefusal.manyDeposits(name, named.map(\.id)) }
        guard let deposit = named.first else { throw AssignmentRefusal.noDeposit(name) }
        return deposit
    }
}
