import Gateway
import Money
import Payments
import WireKit

/// The members that several messages share.
extension ChargeMessage {
    /// From `id` to `source`, with which every message but a refund's begins.
    func head(_ json: inout JSONWriter) {
        json.member("id", dialect.chargeID(payment.id))
        json.member("object", "charge")
        json.member("amount", number: payment.amount.text)
        json.member("currency", payment.amount.currency.rawValue)
        json.member("transaction_state", state.state)
        source(&json)
    }

    func source(_ json: inout JSONWriter) {
        json.memberObject("source") { json in
            switch payment.method {
            case .card(let card):
                json.member("id", dialect.prefix("card") + card.id.hex)
                json.member("object", "card")
                json.member("brand", card.brand.rawValue)
                json.member("card_masking", card.masked)
                json.member("issuer_bank", card.issuer)
            case .push(let invitation):
                let source = PushSource(invitation)
                json.member("id", dialect.prefix(source.prefix) + invitation.id.hex)
                json.member("object", source.object)
                json.member("brand", source.brand)
            }
        }
    }

    func created(_ json: inout JSONWriter) { json.member("created", payment.created.wire) }

    func status(_ json: inout JSONWriter) { json.member("status", state.status) }

    func failure(_ json: inout JSONWriter) {
        json.member("failure_code", failure?.code)
        json.member("failure_message", failure?.message)
    }

    func references(_ json: inout JSONWriter) {
        json.member("ref_1", echo.ref1)
        json.member("ref_2", echo.ref2)
        json.member("ref_3", echo.ref3)
    }

    func tail(_ json: inout JSONWriter) {
        campaign(&json)
        surcharge(&json)
    }

    func mpi(_ json: inout JSONWriter) {
        guard let proof = payment.authentication else { return json.memberNull("mpi") }
        json.memberObject("mpi") { json in
            json.member("eci", proof.eci)
            json.member("xid", proof.xid)
            json.member("cavv", proof.cavv)
            json.member("kbank_mpi", true)
            json.member("version", 2)
            json.member("dtransid", proof.directoryServerID)
        }
    }

    func refundID(_ id: ID<Refund>) -> String { dialect.prefix("refd") + id.hex }

    /// The samples say `settle_amount` where the tables say `settlement_amount`; the samples are followed.
    func settlement(_ json: inout JSONWriter) {
        guard let settlement = payment.settlement else { return json.memberNull("settlement_info") }
        json.memberObject("settlement_info") { json in
            json.member("settle_amount", number: settlement.gross.text)
            json.member("baht_amount", number: baht(settlement.gross, settlement))
            json.member("exchange_rate", number: settlement.rate.text)
            json.member("orig_amount", number: settlement.gross.text)
            json.member("orig_mdr", number: settlement.fee.text)
            json.member("orig_vat", number: settlement.vat.text)
            json.member("orig_net_amount", number: settlement.net.text)
        }
    }

    func refunds(_ json: inout JSONWriter, _ refunds: [Refund]) {
        guard let settlement = payment.settlement, !refunds.isEmpty else { return json.memberNull("refund_info") }
        json.memberArray("refund_info") { json in
            for refund in refunds {
                json.elementObject { refundInfo(&$0, refund, settlement) }
            }
        }
    }

    /// What of the baht goes back with a refund: that of all refunds so far, less what went back before. So refunds of
    /// all give back what was settled, however each by itself would be rounded.
    private func bahtBack(_ refund: Refund, _ settlement: Settlement) -> String {
        let before = report.refunds.prefix { $0.id != refund.id }.filter(\.stands)
            .reduce(0) { $0 + $1.amount.minorUnits }
        func baht(_ units: Int64) -> Int64? {
            try? Money(minorUnits: units, refund.amount.currency).converted(to: .THB, at: settlement.rate).minorUnits
        }
        guard let all = baht(before + refund.amount.minorUnits), let earlier = baht(before) else {
            return refund.amount.text
        }
        return Money(minorUnits: all - earlier, .THB).text
    }

    private func refundInfo(_ json: inout JSONWriter, _ refund: Refund, _ settlement: Settlement) {
        let net = refund.amount.minorUnits - refund.fee.minorUnits - refund.vat.minorUnits
        json.member("refund_amount", number: refund.amount.text)
        json.member("baht_amount", number: bahtBack(refund, settlement))
        json.member("exchange_rate", number: settlement.rate.text)
        json.member("orig_amount", number: refund.amount.text)
        json.member("orig_mdr", number: refund.fee.text)
        json.member("orig_vat", number: refund.vat.text)
        json.member("orig_net_amount", number: Money(minorUnits: net, refund.amount.currency).text)
        json.member("refund_id", refundID(refund.id))
        json.member("error_code", refund.errorCode)
        json.member("error_message", refund.errorCode.map { FailureCodes.message($0) ?? "Declined" })
        json.member("refund_date", refund.completed?.wire)
    }

    private func baht(_ money: Money, _ settlement: Settlement) -> String {
        (try? money.converted(to: .THB, at: settlement.rate))?.text ?? money.text
    }
}
