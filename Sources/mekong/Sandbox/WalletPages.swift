import Checkout
import Gateway
import HTTPTypes
import Hummingbird
import KPayment
import Logging
import Payments
import Rails
import Synchronization
import WireKit

/// The simulated pages of redirect wallets (K-Payment document, 4.2 and 7.3). They are the wallets', not the gateway's:
/// they know only the bank's books, and send the payer's browser back when they are done.
final class WalletPages: Sendable {
    let host: SandboxHost
    /// The payments whose cards were right, so that a code was sent.
    private let codesSent = Mutex<Set<ID<Payment>>>([])

    /// Where they are, with a slash at the end.
    static let path = "/ui/v2/redirect/"
    private static let prefix = "redr_test_"

    /// The address of a page, but for the hex digits at its end.
    static func address(_ publicURL: String) -> String { publicURL + path + prefix }

    init(host: SandboxHost) {
        self.host = host
    }

    func addRoutes(to router: Router<MekongContext>) {
        let page = Self.path + "{secret}"
        router.get(RouterPath(page)) { [self] request, context in
            await visit(request, context) { visit in
                if try await host.payer.isOver(visit.invitation.payment) { return sendBack(visit) }
                return show(visit, entry: .first)
            }
        }
        router.post(RouterPath(page + "/pay")) { [self] request, context in
            await visit(request, context) { try await pay($0, try await Self.form(request)) }
        }
        router.post(RouterPath(page + "/sms")) { [self] request, context in
            await visit(request, context) { try await confirm($0, try await Self.form(request)) }
        }
        router.post(RouterPath(page + "/cancel")) { [self] request, context in
            await visit(request, context) { try await finish($0, refusal: cancelledByCustomerCode) }
        }
        // What only takes forms leads back to the page that has them.
        for step in ["/pay", "/sms", "/cancel"] {
            router.get(RouterPath(page + step)) { [self] request, context in
                await visit(request, context) { Response(status: .seeOther, headers: [.location: $0.path]) }
            }
        }
    }

    private struct Visit {
        let invitation: SandboxInvitation
        let path: String
        let frame: Frame
    }

    private static func form(_ request: Request) async throws -> FormFields {
        try FormFields(FormBody.parse(try await request.wholeBody().allBytes))
    }

    private func visit(
        _ request: Request, _ context: MekongContext, _ body: (Visit) async throws -> Response
    ) async -> Response {
        let language = Language.preferred(request.headers[.acceptLanguage])
        let text = context.parameters.get("secret") ?? ""
        do {
            guard text.hasPrefix(Self.prefix), let id = ID<Payment>(hex: text.dropFirst(Self.prefix.count)),
                let invitation = try await host.payer.invitation(id), invitation.form == .redirect
            else { return Response(status: .notFound) }
            let visit = Visit(
                invitation: invitation, path: Self.path + text, frame: Frame(language: language, isTest: true))
            return try await body(visit)
        } catch is FormError {
            return Response(status: .badRequest)
        } catch is BodyTooLarge {
            return Response(status: .contentTooLarge)
        } catch {
            context.logger.error("page failed", metadata: ["error": "\(error)"])
            return Response(status: .internalServerError)
        }
    }

    private func show(
        _ visit: Visit, entry: WalletPage.CardEntry, problems: [WalletPage.Problem] = [], asksForCode: Bool = false
    ) -> Response {
        let kind: WalletPage.Kind =
            switch visit.invitation.scheme {
            case .unionPay: asksForCode ? .unionPayCode("111111") : .unionPayCard(entry)
            case .weChatPay: .weChat
            default: .alipay
            }
        var page = WalletPage(
            frame: visit.frame,
            purchase: Purchase(
                shop: visit.invitation.merchantName, about: visit.invitation.merchantReference,
                amount: visit.invitation.amount),
            kind: kind, payPath: visit.path + (asksForCode ? "/sms" : "/pay"), cancelPath: visit.path + "/cancel")
        page.problems = problems
        // The way back may be a redirect to the shop in its turn.
        let callback = host.gateway.directory.merchant(DemoMerchant.id)?.settings(KPayment.id).callbackURL
        page.sendsOnTo = [visit.invitation.returnURL, callback].compactMap(\.self)
        return page.response()
    }

    private func pay(_ visit: Visit, _ form: FormFields) async throws -> Response {
        guard visit.invitation.scheme == .unionPay else { return try await finish(visit) }
        let entry = WalletPage.CardEntry(
            number: form["number"] ?? "", expiry: form["expiry"] ?? "", code: form["cvn2"] ?? "",
            pin: form["pin"] ?? "")
        guard let card = UnionPayCard.find(entry.number.filter { $0 != " " }) else {
            return show(visit, entry: entry, problems: [.numberWrong])
        }
        var problems: [WalletPage.Problem] = []
        if entry.expiry != card.expiry { problems.append(.expiryWrong) }
        if entry.code != card.code { problems.append(.codeWrong) }
        if entry.pin != card.pin { problems.append(.pinWrong) }
        guard problems.isEmpty else { return show(visit, entry: entry, problems: problems) }
        if card.isInternational {
            let payment = visit.invitation.payment
            codesSent.withLock { _ = $0.insert(payment) }
            return show(visit, entry: entry, asksForCode: true)
        }
        return try await finish(visit)
    }

    /// The SMS code of an international card.
    private func confirm(_ visit: Visit, _ form: FormFields) async throws -> Response {
        let payment = visit.invitation.payment
        guard codesSent.withLock({ $0.contains(payment) }) else { return show(visit, entry: .first) }
        guard visit.invitation.scheme == .unionPay, UnionPayCard.smsCodes.contains(form["otp"] ?? "") else {
            return show(visit, entry: .first, problems: [.smsWrong], asksForCode: true)
        }
        return try await finish(visit)
    }

    /// Pays, or gives up with a code, and sends the browser back. A page that is over already only sends it back.
    private func finish(_ visit: Visit, refusal: String? = nil) async throws -> Response {
        let invitation = visit.invitation
        let outcome = try await host.payer.pay(
            invitation.payment, channel: invitation.scheme.rawValue, refusal: refusal)
        await host.spread(outcome, of: invitation.payment)
        codesSent.withLock { _ = $0.remove(invitation.payment) }
        return sendBack(visit)
    }

    private func sendBack(_ visit: Visit) -> Response {
        Response(status: .seeOther, headers: [.location: visit.invitation.returnURL ?? "/"])
    }
}

extension WalletPage.CardEntry {
    /// The first of the published cards.
    fileprivate static var first: WalletPage.CardEntry {
        let card = UnionPayCard.all[0]
        return WalletPage.CardEntry(number: card.number, expiry: card.expiry, code: card.code, pin: card.pin)
    }
}
