import Gateway
import Money
import Payments

extension MerchantID {
    static let shop = MerchantID(rawValue: "shop")
    static let rival = MerchantID(rawValue: "rival")
}

/// Merchant ids of the test's merchants.
enum Mid {
    /// Authorises at once, captures by itself.
    static let direct = "direct"
    /// Asks the payer to authenticate.
    static let secure = "secure"
    /// Captures only by hand.
    static let manual = "manual"
    /// Takes no card of the usual brands.
    static let unionPay = "unionpay"
    /// Thai QR, a biller id.
    static let qr = "401001001001006"
    /// A wallet's page.
    static let wallet = "wallet"
}

/// 2.5 % and 7 % of tax on them, as in the K-Payment document's samples.
let sampleFees = FeePlan(discount: Rate(partsPerMillion: 25_000), vat: Rate(partsPerMillion: 70_000))

/// 0.5 % of deposits and 1.5 % of payouts, without tax.
let depositFees = FeePlan(discount: Rate(partsPerMillion: 5_000), vat: Rate(partsPerMillion: 0))
let payoutFees = FeePlan(discount: Rate(partsPerMillion: 15_000), vat: Rate(partsPerMillion: 0))

func merchant(_ id: MerchantID = .shop, limits: Limits = Limits(), fees: FeePlan = sampleFees) -> Merchant {
    func acceptor(
        _ mid: String, authenticated: Bool = false, captures: Bool = true,
        _ brands: Set<CardBrand> = [.visa, .mastercard, .jcb]
    ) -> Acceptor {
        Acceptor(
            mid: mid, product: .fullPayment, requiresAuthentication: authenticated,
            currencies: Set(Currency.allCases), brands: brands, capturesItself: captures, fees: fees)
    }
    func push(_ mid: String, _ product: Acceptor.Product) -> Acceptor {
        Acceptor(
            mid: mid, product: product, requiresAuthentication: false, currencies: [.THB], brands: [],
            capturesItself: false, fees: fees)
    }
    return Merchant(
        id: id, name: "\(id)",
        acceptors: [
            acceptor(Mid.direct), acceptor(Mid.secure, authenticated: true), acceptor(Mid.manual, captures: false),
            acceptor(Mid.unionPay, [.unionpay]), push(Mid.qr, .promptPay), push(Mid.wallet, .alipay),
        ],
        collectionAccounts: [1, 2].map {
            CollectionAccount(
                number: $0, bank: "004", account: "123456789\($0)", name: "\(id)", promptPay: "0812345678")
        },
        dialects: [
            FakeDialect.id.rawValue: DialectSettings(
                limits: limits, depositFees: depositFees, payoutFees: payoutFees)
        ])
}

/// Published test cards.
enum TestCard {
    static let visa = "4417706600005830"
    static let mastercard = "5404888000072727"
    static let jcb = "3564580000056476"
    static let unionPay = "6210947764000027"
    static let silent = ["5363314260912204", "4024007121398514", "3532598050794027"]
    static let declined = [
        ("2221000604647064", "01"), ("4877300371267473", "01"), ("3540000981507917", "01"),
        ("5596886582263266", "05"), ("4532741632025415", "05"), ("3539074482135968", "05"),
        ("5149504001969007", "51"), ("5265434283867885", "51"), ("4147602662715373", "51"),
        ("3528730936342392", "51"),
    ]
}

func baht(_ satang: Int64) -> Money { Money(minorUnits: satang, .THB) }

func presented(_ number: String, code: String? = "123") -> PresentedCard {
    PresentedCard(
        number: CardNumber(number)!, holder: "SOMCHAI J", expiry: CardExpiry(year: 2030, month: 12)!,
        code: code.map { Secret($0) })
}
