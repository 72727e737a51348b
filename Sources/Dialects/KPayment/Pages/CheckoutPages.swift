import Checkout
import Gateway
import HTTPTypes
import Hummingbird
import Money
import Payments
import WireKit

/// The checkout page that the script opens (4.1), and those that an app opens in a webview to pay or to save a card
/// (3.2.5). Each is one address with the attributes in its query, and posts to itself.
extension KPaymentAPI {
    /// A page and what it is for.
    struct CheckoutPage {
        let path: String
        let purpose: CheckoutSettings.Purpose

        static let all = [
            CheckoutPage(path: "/ui/v2/checkout", purpose: .pay),
            CheckoutPage(path: "/ui/v2/webview/pay", purpose: .pay),
            CheckoutPage(path: "/ui/v2/webview/save", purpose: .save),
        ]
    }

    func addCheckout(to router: Router<MekongContext>) {
        for page in CheckoutPage.all {
            router.get(RouterPath(page.path)) { request, context in
                await answer(request, context) { query, frame in
                    let isLook = request.method == .head
                    if OrderSettings.reads(query) { return try await orderPage(query, frame, page, isLook: isLook) }
                    return try await firstPage(Visit(try await withOrder(query), frame, page, self))
                }
            }
            let steps: [(name: String, act: @Sendable (FormFields, Visit) async throws -> Response)] = [
                ("", { form, visit in try await take(form, visit) }),
                ("/currency", { form, visit in try await choose(form, visit) }),
                ("/fee", { form, visit in try await acceptFee(form, visit) }),
                ("/saved", { form, visit in try await takeSaved(form, visit) }),
            ]
            for step in steps {
                router.post(RouterPath(page.path + step.name)) { request, context in
                    await answer(request, context) { query, frame in
                        let form = try FormFields(FormBody.parse(try await request.wholeBody().allBytes))
                        return try await step.act(form, Visit(try await withOrder(query), frame, page, self))
                    }
                }
                if !step.name.isEmpty { addWayBack(from: step.name, to: page, in: router) }
            }
        }
        addOrderPages(to: router)
    }

    /// The customer's cards where they have any, else the form for a card.
    private func firstPage(_ visit: Visit) async throws -> Response {
        if let saved = try await savedCardsPage(visit) { return saved.response() }
        return cardPage(visit).response()
    }

    /// The same for a payer whose step no longer holds, with words that say so.
    func startAgain(_ visit: Visit) async throws -> Response {
        if var saved = try await savedCardsPage(visit) {
            saved.isOver = true
            return saved.response(status: .unprocessableContent)
        }
        var page = cardPage(visit)
        page.isOver = true
        return page.response(status: .unprocessableContent)
    }

    /// One request for a page, read.
    struct Visit {
        let settings: CheckoutSettings
        let frame: Frame
        let page: CheckoutPage
        /// The page's own address, with its query.
        let address: String
        let query: FormFields

        init(
            _ query: FormFields, _ frame: Frame, _ page: CheckoutPage, _ api: KPaymentAPI
        ) throws(CheckoutSettings.Faults) {
            settings = try CheckoutSettings(
                query, page.purpose, api.gateway.directory, at: api.gateway.clock.now())
            self.frame = frame
            self.page = page
            self.query = query
            address = page.path + "?" + FormBody.encode(query.fields)
        }

        /// An address below the page's, with its query.
        func address(_ step: String) -> String { page.path + step + "?" + FormBody.encode(query.fields) }
    }

    func answer(
        _ request: Request, _ context: MekongContext, _ body: (FormFields, Frame) async throws -> Response
    ) async -> Response {
        let language = Language.preferred(request.headers[.acceptLanguage])
        var frame = Frame(language: language, isTest: !dialect.isLive)
        do {
            let query = try FormFields(parsing: request.uri.query ?? "")
            frame = Frame(language: language, place: Self.place(query), isTest: !dialect.isLive)
            return try await body(query, frame)
        } catch let faults as CheckoutSettings.Faults {
            return ProblemPage(frame: frame, kind: .setUp(faults.texts)).response(status: .badRequest)
        } catch is FormError, is BodyBrokenOff {
            return ProblemPage(frame: frame, kind: .setUp([])).response(status: .badRequest)
        } catch is BodyTooLarge {
            return ProblemPage(frame: frame, kind: .setUp([])).response(status: .contentTooLarge)
        } catch {
            let refusal = PageRefusal(error)
            refusal.log(error, context)
            return refusal.page(frame)
        }
    }

    /// Where the page stands. What is handed over goes to the origin that is named here and to no other.
    private static func place(_ query: FormFields) -> Frame.Place {
        guard let origin = query["origin"], isOrigin(origin) else { return .window }
        return switch query["display"] {
        case "overlay": .overlay(origin: origin)
        case "inline": .inline(origin: origin)
        default: .window
        }
    }

    /// `http://host`, `https://host:port`: what a browser calls an origin.
    private static func isOrigin(_ text: String) -> Bool {
        guard let range = text.firstRange(of: "://"), ["http", "https"].contains(text[..<range.lowerBound]) else {
            return false
        }
        let host = text[range.upperBound...].utf8
        return !host.isEmpty && host.count <= 300 && host.allSatisfy(originHost.contains)
    }

    private static let originHost = ASCIISet("abcdefghijklmnopqrstuvwxyz0123456789-.:[]_")

    private func cardPage(_ visit: Visit) -> CardPage {
        let settings = visit.settings
        var page = CardPage(
            frame: visit.frame,
            purchase: Purchase(shop: settings.shop, about: settings.about, amount: settings.amount),
            purpose: visit.page.purpose == .save ? .save : .pay, action: visit.address,
            brands: settings.acceptor.brands)
        page.offersSaving = settings.offersSaving
        page.instalments = instalments(settings)
        page.terms = termChoice(settings)
        page.feeBrands = settings.acceptor.brands.filter { settings.surcharge($0) != nil }
        return page
    }

    /// Takes the card for a token and hands it over, or shows the form again with what is wrong.
    private func take(_ fields: FormFields, _ visit: Visit) async throws -> Response {
        let settings = visit.settings
        let form = CardForm(fields, settings, self)
        let term = settings.plan.term(chosen: fields["term"])
        guard let card = form.card, term != nil || !settings.plan.asksForTerm else {
            var page = cardPage(visit)
            page.entry = form.entry
            page.problems = form.problems
            page.terms = termChoice(settings, chosen: term, lacksChoice: term == nil)
            return page.response(status: .unprocessableContent)
        }
        let isAsked = visit.page.purpose == .save || settings.offersSaving
        let terms = settings.terms(remembers: isAsked ? visit.page.purpose == .save || form.entry.isSaving : nil)
        let issued = try await gateway.issueToken(for: card, merchant: settings.merchant.id, terms: terms)
        return handOver(issued, Given(issued, token: text(of: issued), term: term), visit)
    }

    /// A token as its shop is told it.
    func text(of issued: IssuedToken) -> String { dialect.prefix("tokn") + issued.text.expose() }

    /// Hands a token over, after the choice of currency or the fee where there is one.
    /// - Parameter total: what the payer has agreed to pay with the fee.
    func handOver(_ issued: IssuedToken, _ given: Given, _ visit: Visit, agreed total: String? = nil) -> Response {
        if let offer = CurrencyChoice(issued, visit.settings.amount, given) { return offer.page(visit).response() }
        if let surcharge = visit.settings.surcharge(issued.card.brand), surcharge.total.text != total {
            return feePage(surcharge, given, visit).response()
        }
        return handOver(given, visit)
    }

    /// What the shop's form receives (4.1.1.2).
    /// - Parameter currency: what the payer has chosen, where it is not the shop's.
    func handOver(_ given: Given, _ visit: Visit, in currency: Currency? = nil) -> Response {
        let settings = visit.settings
        var fields = [(name: "token", value: given.token)]
        if settings.acceptor.product == .currencyConversion, let own = settings.amount?.currency {
            // Mandatory (table 2, row 2), whatever the payer could choose.
            fields.append((name: "dcc_currency", value: (currency ?? own).rawValue))
        }
        fields += [(name: "mid", value: settings.mid), (name: "paymentMethods", value: "card")]
        fields += settings.plan.fields
        if let term = given.term { fields.append((name: "term", value: String(term))) }
        // The document spells it one way, programs in use read the other.
        if given.isSaved { fields += [(name: "savecard", value: "true"), (name: "saveCard", value: "true")] }
        return HandoverPage(
            frame: visit.frame, outcome: visit.page.purpose == .save ? .cardSaved : .cardTaken, fields: fields,
            url: settings.merchant.settings(KPayment.id).callbackURL
        ).response()
    }
}
