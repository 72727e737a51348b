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
    /// The promotion that the card must take part in.
    let campaign: Campaign?
    let plan: InstalmentAttributes

    var mid: String { acceptor.mid }
    var shop: String { name ?? merchant.name }

    /// What a token is bound to.
    /// - Parameter remembers: what the payer says of remembering the card; nil where they are not asked.
    func terms(remembers: Bool? = nil) -> CardToken.Terms {
        CardToken.Terms(mid: mid, amount: amount, remembers: remembers)
    }

    /// Reads the attributes. Throws `Faults` with all that is wrong.
    init(
        _ query: FormFields, _ purpose: Purpose, _ directory: MerchantDirectory, at now: Instant
    ) throws(Faults) {
        let reader = AttributeReader(query)
        guard let merchant = reader.merchant(directory) else { throw Faults(texts: reader.faults) }
        self.merchant = merchant
        if purpose == .pay { reader.requireCard() }
        let found = reader.acceptor(of: merchant)
        amount = purpose == .pay ? reader.amount(found) : nil
        name = reader.text("name", 100)
        about = reader.text("description", 255)
        customer = reader.text("customer-id", 50)
        campaign = reader.campaign(of: merchant, at: now)
        _ = reader.text("ref-number", 50)
        offersSaving = reader.flag("savecard") ?? true
        switch purpose {
        case .pay: plan = reader.offered(reader.plan(found), found, amount, at: now)
        // A verification passes over instalments.
        case .save:
            reader.requireVerification(merchant, found)
            plan = InstalmentAttributes(fields: [], months: nil)
        }
        guard let acceptor = found, reader.faults.isEmpty else { throw Faults(texts: reader.faults) }
        self.acceptor = acceptor
    }
}

/// What the attributes of an instalment say, as they are handed back to the shop (4.1.1.2, table 3).
struct InstalmentAttributes {
    /// The inputs that the shop's form receives, in the document's order; the term comes after them.
    let fields: [(name: String, value: String)]
    /// What the shop has set; nil where the payer chooses.
    let months: Int?
    /// What the offer has to choose from; empty where nothing is paid by instalments.
    private(set) var terms: [Int] = []

    init(fields: [(name: String, value: String)], months: Int?) {
        self.fields = fields
        self.months = months
    }

    func offering(_ terms: [Int]) -> InstalmentAttributes {
        var copy = self
        copy.terms = terms
        return copy
    }

    /// Whether the payer must say over how many months they pay.
    var asksForTerm: Bool { months == nil && !terms.isEmpty }

    /// The shop's term, or else the payer's, where it is on offer.
    func term(chosen: String?) -> Int? {
        months ?? chosen.flatMap { Int($0) }.flatMap { terms.contains($0) ? $0 : nil }
    }
}
