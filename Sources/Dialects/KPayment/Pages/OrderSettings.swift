import Checkout
import Gateway
import Money
import Payments
import WireKit

/// What a shop has asked the checkout page of an order for (4.1.2.1).
struct OrderSettings {
    let merchant: Merchant
    let means: OrderMeans
    /// The order's id as it was given.
    let order: String
    let amount: Money?
    let name: String?

    var shop: String { name ?? merchant.name }

    private static let served: Set<OrderMeans> = [.qr, .wechat, .payPlus]

    private static func means(_ query: FormFields) -> OrderMeans? {
        query["payment-methods"].flatMap { OrderMeans(rawValue: $0.lowercased()) }
    }

    /// Whether the page is asked for a means that goes by an order.
    static func reads(_ query: FormFields) -> Bool { means(query).map(served.contains) ?? false }

    /// Throws `CheckoutSettings.Faults` with all that is wrong.
    init(_ query: FormFields, _ directory: MerchantDirectory) throws(CheckoutSettings.Faults) {
        let reader = AttributeReader(query)
        guard let merchant = reader.merchant(directory) else { throw CheckoutSettings.Faults(texts: reader.faults) }
        self.merchant = merchant
        means = Self.means(query) ?? .qr
        order = reader.order() ?? ""
        amount = reader.amount(nil)
        name = reader.text("name", 100)
        _ = reader.text("mid", 15)
        _ = reader.text("ref-number", 50)
        guard reader.faults.isEmpty else { throw CheckoutSettings.Faults(texts: reader.faults) }
    }
}

extension KPaymentAPI {
    /// One request for an order's page, read.
    struct OrderVisit {
        let settings: OrderSettings
        let frame: Frame
        let page: CheckoutPage
        let query: FormFields
        /// Whether nothing but the page's head is asked for, as previews of links do: nothing is made then.
        let isLook: Bool

        init(
            _ query: FormFields, _ frame: Frame, _ page: CheckoutPage, _ api: KPaymentAPI, isLook: Bool = false
        ) throws(CheckoutSettings.Faults) {
            settings = try OrderSettings(query, api.gateway.directory)
            self.isLook = isLook
            self.frame = frame
            self.page = page
            self.query = query
        }

        /// The page's address, or one below it. What a payer has asked for once does not stay in it.
        func address(_ step: String = "", again: Bool = false) -> String {
            let fields = query.fields.filter { $0.name != "again" } + (again ? [(name: "again", value: "1")] : [])
            return page.path + step + "?" + FormBody.encode(fields)
        }
    }
}
