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
            await visit(request, context) { try await take($0, request, then: pay) }
        }
        router.post(RouterPath(page + "/sms")) { [self] request, context in
            await visit(request, context) { try await take($0, request, then: confirm) }
        }
        router.post(RouterPath(page + "/cancel")) { [self] request, context in
            await visit(request, context) { try await giveUp($0) }
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

    /// Does what the button says that was pressed: one form has both.
    private func take(
        _ visit: Visit, _ request: Request, then go: (Visit, FormFields) async throws -> Response
    ) async throws -> Response {
        let form = try FormFields(FormBody.parse(try await request.wholeBody().allBytes))
        return form[WalletPage.button] == WalletPage.cancel ? try await giveUp(visit) : try await go(visit, form)
    }

    private func giveUp(_ visit: Visit) async throws -> Response {
        try await finish(visit, refusal: cancelledByCustomerCode)
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
        } catch is FormError, is BodyBrokenOff {
            return Response(status: .badRequest)
        } catch is BodyTooLarge {
            return Response(status: .contentTooLarge)
        } catch {
            context.logger.error("page failed", metadata: ["error": "\(error)"])
            return Response(status: .internalServerError)
        }
    }

    private func show(
        _ visit: Visit, entry: WalletPage.CardEntry, problems: [WalletPage.Problem] = [], asksForCode: Bool = false,
        isUnreachable: Bool = false
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
        page.isUnreachable = isUnreachable
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
        // The published expiries may be over; of others any to come will do, as for every test card.
        if entry.expiry != card.expiry, !isToCome(entry.expiry) { problems.append(.expiryWrong) }
        if entry.code.wholeMatch(of: /[0-9]{3,4}/) == nil { problems.append(.codeWrong) }
        if entry.pin != card.pin { problems.append(.pinWrong) }
        guard problems.isEmpty else { return show(visit, entry: entry, problems: problems) }
        if card.isInternational {
            let payment = visit.invitation.payment
            codesSent.withLock { _ = $0.insert(payment) }
            return show(visit, entry: entry, asksForCode: true)
        }
        return try await finish(visit, entry)
    }

    /// Whether a card of this expiry can still be used.
    private func isToCome(_ expiry: String) -> Bool {
        let today = CivilTime(microseconds: host.clock.now().microseconds, offsetSeconds: CivilTime.bangkok)
        return CardExpiry(expiry)?.isValid(year: today.year, month: today.month) ?? false
    }

    /// The SMS code of an international card.
    private func confirm(_ visit: Visit, _ form: FormFields) async throws -> Response {
        let payment = visit.invitation.payment
        guard codesSent.withLock({ $0.contains(payment) }) else { return show(visit, entry: .first) }
        guard visit.invitation.scheme == .unionPay, UnionPayCard.smsCodes.contains(form["otp"] ?? "") else {
            return show(visit, entry: .first, problems: [.smsWrong], asksForCode: true)
        }
        return try await finish(visit, asksForCode: true)
    }

    /// Pays, or gives up with a code, and sends the browser back. A page that is over already only sends it back. Where
    /// the bank cannot be reached the payer stays, and may try again.
    private func finish(
        _ visit: Visit, _ entry: WalletPage.CardEntry = .first, asksForCode: Bool = false, refusal: String? = nil
    ) async throws -> Response {
        let invitation = visit.invitation
        let outcome = try await host.payer.pay(
            invitation.payment, channel: invitation.scheme.rawValue, refusal: refusal)
        if outcome == .unavailable { return show(visit, entry: entry, asksForCode: asksForCode, isUnreachable: true) }
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
