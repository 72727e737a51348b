import Checkout
import Gateway
import Hummingbird
import Logging
import Money
import Payments
import WireKit

/// The checkout page of an order (4.1.2): a QR code, or K PLUS, and waiting until the payer has paid.
extension KPaymentAPI {
    func addOrderPages(to router: Router<MekongContext>) {
        guard let page = CheckoutPage.all.first else { return }
        let steps: [(name: String, act: @Sendable (FormFields, OrderVisit) async throws -> Response)] = [
            ("/phone", { form, visit in try await sendToPhone(form, visit) }),
            ("/cancel", { _, visit in try await giveUp(visit) }),
        ]
        for step in steps {
            router.post(RouterPath(page.path + step.name)) { request, context in
                await answer(request, context) { query, frame in
                    let form = try FormFields(FormBody.parse(try await request.wholeBody().allBytes))
                    return try await step.act(form, OrderVisit(query, frame, page, self))
                }
            }
            addWayBack(from: step.name, to: page, in: router)
        }
        router.get(RouterPath(page.path + "/app")) { request, context in
            await answer(request, context) { query, frame in
                try await openApp(OrderVisit(query, frame, page, self, isLook: request.method == .head))
            }
        }
        router.get(RouterPath(page.path + "/status/{id}")) { request, context in
            guard let id: ID<Payment> = dialect.id(context.parameters.get("id") ?? "", "qr"),
                let view = try? await gateway.invitation(id, dialect: KPayment.id, isAsking: false)
            else { return Response(status: .notFound) }
            // Whoever has seen no code yet waits for that.
            let hasSeen = (try? FormFields(parsing: request.uri.query ?? ""))?["seen"] != Self.notReady
            let isWaiting = hasSeen ? view.payment.isWaiting : view.payment.state == .presenting
            return WaitingPage.status(
                isWaiting: isWaiting, secondsLeft: view.payment.secondsLeft(at: gateway.clock.now()))
        }
    }

    /// Where the order stands; a QR code is made where there is none yet.
    func orderPage(
        _ query: FormFields, _ frame: Frame, _ page: CheckoutPage, isLook: Bool
    ) async throws -> Response {
        let visit = try OrderVisit(query, frame, page, self, isLook: isLook)
        let report = try await order(of: visit)
        guard let attempt = report.attempt, visit.query["again"] == nil || !attempt.payment.state.cameToNothing else {
            if report.order.expires <= gateway.clock.now() {
                return OverPage(frame: visit.frame, reason: .expired).response()
            }
            return try await begin(report.order, visit)
        }
        return shown(attempt, of: report.order, visit)
    }

    /// The order, as the shop's attributes must agree with it.
    private func order(of visit: OrderVisit) async throws -> OrderReport {
        let settings = visit.settings
        let report: OrderReport
        do {
            report = try await orderReport(settings.order, settings.merchant.id)
        } catch is KPaymentError {
            throw CheckoutSettings.Faults(texts: ["data-order-id: no order of this shop"])
        }
        if report.order.means != settings.means.rawValue {
            throw CheckoutSettings.Faults(texts: ["data-payment-methods: the order is for \(report.order.means)"])
        }
        if let amount = settings.amount, amount != report.order.amount {
            throw CheckoutSettings.Faults(texts: ["data-amount: the order is for another amount"])
        }
        return report
    }

    /// Shows something to pay with: for K PLUS the payer says first where they have it.
    private func begin(_ order: Order, _ visit: OrderVisit) async throws -> Response {
        let asksForPhone = visit.settings.means == .payPlus && OrderEcho(order.echo).additional?.phone == nil
        // For a look any page of the order's will do: its head is all that is sent.
        if asksForPhone || visit.isLook { return payPlusPage(order, visit).response() }
        return try await present(order, visit, by: QRText())
    }

    private func payPlusPage(_ order: Order, _ visit: OrderVisit) -> PayPlusPage {
        PayPlusPage(
            frame: visit.frame, purchase: purchase(order, visit), action: visit.address("/phone"),
            appLink: dialect.publicURL + visit.address("/app"))
    }

    private func present(_ order: Order, _ visit: OrderVisit, by text: QRText) async throws -> Response {
        shown(try await presented(order, visit, by: text), of: order, visit)
    }

    private func presented(_ order: Order, _ visit: OrderVisit, by text: QRText) async throws -> PaymentReport {
        do {
            return try await gateway.present(try invitation(of: order, visit.settings.merchant, by: text))
        } catch let error as KPaymentError {
            throw CheckoutSettings.Faults(texts: [error.message])
        } catch GatewayFault.order {
            // Another attempt is under way, or was faster: that one is shown.
            guard let attempt = try await self.order(of: visit).attempt else { throw GatewayFault.pending }
            return attempt
        }
    }

    /// The payer says which phone has K PLUS.
    private func sendToPhone(_ form: FormFields, _ visit: OrderVisit) async throws -> Response {
        let order = try await order(of: visit).order
        let typed = form["phone"] ?? ""
        var text = QRText()
        text.phone = OrderText.phone(typed)
        guard text.phone != nil else {
            var page = payPlusPage(order, visit)
            page.phone = String(typed.prefix(16))
            page.problem = typed.isEmpty ? .missing : .wrong
            return page.response(status: .unprocessableContent)
        }
        _ = try await presented(order, visit, by: text)
        return Response(status: .seeOther, headers: [.location: visit.address()])
    }

    /// Sends the browser on to the app.
    private func openApp(_ visit: OrderVisit) async throws -> Response {
        let order = try await order(of: visit).order
        if visit.isLook { return Response(status: .seeOther, headers: [.location: visit.address()]) }
        let payment = try await presented(order, visit, by: QRText()).payment
        guard payment.state == .presented, let link = payment.payload else {
            return Response(status: .seeOther, headers: [.location: visit.address()])
        }
        return Response(status: .seeOther, headers: [.location: link])
    }

    private func giveUp(_ visit: OrderVisit) async throws -> Response {
        if let attempt = try await order(of: visit).attempt {
            do {
                _ = try await gateway.cancel(attempt.payment.id, of: visit.settings.merchant.id)
            } catch GatewayFault.refused, GatewayFault.pending {
                // The page shows what it has become.
            }
        }
        return Response(status: .seeOther, headers: [.location: visit.address()])
    }
}

extension KPaymentAPI {
    func purchase(_ order: Order, _ visit: OrderVisit) -> Purchase {
        let echo = OrderEcho(order.echo)
        var purchase = Purchase(shop: visit.settings.shop, about: echo.description, amount: order.amount)
        purchase.information = [echo.info1, echo.info2, echo.info3].compactMap(\.self)
        purchase.picture = echo.image.flatMap(ShopPicture.init)
        return purchase
    }

    /// What a payer sees of an attempt.
    private func shown(_ attempt: PaymentReport, of order: Order, _ visit: OrderVisit) -> Response {
        let payment = attempt.payment
        if payment.isWaiting { return waitingPage(payment, order, visit).response() }
        guard payment.state.isPaid else {
            let canTryAgain = order.expires > gateway.clock.now()
            return OverPage(
                frame: visit.frame, reason: .init(payment), again: canTryAgain ? visit.address(again: true) : nil
            ).response()
        }
        return HandoverPage(
            frame: visit.frame, outcome: .paid, fields: [(name: "chargeId", value: dialect.chargeID(payment.id))],
            url: visit.settings.merchant.settings(KPayment.id).callbackURL
        ).response()
    }
}

extension Payment {
    /// Whether the payer may still pay, or the rail has not said whether they have.
    var isWaiting: Bool { [.presenting, .presented, .cancelling].contains(state) }

    func secondsLeft(at now: Instant) -> Int? {
        method.invitation.map { max(0, Int($0.expires.seconds(since: now))) }
    }
}

extension OverPage.Reason {
    init(_ payment: Payment) {
        switch payment.failureCode {
        case invitationExpiredCode: self = .expired
        case invitationCancelledCode: self = .cancelled
        default: self = .failed(nil)
        }
    }
}
