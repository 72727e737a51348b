/// “API Error Code” of the document's appendix, copied from there: the tables that charges and refunds use.
enum DocumentErrors {
    enum Table: String, Sendable {
        case all = "ALL API"
        case charge = "Charge API"
        case customer = "Customer API"
        case refund = "Refund API"
        case order = "Order API"
        case qr = "QR API"
    }

    static let codes: [(table: Table, code: String, message: String)] = [
        (.all, "authentication_failure", "Failure to properly authenticate yourself in the"),
        (.all, "mandatory_is_empty", "Mandatory parameter is missing"),
        (.charge, "amount_exceed", "Amount exceeds the available limit which can be CHARGE"),
        (.charge, "amount_invalid", "Amount must be positive"),
        (.charge, "card_error", "Card type is not supported"),
        (.charge, "charge_id_not_exist", "Charge ID does not exist or invalid"),
        (.charge, "currency_invalid", "Currency is currently not supported"),
        (.charge, "decrypt_card_error", "An error occurred while processing the card decryption"),
        (.charge, "exceed_amount_per_day", "exceed maximum charge amount limit per day"),
        (.charge, "exceed_amount_per_txn", "exceed maximum charge amount limit per transaction"),
        (.charge, "exceed_count_charge_per_day", "exceed maximum number of charge transaction limit per day"),
        (.charge, "float_not_support", "Decimal places are not supported with small CHARGE currencies"),
        (.charge, "foreign_card_not_supported", "Not support foreign card for register with 3D mode"),
        (.charge, "ip_not_allow", "IP address is not allowed"),
        (.charge, "mid_and_tid_not_exist", "MID and/or TID do not exist or are not mapped to this currency"),
        (.charge, "not_found_settlement_detail", "Settlement detail of this transaction is invalid"),
        (.charge, "payment_type_not_support", "Refund is not allowed for Smartpay transaction"),
        (.charge, "pending_state", "Transaction status is pending please try again in 15 minutes"),
        (.charge, "processing_card_error", "An error occurred while processing the card"),
        (.charge, "refund_state_invalid", "Transaction status is not eligible for refund"),
        (.charge, "register_3d_mode_not_allow", "Not allow register 3d mode for this merchant"),
        (.charge, "settle_state_invalid", "Transaction status is not eligible for settlement"),
        (.charge, "token_conflict", "Token has been changed"),
        (.charge, "token_invalid", "Token was expired or cannot be found"),
        (.charge, "used_token", "Token was already used"),
        (.charge, "void_state_invalid", "Transaction status is not eligible for void"),
        (.charge, "campaign_card_invalid", "Sorry, your card does not support for this campaign."),
        (.charge, "campaign_id_invalid", "Campaign id does not exist or invalid."),
        (.customer, "card_invalid", "Card ID does not exist or invalid"),
        (.customer, "card_not_verified", "Customer ID cannot be generated due to unsuccessful charge"),
        (.customer, "customer_authen_fail", "Customer ID does not belong to your company"),
        (.customer, "customer_invalid", "Customer ID is invalid or does not exist"),
        (.customer, "decrypt_card_error", "An error occurred while processing the card decryption"),
        (.refund, "charge_id_not_exist", "Charge ID does not exist or invalid"),
        (.refund, "authentication_failure", "Failure to properly authenticate yourself in the request"),
        (.refund, "refund_not_allowed", "Refund is not allowed"),
        (.refund, "refund_transaction_is_not_owed", "Invalid refund date range"),
        (.refund, "currency_not_support_decimals", "This currency does not support decimals"),
        (.refund, "refund_state_invalid", "Transaction status is not valid to refund"),
        (.refund, "amount_exceed", "Refund amount cannot exceed the available limit"),
        (.refund, "partial_refund_is_not_allowed", "Invalid refund request"),
        (.refund, "internal_permission_denied", "Permission denied."),
        (.refund, "Pending_state", "Transaction status is pending please try again in 15 minutes"),
        (.refund, "convenience_fee_not_supported", "Convenience fee transaction not support"),
        (.refund, "invalid_parameter", "Invalid Charge ID or Transaction date value"),
        (.refund, "transaction_date_invalid", "Invalid Transaction date format"),
        (.order, "amount_invalid", "Amount must be positive"),
        (.order, "currency_invalid", "Currency is currently not supported"),
        (.order, "exceed_amount_per_day", "exceed maximum charge amount limit per day"),
        (.order, "exceed_amount_per_tx", "exceed maximum charge amount limit per transaction"),
        (.order, "exceed_count_charge_per_day", "exceed maximum number of charge transaction limit per day"),
        (.order, "mid_currency_conflict", "MID conflict with currency code"),
        (.order, "smartpay_invalid", "smartpay information cannot found in system"),
        (.order, "sof_is_empty", "don't have any source of fund support for this merchant"),
        (.qr, "cancel_state_invalid", "Transaction status is not eligible for cancel"),
        (.qr, "charge_id_not_exist", "Charge ID does not exist or invalid"),
        (.qr, "exceed_amount_per_day", "exceed maximum charge amount limit per day"),
        (.qr, "exceed_amount_per_tx", "exceed maximum charge amount limit per transaction"),
        (.qr, "exceed_count_charge_per_day", "exceed maximum number of charge transaction limit per day"),
        (.qr, "invalid_order_id", "Order ID cannot found in system"),
        (.qr, "no_transaction_found", "Transaction status is not eligible for settlement"),
        (.qr, "order_id_is_already_used", "Order ID was already used"),
    ]

    /// Codes that nothing leads to, and why.
    static let unreached: [String: String] = [
        "Customer API customer_authen_fail": "another merchant's objects answer as if they did not exist",
        "Charge API not_found_settlement_detail": "a settled charge and its detail are one commit",
        "Charge API refund_state_invalid":
            "the Refund API's table words the same code for the only call that it is for",
    ]
}
