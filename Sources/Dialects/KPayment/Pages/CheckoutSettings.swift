import Checkout
import Gateway
import Money
import Payments
import WireKit

/// What a shop has asked the checkout page for: the script's attributes (4.1.1.1, 4.1.2.1) as its query carries them.
struct CheckoutSettings {
    /// What the page is opened for.
    enum Purpose { case pay, save }

    /// Why there is no payment to begin, told to the shop's developer.
    struct Faults: Error { let texts: [String] }

    let merchant: Merchant
    let acceptor: Acceptor
    /// Nil where a card is saved.
    let amount: Money?
    let name: String?
    let about: String?
    let offersSaving: Bool
    let customer: String?
    let plan: InstalmentAttributes

    var mid: String { acceptor.mid }
    var shop: String { name ?? merchant.name }

    /// What a token is bound to.
    var terms: CardToken.Terms { CardToken.Terms(mid: mid, amount: amount) }

    /// Reads the attributes. Throws `Faults` with all that is wrong.
    init(_ query: FormFields, _ purpose: Purpose, _ directory: MerchantDirectory) throws(Faults) {
        let reader = AttributeReader(query)
        guard let merchant = reader.merchant(directory) else { throw Faults(texts: reader.faults) }
        self.merchant = merchant
        if purpose == .pay { reader.requireCard() }
        let found = reader.acceptor(of: merchant)
        amount = purpose == .pay ? reader.amount(found) : nil
        name = reader.text("name", 100)
        about = reader.text("description", 255)
        customer = reader.text("customer-id", 50)
        _ = reader.text("campaign-id", 8)
        _ = reader.text("ref-number", 50)
        offersSaving = reader.flag("savecard") ?? true
        plan = reader.plan(found)
        guard let acceptor = found, reader.faults.isEmpty else { throw Faults(texts: reader.faults) }
        self.acceptor = acceptor
    }
}

/// What the attributes of an instalment say, as they are handed back to the shop (4.1.1.2, table 3).
struct InstalmentAttributes {
    /// The inputs that the shop's form receives, in the document's order.
    let fields: [(name: String, value: String)]
    let months: Int?
}
