import Checkout
import Gateway
import HTTPTypes
import Hummingbird
import Logging
import Money
import Payments
import WireKit

/// The hosted 3-D Secure page (4.1.1.4, steps 12 to 18): `/ui/v2/3ds/{secret}`.
extension KPaymentAPI {
    func addPages(to router: Router<MekongContext>) {
        router.get("/ui/v2/3ds/{secret}") { request, context in
            await answer(request, context) { words in
                render(try await gateway.challenge(secret(context)), path: path(context), words)
            }
        }
        let steps: [(name: String, act: @Sendable (Secret<String>, FormFields) async throws -> Void)] = [
            ("otp-request", { secret, _ in _ = try await gateway.beginAuthentication(secret) }),
            ("otp", { secret, form in _ = try await gateway.submitCode(Secret(form["otp"] ?? ""), secret) }),
            ("cancel", { secret, _ in _ = try await gateway.cancelChallenge(secret) }),
        ]
        for step in steps {
            router.post(RouterPath("/ui/v2/3ds/{secret}/\(step.name)")) { request, context in
                await answer(request, context) { _ in
                    let form = try FormFields(FormBody.parse(try await request.wholeBody().allBytes))
                    // A payment whose outcome is not known yet shows on the page as what it is.
                    do { try await step.act(secret(context), form) } catch GatewayFault.pending {}
                    // Back to the page, so that reloading repeats nothing.
                    return Response(status: .seeOther, headers: [.location: path(context)])
                }
            }
            router.get(RouterPath("/ui/v2/3ds/{secret}/\(step.name)")) { _, context in
                Response(status: .seeOther, headers: [.location: path(context)])
            }
        }
    }

    /// A page, or a page that says why there is none.
    private func answer(
        _ request: Request, _ context: MekongContext, _ body: (Words) async throws -> Response
    ) async -> Response {
        let words = Words(request.headers[.acceptLanguage])
        do {
            return try await body(words)
        } catch is FormError, is BodyBrokenOff {
            return MessagePage(words.unknownPage).response(status: .badRequest)
        } catch is BodyTooLarge {
            return MessagePage(words.unknownPage).response(status: .contentTooLarge)
        } catch {
            let refusal = PageRefusal(error)
            refusal.log(error, context)
            return refusal.page(words)
        }
    }

    private func secret(_ context: MekongContext) -> Secret<String> {
        let text = context.parameters.get("secret") ?? ""
        let prefix = dialect.prefix("auth")
        return Secret(text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : "")
    }

    private func path(_ context: MekongContext) -> String {
        "/ui/v2/3ds/" + percentEncode(context.parameters.get("secret") ?? "")
    }

    private func render(_ view: ChallengeView, path: String, _ words: Words) -> Response {
        let payment = view.payment
        // The bank is asked for what the card is charged: with the fee, or in the card's own currency.
        let charged = payment.charged
        let summary = PaymentSummary(
            merchant: view.merchant.name, amount: charged.grouped, currency: charged.currency.rawValue,
            card: payment.method.card?.masked ?? "",
            shopAmount: charged == payment.amount ? nil : (words.shopAmount, payment.amount.shown))
        switch payment.state {
        case .challenged, .authenticating:
            let step: ChallengePage.Step = payment.state == .challenged ? .request : .code
            var page = ChallengePage(summary: summary, path: path, step: step, words: words.challenge)
            if Echo(payment.echo).isMobile { page.sendsOnTo = view.merchant.settings(KPayment.id).callbackURL }
            return page.response()
        case .authorizing, .reversing:
            return PendingPage(
                message: words.wait, again: PendingPage.Button(words.lookAgain, path), back: wayBack(view, words)
            ).response()
        default:
            return returnPage(view, summary, words)
        }
    }

    /// The way to the shop before the bank has answered, which says that nothing is paid yet.
    private func wayBack(_ view: ChallengeView, _ words: Words) -> PendingPage.Back? {
        view.merchant.settings(KPayment.id).callbackURL.map { url in
            let fields = fields(view, isPaid: false)
            return Echo(view.payment.echo).isMobile
                ? .link(PendingPage.Button(words.back, Response.address(url, with: fields)))
                : .form(PendingPage.Button(words.back, url), fields: fields)
        }
    }

    /// What the callback URL receives (step 18), by a form or in the query of a redirect. The token is used by then: it
    /// charges nothing any more, and keeping its card takes the secret key.
    private func fields(_ view: ChallengeView, isPaid: Bool) -> [(String, String)] {
        let back = ReturnValue(view.returnValue)
        return [
            ("objectId", dialect.chargeID(view.payment.id)), ("token", back.token),
            ("status", isPaid ? "true" : "false"), ("saveCard", back.saveCard ? "true" : "false"),
        ]
    }

    /// Takes the browser back to the merchant with the result (step 18).
    private func returnPage(_ view: ChallengeView, _ summary: PaymentSummary, _ words: Words) -> Response {
        let report = PaymentReport(payment: view.payment)
        let isPaid = ChargeState(report).status == ChargeState.success
        let message = isPaid ? words.paid : words.failed(PayerFailure(view.payment.failureCode))
        guard let url = view.merchant.settings(KPayment.id).callbackURL else { return MessagePage(message).response() }
        let fields = fields(view, isPaid: isPaid)
        if Echo(view.payment.echo).isMobile { return .back(to: url, with: fields) }
        return ReturnPage(message: message, summary: summary, url: url, fields: fields, button: words.back).response()
    }
}
