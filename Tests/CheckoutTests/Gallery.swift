import Hummingbird
import Money
import Payments

@testable import Checkout

/// One of every page that this part can draw.
struct Gallery: Sendable {
    static let origin = "https://shop.example"

    let language: Language
    var place = Frame.Place.overlay(origin: Gallery.origin)
    var shop = "Awesome Shop"

    private var frame: Frame { Frame(language: language, place: place, isTest: true) }
    private var purchase: Purchase {
        Purchase(shop: shop, about: "Camera, second hand", amount: Money(minorUnits: 3_000_000, .THB))
    }
    /// With a picture, and with more said of what is bought.
    private var pictured: Purchase {
        var purchase = purchase
        purchase.picture = ShopPicture("https://shop.example/shop.png?a=1&b=2")
        purchase.information = ["Polaroid PRONTO 600", "With case and two films"]
        return purchase
    }
    private var brands: Set<CardBrand> { [.visa, .mastercard, .jcb] }

    var pages: [(name: String, response: Response)] {
        [
            ("card", cardPage.response()),
            ("card-problems", cardProblems.response(status: .unprocessableContent)),
            ("card-instalments", cardInstalments.response()),
            ("card-terms", cardTerms(lacksChoice: false).response()),
            ("card-terms-none-chosen", cardTerms(lacksChoice: true).response(status: .unprocessableContent)),
            ("card-over", cardOver.response(status: .unprocessableContent)),
            ("fee", feePage.response()),
            ("saved-cards-fee", savedCards(fees: [.visa, .mastercard]).response()),
            ("saved-cards-fees", savedCards(fees: [.visa]).response()),
            ("webview-save", savePage.response()),
            ("saved-cards", savedCards().response()),
            ("saved-cards-none-chosen", savedCardsAgain.response(status: .unprocessableContent)),
            ("conversion", conversion(lacksConsent: false).response()),
            ("conversion-problem", conversion(lacksConsent: true).response(status: .unprocessableContent)),
            ("thai-qr", waiting(.thaiQR(picture: "/ui/v2/assets/icon.svg", id: "qr_test_0190f1c2a7b37d3e")).response()),
            (
                "wechat-qr",
                waiting(.weChat(picture: "/ui/v2/assets/icon.svg", id: "qr_test_0190f1c2a7b37d3f")).response()
            ),
            ("preparing", preparing.response()), ("thai-qr-file", savedPicture.response()),
            (
                "thai-qr-shop",
                waiting(
                    .thaiQR(picture: "/ui/v2/assets/icon.svg", id: "qr_test_0190f1c2a7b37d40"), purchase: pictured
                ).response()
            ),
            ("pay-plus-shop", payPlus(nil, purchase: pictured).response()),
            ("pay-plus-waiting", waiting(.phone(number: "081 234 5678")).response()),
            ("pay-plus", payPlus(nil).response()),
            ("pay-plus-problem", payPlus(.wrong).response(status: .unprocessableContent)),
            ("alipay", wallet(.alipay).response()), ("wechat", wallet(.weChat).response()),
            ("unionpay", unionPay.response()), ("unionpay-code", wallet(.unionPayCode("111111")).response()),
            ("card-taken", handover(.cardTaken).response()), ("card-saved", handover(.cardSaved).response()),
            ("paid", handover(.paid).response()),
            ("expired", OverPage(frame: frame, reason: .expired, again: "/ui/v2/checkout?a=b").response()),
            ("cancelled", OverPage(frame: frame, reason: .cancelled).response()),
            ("failed", OverPage(frame: frame, reason: .failed(nil), again: "/ui/v2/checkout").response()),
            ("bank-sign-in", bank(.signIn).response()),
            ("bank-sign-in-wrong", bank(.signIn, [.wrongCredentials]).response()),
            ("bank-otp1-unreachable", bank(.first, [.unreachable]).response()),
            (
                "bank-sign-in-empty",
                bank(.signIn, [.usernameMissing, .passwordMissing]).response(status: .unprocessableContent)
            ),
            ("bank-otp1", bank(.first).response()), ("bank-otp1-wrong", bank(.first, [.wrongCode]).response()),
            ("bank-otp2", bank(.second).response()), ("bank-waiting", waiting(.bank).response()),
            ("promptpay-qr", promptPay.response()), ("promptpay-checking", checking(back).response()),
            ("promptpay-checking-link", checking(linkBack).response()),
            ("deposit-paid-link", outcome(.paid, linkBack).response()),
            ("deposit-paid", outcome(.paid).response()), ("deposit-poor", outcome(.insufficientFunds).response()),
            ("deposit-expired", outcome(.expired).response()),
            ("deposit-cancelled-qr", outcome(.cancelledQR).response()),
            ("deposit-unknown", LostPage(frame: frame, reason: .unknown).response(status: .notFound)),
            ("deposit-unavailable", LostPage(frame: frame, reason: .unavailable).response(status: .serviceUnavailable)),
            ("set-up-wrong", setUpWrong.response(status: .badRequest)),
            ("unavailable", unavailable.response(status: .serviceUnavailable)),
        ]
    }

    private var cardPage: CardPage {
        CardPage(frame: frame, purchase: purchase, purpose: .pay, action: "/ui/v2/checkout?a=b", brands: brands)
    }

    private var cardProblems: CardPage {
        var page = cardPage
        page.problems = [.numberWrong, .nameMissing, .expiryPast, .codeWrong]
        page.entry = CardPage.Entry(name: "", expiry: "01/20", isSaving: true)
        return page
    }

    private var cardInstalments: CardPage {
        var page = cardPage
        page.instalments = instalments
        return page
    }

    private func cardTerms(lacksChoice: Bool) -> CardPage {
        var page = cardPage
        page.terms = TermChoice(
            terms: [
                InstalmentSummary(months: 3, monthly: Money(minorUnits: 1_000_000, .THB)),
                InstalmentSummary(months: 10, monthly: Money(minorUnits: 300_000, .THB)),
                InstalmentSummary(months: 12),
            ])
        page.terms?.lacksChoice = lacksChoice
        page.feeBrands = [.visa, .mastercard]
        return page
    }

    private var cardOver: CardPage {
        var page = cardPage
        page.isOver = true
        return page
    }

    private var surcharge: Surcharge {
        // Sums of this size cannot overflow.
        try! Surcharge(
            on: Money(minorUnits: 3_000_000, .THB), fee: Money(minorUnits: 75_000, .THB),
            vat: Money(minorUnits: 5_250, .THB))
    }

    private var feePage: FeePage {
        FeePage(
            frame: frame, purchase: Purchase(shop: shop, amount: surcharge.total),
            amount: Money(minorUnits: 3_000_000, .THB), surcharge: surcharge, action: "/ui/v2/checkout/fee?a=b",
            otherCard: "/ui/v2/checkout?a=b&other=1", fields: [("token", "tokn_test_1")])
    }

    private var instalments: InstalmentSummary {
        InstalmentSummary(
            months: 10, monthly: Money(minorUnits: 322_200, .THB), total: Money(minorUnits: 3_222_000, .THB),
            interest: .cardholder(rate: "0.74 %"))
    }

    private var savePage: CardPage {
        CardPage(
            frame: frame, purchase: Purchase(shop: shop, amount: nil), purpose: .save, action: "/ui/v2/webview/save",
            brands: brands)
    }

    private func savedCards(fees: Set<CardBrand> = []) -> SavedCardsPage {
        func card(_ id: String, _ brand: CardBrand, _ masked: String, _ year: Int) -> CardChoice? {
            CardExpiry(year: year, month: 5).map {
                CardChoice(
                    id: id, brand: brand, masked: masked, expiry: $0, isExpired: year < 2026,
                    surcharge: fees.contains(brand) ? surcharge : nil)
            }
        }
        let cards = [
            card("card_test_1", .visa, "441770*****5830", 2030),
            card("card_test_2", .mastercard, "540488*****0836", 2029),
            card("card_test_3", .jcb, "356458*****6476", 2024),
        ]
        return SavedCardsPage(
            frame: frame, purchase: purchase, cards: cards.compactMap(\.self), action: "/ui/v2/checkout?a=b",
            otherCard: "/ui/v2/checkout?a=b&new-card=true")
    }

    private var savedCardsAgain: SavedCardsPage {
        var page = savedCards()
        page.lacksChoice = true
        page.instalments = instalments
        return page
    }

    private func conversion(lacksConsent: Bool) -> ConversionPage {
        let offer = ConversionPage.Offer(
            amount: Money(minorUnits: 3_000_000, .THB), converted: Money(minorUnits: 89_392, .USD), rate: "33.560",
            margin: "2.5 %")
        var page = ConversionPage(
            frame: frame, purchase: purchase, offer: offer, action: "/ui/v2/checkout?a=b",
            fields: [("token", "tokn_test_1")])
        page.lacksConsent = lacksConsent
        return page
    }

    private func waiting(_ kind: WaitingPage.Kind, purchase: Purchase? = nil) -> WaitingPage {
        var page = WaitingPage(
            frame: frame, purchase: purchase ?? self.purchase, kind: kind, path: "/ui/v2/checkout?a=b",
            statusPath: "/ui/v2/status/1")
        page.secondsLeft = 545
        page.cancelPath = "/ui/v2/cancel/1"
        return page
    }

    private var preparing: WaitingPage {
        WaitingPage(
            frame: frame, purchase: purchase, kind: .preparing, path: "/ui/v2/checkout?a=b",
            statusPath: "/ui/v2/status/1")
    }

    private var savedPicture: WaitingPage {
        var page = waiting(.thaiQR(picture: "/ui/v2/assets/icon.svg", id: "qr_test_0190f1c2a7b37d3e"))
        page.savedPicture = "/ui/v2/assets/qr.png"
        return page
    }

    /// The pages that take the browser back to the shop's own address.
    static let handingOver = [
        "card-taken", "card-saved", "paid", "promptpay-checking", "deposit-paid", "deposit-poor", "deposit-expired",
        "deposit-cancelled-qr", "promptpay-checking-link", "deposit-paid-link",
    ]

    private var back: BackToShop {
        BackToShop(to: "https://shop.example/back?order=7", with: [("status", "S")])
    }

    /// To an address with a query that is no UTF-8.
    private var linkBack: BackToShop {
        BackToShop(to: "https://shop.example/back?order=7&name=%A1%A2", with: [("status", "S")])
    }

    private func bank(_ step: BankPage.Step, _ problems: [BankPage.Problem] = []) -> BankPage {
        var page = BankPage(
            frame: frame, purchase: Purchase(shop: shop, amount: Money(minorUnits: 300_000, .THB)),
            bank: BankPage.Bank(
                name: "SIAM COMMERCIAL BANK", logo: "/bank_logo/014.png", isBusiness: step == .second),
            step: step, action: "/pg/sign-in?token=a")
        page.problems = problems
        page.userName = "somchai"
        page.until = "14:05"
        if step == .signIn { page.qrPath = "/pg/qr?token=a" }
        page.cancelPath = "/pg/cancel?token=a"
        return page
    }

    private var promptPay: WaitingPage {
        var page = waiting(.promptPay(picture: "/ui/v2/assets/icon.svg", payee: "Demo Shop Co., Ltd."))
        page.paidPath = "/pp_redirect/paid?uuid=a"
        page.cancelPath = nil
        return page
    }

    private func checking(_ back: BackToShop) -> WaitingPage {
        var page = waiting(.credit)
        page.cancelPath = nil
        page.secondsLeft = nil
        page.back = back
        return page
    }

    private func outcome(_ outcome: OutcomePage.Outcome, _ way: BackToShop? = nil) -> OutcomePage {
        OutcomePage(frame: frame, purchase: purchase, outcome: outcome, back: way ?? back)
    }

    private func payPlus(_ problem: PayPlusPage.Problem?, purchase: Purchase? = nil) -> PayPlusPage {
        var page = PayPlusPage(
            frame: frame, purchase: purchase ?? self.purchase, action: "/ui/v2/checkout?a=b",
            appLink: "kplus://pay?id=1")
        page.problem = problem
        page.phone = problem == nil ? "" : "12345"
        return page
    }

    private func wallet(_ kind: WalletPage.Kind) -> WalletPage {
        WalletPage(
            frame: frame, purchase: purchase, kind: kind, payPath: "/ui/v2/pay/1", cancelPath: "/ui/v2/cancel/1")
    }

    private var unionPay: WalletPage {
        var page = wallet(
            .unionPayCard(
                WalletPage.CardEntry(number: "6250947000000014", expiry: "12/33", code: "123", pin: "111111")))
        page.problems = [.pinWrong]
        return page
    }

    private func handover(_ outcome: HandoverPage.Outcome) -> HandoverPage {
        HandoverPage(
            frame: frame, outcome: outcome, fields: [("token", "tokn_test_1"), ("mid", "401001001001001")],
            url: "https://shop.example/callback")
    }

    private var setUpWrong: ProblemPage {
        ProblemPage(
            frame: frame,
            kind: .setUp(["data-mid: no merchant id of this shop for cards", "data-amount: must be positive"]))
    }

    private var unavailable: ProblemPage {
        ProblemPage(frame: frame, kind: .unavailable(again: "/ui/v2/checkout?a=b"))
    }
}
