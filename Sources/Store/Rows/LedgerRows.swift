import Ledger
import Money
import Payments

/// Transfers as rows, and the synchronous balances of the accounts that keep one.
///
/// Transfers are only inserted. Balances move by guarded increments, never by read-modify-write; the other accounts
/// have no row that every payment would touch: theirs is the sum of the transfers.
enum LedgerRows {
    private static let insertion = SQL(
        """
        INSERT INTO transfers (id, debit, credit, currency, amount, kind, created) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
        """)

    /// Ends a hold: only where the hold is there as claimed, and not ended before.
    private static let resolution = SQL(
        """
        INSERT INTO transfers (id, debit, credit, currency, amount, kind, created, hold, hold_amount) \
        SELECT $1, debit, credit, currency, $5, $6, $7, id, amount FROM transfers \
        WHERE id = $8 AND kind = 'hold' AND debit = $2 AND credit = $3 AND currency = $4 AND amount = $9 \
        ON CONFLICT DO NOTHING
        """, secondKey: 7)

    /// Every effect on the paying side: what leaves, what is set aside or freed, guarded by what must be spendable.
    private static let debit = SQL(
        """
        UPDATE balances SET posted = posted - $2, held = held + $3, moved = $5 \
        WHERE account = $1 AND posted - held >= $4 AND held + $3 >= 0
        """)
    /// The same for an account that may go below zero.
    private static let debt = SQL(
        """
        INSERT INTO balances (account, posted, held) VALUES ($1, $4 - $2, $3) \
        ON CONFLICT (account) DO UPDATE SET posted = balances.posted - $2, held = balances.held + $3 \
        WHERE balances.posted >= $5 + $2
        """)
    /// The same for what ends a hold: the row is there, and a proposed one would not be valid.
    private static let debtOfHold = SQL(
        """
        UPDATE balances SET posted = posted - $2, held = held + $3 \
        WHERE account = $1 AND held + $3 >= $4 AND posted >= $5 + $2
        """)
    static let credit = SQL(
        """
        INSERT INTO balances (account, posted, held, moved) VALUES ($1, $2, 0, $4) \
        ON CONFLICT (account) DO UPDATE SET posted = balances.posted + excluded.posted, moved = excluded.moved \
        WHERE balances.posted <= $3 - excluded.posted
        """)

    private static let same = SQL(
        "UPDATE balances SET posted = posted WHERE account = $1 AND posted = $2", isCheck: true)
    /// The same where the account may have no row yet.
    private static let none = SQL(
        """
        INSERT INTO balances (account, posted, held) VALUES ($1, $2, 0) \
        ON CONFLICT (account) DO UPDATE SET posted = balances.posted WHERE balances.posted = $2
        """, isCheck: true)
    private static let atMost = SQL(
        """
        INSERT INTO balances (account, posted, held) VALUES ($1, 0, 0) \
        ON CONFLICT (account) DO UPDATE SET posted = balances.posted WHERE balances.posted - balances.held <= $2
        """, isCheck: true)

    static let balance = SQL("SELECT posted, held FROM balances WHERE account = $1")
    static let lastMove = SQL("SELECT moved FROM balances WHERE account = $1")
    static let balances = SQL("SELECT account, posted, held FROM balances ORDER BY account")
    static let all = SQL(
        "SELECT id, debit, credit, currency, amount, kind, hold, hold_amount, created FROM transfers ORDER BY created, id"
    )

    static func statements(_ transfer: Transfer, at now: Instant) -> [Statement] {
        var statements = [row(transfer, at: now)]
        let effect = transfer.effect
        if transfer.debit.kind.hasFloor {
            let account = transfer.debit.key
            statements.append(
                Statement(
                    debit,
                    [
                        .text(account), .integer(effect.moved), .integer(effect.held), .integer(effect.needed),
                        .integer(now.microseconds),
                    ],
                    otherwise: .insufficientFunds(account: account)))
        } else if transfer.debit.kind.isKept {
            statements.append(
                Statement(
                    effect.held < 0 ? debtOfHold : debt,
                    [
                        .text(transfer.debit.key), .integer(effect.moved), .integer(effect.held), .integer(0),
                        .integer(.min),
                    ], otherwise: .transferRefused(id: transfer.id)))
        }
        if transfer.credit.kind.isKept, effect.moved != 0 {
            statements.append(
                Statement(
                    credit,
                    [
                        .text(transfer.credit.key), .integer(effect.moved), .integer(.max),
                        .integer(now.microseconds),
                    ],
                    otherwise: .transferRefused(id: transfer.id)))
        }
        return statements
    }

    static func expect(_ account: Account, posted: Int64) -> Statement {
        Statement(
            posted == 0 ? none : same, [.text(account.key), .integer(posted)],
            otherwise: .balanceMoved(account: account.key))
    }

    static func expect(_ account: Account, spendableAtMost limit: Int64) -> Statement {
        Statement(
            atMost, [.text(account.key), .integer(limit)], otherwise: .balanceMoved(account: account.key))
    }

    private static func row(_ transfer: Transfer, at now: Instant) -> Statement {
        let (kind, hold): (String, Hold?) =
            switch transfer.kind {
            case .single: ("single", nil)
            case .hold: ("hold", nil)
            case .post(let hold): ("post", hold)
            case .release(let hold): ("release", hold)
            }
        let values: [SQLValue] = [
            .text(transfer.id), .text(transfer.debit.key), .text(transfer.credit.key),
            .text(transfer.amount.currency.rawValue), .integer(transfer.amount.minorUnits), .text(kind),
            .integer(now.microseconds),
        ]
        let refused = Conflict.transferRefused(id: transfer.id)
        guard let hold else { return Statement(insertion, values, otherwise: refused) }
        return Statement(
            resolution, values + [.text(hold.id), .integer(hold.amount.minorUnits)], otherwise: refused)
    }

    static func transfer(_ row: SQLRow) throws -> Transfer {
        let currency = try row.value(3, Currency.init(rawValue:))
        let kind: Transfer.Kind
        switch try row.text(5) {
        case "single": kind = .single
        case "hold": kind = .hold
        case "post": kind = .post(of: try hold(row, currency))
        case "release": kind = .release(of: try hold(row, currency))
        case let other: throw StoreError.damaged("a transfer of kind “\(other)”")
        }
        return Transfer(
            id: try row.text(0), debit: try row.value(1, Account.init(key:)),
            credit: try row.value(2, Account.init(key:)), amount: Money(minorUnits: try row.integer(4), currency),
            kind: kind)
    }

    private static func hold(_ row: SQLRow, _ currency: Currency) throws -> Hold {
        Hold(id: try row.text(6), amount: Money(minorUnits: try row.integer(7), currency))
    }
}

extension Reader {
    /// The synchronous balance of an account that keeps one; zero where nothing ever moved.
    public func balance(of account: Account) throws -> Balance {
        try first(LedgerRows.balance, [.text(account.key)]) {
            Balance(posted: try $0.integer(0), held: try $0.integer(1))
        } ?? Balance(posted: 0, held: 0)
    }

    /// When the synchronous balance of an account last moved; nil where it never has, or before that was kept.
    public func lastMove(of account: Account) throws -> Instant? {
        try first(LedgerRows.lastMove, [.text(account.key)]) {
            try $0.optionalInteger(0).map(Instant.init(microseconds:))
        } ?? nil
    }

    /// Every synchronous balance, by account key.
    public func balances() throws -> [(account: String, balance: Balance)] {
        try rows(LedgerRows.balances, []) { row in
            (try row.text(0), Balance(posted: try row.integer(1), held: try row.integer(2)))
        }
    }

    /// Every transfer with the instant of its commit, in the order in which they were committed, as far as their instants
    /// tell.
    public func forEachDatedTransfer(_ body: (Transfer, Instant) throws -> Void) throws {
        try connection.stream(LedgerRows.all) { row in
            try body(LedgerRows.transfer(row), Instant(microseconds: try row.integer(8)))
        }
    }
}
