import Payments
import WireKit

/// How an order may be paid: its `source_type`.
enum OrderMeans: String, CaseIterable {
    case card, qr, redirect, wechat
    /// Pay PLUS, which the document names as a means but has no word for.
    case payPlus = "payplus"

    /// Whether the payer is shown a code, or told on their phone.
    var isPushed: Bool { [.qr, .wechat, .payPlus].contains(self) }

    /// The products that pay such an order where the merchant names no merchant id, the usual first.
    var products: [Acceptor.Product] {
        switch self {
        case .card: [.fullPayment, .currencyConversion, .instalments]
        case .qr: [.promptPay, .payPlus]
        case .redirect: [.alipay, .unionPay]
        case .wechat: [.weChatPay]
        case .payPlus: [.payPlus]
        }
    }
}

/// An order request's fields as text, of the right types and lengths (6.3.1).
struct OrderText {
    let amount: String
    let currency: String
    let means: OrderMeans
    let echo: OrderEcho

    init(_ fields: Fields) throws(KPaymentError) {
        amount = try fields.decimal("amount")
        currency = try fields.requiredText("currency", 3)
        let word = try fields.word("source_type", OrderMeans.allCases.map(\.rawValue))
        guard let means = word.flatMap(OrderMeans.init(rawValue:)) else { throw .mandatoryIsEmpty("source_type") }
        self.means = means
        var echo = OrderEcho(
            description: try fields.requiredText("description", 255),
            referenceOrder: try fields.requiredText("reference_order", 50))
        (echo.ref1, echo.ref2, echo.ref3) = (
            try fields.text("ref_1", 128), try fields.text("ref_2", 128), try fields.text("ref_3", 128)
        )
        (echo.info1, echo.info2, echo.info3) = (
            try fields.text("info1", 128), try fields.text("info2", 128), try fields.text("info3", 128)
        )
        echo.image = try Self.image(fields)
        if let customer = try fields.nested("customer") {
            echo.customer = try customer.requiredText("customer_id", 256)
        }
        echo.metadata = try Self.metadata(fields)
        echo.additional = try fields.nested("additional_data").map { (data) throws(KPaymentError) in
            OrderEcho.Additional(
                mid: try data.text("mid", 20), tid: try data.text("tid", 20),
                smartPay: try data.text("smartpay_id", 6), term: try data.integer("term"),
                campaign: try data.text("campaign_id", 8), phone: try Self.phone(data))
        }
        self.echo = echo
    }

    private static func image(_ fields: Fields) throws(KPaymentError) -> String? {
        guard let text = try fields.text("shop_image_url", 128) else { return nil }
        let isWeb = ["https://", "http://"].contains {
            text.lowercased().hasPrefix($0) && text.utf8.count > $0.utf8.count
        }
        guard isWeb, !text.unicodeScalars.contains(where: \.properties.isWhitespace) else {
            throw .invalidParameter("shop_image_url", "an http or https URL is expected")
        }
        return text
    }

    static func phone(_ data: Fields) throws(KPaymentError) -> String? {
        guard let text = try data.text("phone", 15) else { return nil }
        guard let phone = phone(text), phone == text else {
            throw .invalidParameter("additional_data.phone", "9 to 15 digits are expected")
        }
        return phone
    }

    /// A number as a payer types it: spaces and hyphens may stand in it. Nil for what is none.
    static func phone(_ typed: String) -> String? {
        let text = typed.filter { $0 != " " && $0 != "-" }
        let isNumber = (9...15).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
        return isNumber ? text : nil
    }

    /// What was bought, as it came. Each entry must be of the document's types.
    static func metadata(_ fields: Fields) throws(KPaymentError) -> JSON? {
        guard let items = try fields.list("metadata") else { return nil }
        guard items.count <= 255 else { throw .invalidParameter("metadata", "more than 255 items") }
        for item in items {
            _ = try item.text("item", 255)
            _ = try item.integer("qty")
            if item.has("amount") { _ = try item.decimal("amount") }
        }
        return fields.raw("metadata")
    }
}
