import Payments

/// The table “Failure Code for QR Payment” (Appendix): what became of a QR payment, or why it cannot be given back.
struct PushFailure: Equatable {
    let code: String
    let message: String

    private init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    /// A failure in this document's words, by the rail's own code or the gateway's; nil for any that no table has.
    init?(_ code: String) {
        guard let row = Self.table[Self.own[code] ?? code] else { return nil }
        self = row
    }

    /// What the gateway itself decided, as the bank names it.
    private static let own: [String: String] = [
        invitationCancelledCode: "EMQRC", invitationExpiredCode: "EMQRE", timeoutCode: "EMIETO",
    ]

    /// A void that the payment's state forbids, as the bank would refuse it.
    static func forVoid(in state: PaymentState) -> PushFailure {
        switch state {
        case .voided: table["EMQRV"] ?? notPaid
        case .captured, .settled: table["EMQRVOD"] ?? notPaid
        default: notPaid
        }
    }

    /// The bank's code for a name of the table, or for itself. A name that several codes share is the first of them.
    static func bankCode(_ name: String) -> String? {
        table[name] != nil ? name : table.filter { $0.value.code == name }.keys.min()
    }

    private static let notPaid = PushFailure("qr_void", "QR status is not paid. (EMQSNP)")

    /// By the bank's code, which stands in brackets at the end of the message. The document gives EMHQID two messages;
    /// the first is told.
    static let table: [String: PushFailure] = [
        "EMACF": PushFailure("account_error", "Cannot credit to account. (EMACF)"),
        "EMAC": PushFailure("account_error", "Account is closed. (EMAC)"),
        "EMA": PushFailure("authentication_error", "Wrong partner keys. (EMA)"),
        "EMPM": PushFailure("authentication_error", "Miss match partner id and mid. (EMPM)"),
        "EMBR": PushFailure("bad_request", "Invalid JSON. (EMBR)"),
        "EMDR": PushFailure("duplicate_request", "This request is duplicated. (EMDR)"),
        "EMIDB": PushFailure("internal_error", "Cannot connect to database. (EMIDB)"),
        "EMIU": PushFailure("internal_error", "System unavailable. (EMIU)"),
        "EMIEU": PushFailure("internal_error", "EAI system unavailable. (EMIEU)"),
        "EMIETO": PushFailure("internal_error", "EAI system timeout. (EMIETO)"),
        "EMIGTM": PushFailure("internal_error", "Cannot open wallet account. (EMIGTM)"),
        "EMRAD": PushFailure("invalid_account", "Account Number does not exist. (EMRAD)"),
        "EMICC": PushFailure("invalid_currency_code", "Currency code XXX is not allowed. (EMICC)"),
        "EMITDNE": PushFailure("invalid_origPartnerTxnUid", "origPartnerTxnUid does not exist. (EMITDNE)"),
        "EMITA": PushFailure("invalid_txn_amount", "Invalid Amount. (EMITA)"),
        "EMITF": PushFailure("invalid_txn_amount", "Amount must be an integer with two digits precision. (EMITF)"),
        "EMIQR": PushFailure("invalid_qr_type", "QR Type X is not allowed. (EMIQR)"),
        "EMIRD": PushFailure("invalid_redis", "Invalid Redis. (EMIRD)"),
        "EMIR": PushFailure("invalid_reference1", "Reference1 must not be empty. (EMIR)"),
        "EMISD": PushFailure("invalid_shop_id", "Shop ID is a duplicate. (EMISD)"),
        "EMISDNE": PushFailure("invalid_shop_id", "Shop ID does not exist. (EMISDNE)"),
        "EMID": PushFailure("invalid_document_id", "Document ID invalid. (EMID)"),
        "EMACST": PushFailure("invalid_account", "Invalid account and/or card status. (EMACST)"),
        "EMIST": PushFailure("invalid_settlement_type", "Invalid settlement type. (EMIST)"),
        "EMMC": PushFailure("merchant_closed", "Merchant is already closed. (EMMC)"),
        "EMRD": PushFailure("duplicate_merchant", "Partner ID and Partner Shop ID already registered. (EMRD)"),
        "EMCR": PushFailure("create_merchant", "Merchant has not been created. (EMCR)"),
        "EMDNE": PushFailure("invalid_merchant", "Merchant ID does not exist. (EMDNE)"),
        "EMMS": PushFailure("invalid_merchant", "Wallet is suspended. (EMMS)"),
        "EMMSOC": PushFailure("invalid_merchant", "Wallet is suspended or closed (EMMSOC)"),
        "EMBDNE": PushFailure("invalid_merchant", "Merchant balance does not exist. (EMBDNE)"),
        "EMQRC": PushFailure("qr_cancelled", "QR is cancelled. (EMQRC)"),
        "EMQRP": PushFailure("qr_paid", "QR already paid. (EMQRP)"),
        "EMQSNP": PushFailure("qr_void", "QR status is not paid. (EMQSNP)"),
        "EMQRV": PushFailure("qr_void", "QR already voided. (EMQRV)"),
        "EMQRCVS": PushFailure("qr_void", "Cannot void between settlement process. (EMQRCVS)"),
        "EMQRVOTCH": PushFailure("qr_void", "Cannot void other channel. (EMQRVOTCH)"),
        "EMQRVOD": PushFailure("qr_void", "Cannot void over the day. (EMQRVOD)"),
        "EMQRAE": PushFailure("qr_expired", "QR already expired. (EMQRAE)"),
        "EMQRE": PushFailure("qr_expired", "QR has expired. (EMQRE)"),
        "EMGTMA": PushFailure("gtm_error", "Cannot open wallet account. (EMGTMA)"),
        "EMGTMCR": PushFailure("gtm_error", "Cannot reverse. (EMGTMCR)"),
        "EMGTMEAE": PushFailure("gtm_error", "Upsert accum error. (EMGTMEAE)"),
        "EMGTMSE": PushFailure("gtm_error", "Cannot connect to GTM service. (EMGTMSE)"),
        "EMGTMRE": PushFailure("gtm_error", "Cannot receive message from GTM. (EMGTMRE)"),
        "EMGTMKF10": PushFailure("gtm_error", "Cannot voided. (EMGTMKF10)"),
        "EMSET": PushFailure("settlement_error", "Transaction is already settled (EMSET)"),
        "EMSMSG": PushFailure("settlement_error", "Manual settlement is not allow between 22:00 - 02:30 (EMSMSG)"),
        "EMSBM": PushFailure("settlement_error", "Current balance mismatch. (EMSBM)"),
        "EMSNA": PushFailure("settlement_error", "Settlement is not allowed. (EMSNA)"),
        "EMSFA": PushFailure("settlement_error", "Settlement has been failed. (EMSFA)"),
        "EMCBFA": PushFailure("callback_error", "Callback has been failed. (EMCBFA)"),
        "EMCBSL": PushFailure("callback_error", "Save callback logging has been failed. (EMCBSL)"),
        "EMRSR": PushFailure("register_error", "Settlement account number/name is required. (EMRSR)"),
        "EMHQID": PushFailure("register_error", "Parent's Merchant is required. (EMHQID)"),
        "EMUDM": PushFailure("update_error", "Cannot update merchant (EMUDM)"),
    ]
}
