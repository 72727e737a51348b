import Gateway
import Money
import Payments
import WireKit

extension UnmatchedReport {
    /// The same as JSON, times in UTC.
    var json: [UInt8] {
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.member("merchant", merchant.rawValue)
            json.member("account", account)
            json.memberArray("lines") { json in
                for line in found.lines { json.elementObject { write(line, &$0) } }
            }
            json.member("has_more", found.hasMore)
        }
        return json.bytes
    }

    private func write(_ unmatched: UnmatchedLine, _ json: inout JSONWriter) {
        let (line, credit) = (unmatched.line, unmatched.line.credit)
        json.member("line", line.number)
        json.member("credited_at", credit.creditedAt.iso8601)
        json.member("credited_until", credit.creditedUntil?.iso8601)
        json.member("age_seconds", found.at.seconds(since: credit.creditedAt))
        json.member("amount", credit.amount.text(decimals: credit.amount.currency.exponent))
        json.member("currency", credit.amount.currency.rawValue)
        json.member("payer_name", credit.payerName)
        json.member("payer_account", credit.payerAccount.map(MaskedAccount.masked))
        json.member("payer_bank", credit.payerBank)
        json.member("reference", credit.reference)
        json.member("description", credit.description)
        json.memberArray("deposits") { json in
            for candidate in unmatched.candidates { json.elementObject { write(candidate, &$0) } }
        }
        json.member("has_more_deposits", unmatched.hasMoreCandidates)
    }

    private func write(_ candidate: DepositMatcher.Candidate, _ json: inout JSONWriter) {
        let deposit = candidate.deposit
        json.member("id", deposit.id.hex)
        json.member("api", deposit.dialect.rawValue)
        json.member("reason", candidate.reason.code)
        json.member("opened_at", deposit.created.iso8601)
        json.member("expires_at", deposit.method.invitation?.expires.iso8601)
        json.member("reference", deposit.expectation?.reference)
        json.memberArray("payer_accounts") { json in
            for payer in deposit.expectation?.payers ?? [] { json.element(MaskedAccount.masked(payer)) }
        }
    }
}
