import APISupport

extension Body {
    /// As the document's sample of an inquiry shows what was asked for.
    static let qrCode = Body([
        ("account_no_list", "\"[123, 456]\""), ("amount", "1"), ("callback_url", quoted(Shop.deafURL)),
        ("ref", "\"ref\""),
    ])

    static let promptPayDeposit = qrCode.with("postback_url", text: "http://shop.test/back")

    static let transfer = Body([
        ("to_bank_id", "2"), ("to_account_no", "1463915322"), ("amount", "5"), ("remark", "\"T1\""),
        ("callback_url", quoted(Shop.deafURL)),
    ])

    static let deposit = Body([
        ("from_bank_id", "3"), ("from_bank_account_name", "\"SOMCHAI J\""),
        ("from_bank_account_no", "\"1110434783\""), ("amount", "50"),
    ])
}
