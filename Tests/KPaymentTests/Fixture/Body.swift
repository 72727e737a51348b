import APISupport

extension Body {
    /// A charge of 200.50 baht without 3-D Secure, as 6.1.1 shows it.
    static func charge(_ token: String, mid: String = Shop.Mid.without3DS, reference: String? = nil) -> Body {
        Body([
            ("amount", "200.50"), ("currency", "\"THB\""), ("description", "\"TEST PRODUCT\""),
            ("source_type", "\"card\""), ("mode", "\"token\""), ("token", quoted(token)),
            // A token's last digits are random: as good as a number of the shop's own.
            ("reference_order", quoted(reference ?? "R" + token.suffix(24))),
            ("additional_data", "{\"mid\":\(quoted(mid))}"),
        ])
    }

    static func card(_ number: String) -> Body {
        Body([
            ("number", quoted(number)), ("name", "\"SOMCHAI J\""), ("expiry", "\"12/30\""), ("cvv", "\"123\""),
        ])
    }
}
