import Checkout
import Gateway
import HTTPTypes
import Hummingbird
import Logging
import Money
import Payments
import WireKit

/// The way back from a wallet's page (4.2, “Redirect กลับไปที่ Callback URL”), an order's state for a page that waits, and
/// pictures of QR codes. Their addresses are as hard to guess as the ids in them.
extension KPaymentAPI {
    func addReturnPages(to router: Router<MekongContext>) {
        router.get("/ui/v2/return/{id}") { request, context in
            let words = Words(request.headers[.acceptLanguage])
            do {
                return try await returnPage(context, words)
            } catch {
                let refusal = PageRefusal(error)
                refusal.log(error, context)
                return refusal.page(words)
            }
        }
        router.get("/ui/v2/qr/{name}") { _, context in
            (try? await picture(context)) ?? Response(status: .notFound)
        }
    }

    /// `GET /ui/v2/order/{order_id}`, with the public key: whether there is still something to wait for.
    func orderStatus(_ call: Call) async throws -> [UInt8] {
        let report = try await orderReport(call.parameter("id"), call.merchant.id)
        let order = report.order
        let now = gateway.clock.now()
        let state =
            if order.isPaid {
                "paid"
            } else if let attempt = report.attempt?.payment.state, !attempt.cameToNothing {
                "open"
            } else if order.expires <= now {
                "expired"
            } else {
                report.attempt == nil ? "open" : "failed"
            }
        var json = JSONWriter(capacity: 128)
        json.object { json in
            json.member("id", dialect.orderID(order.id))
            json.member("object", "order_status")
            json.member("state", state)
            json.member("charge_id", order.payment.map(dialect.chargeID))
            json.member("seconds_left", max(0, order.expires.seconds(since: now)))
        }
        return json.bytes
    }

    /// Takes the browser back to the merchant: `objectId` and `status`, and nothing else.
    private func returnPage(_ context: MekongContext, _ words: Words) async throws -> Response {
        guard let id = dialect.paymentID(context.parameters.get("id") ?? "") else { throw GatewayFault.notFound }
        let view = try await gateway.invitation(id, dialect: KPayment.id)
        let payment = view.payment
        guard let invitation = payment.method.invitation, invitation.form == .redirect else {
            throw GatewayFault.notFound
        }
        let isPaid = payment.state.isPaid
        let message =
            isPaid
            ? words.paid : payment.state.cameToNothing ? words.failed(PayerFailure(payment.failureCode)) : words.wait
        guard let url = view.merchant.settings(KPayment.id).callbackURL else {
            if isPaid || payment.state.cameToNothing { return MessagePage(message).response() }
            let path = "/ui/v2/return/" + percentEncode(context.parameters.get("id") ?? "")
            return PendingPage(message: message, again: PendingPage.Button(words.lookAgain, path)).response()
        }
        let fields = [("objectId", dialect.chargeID(id)), ("status", isPaid ? "true" : "false")]
        if Echo(payment.echo).isMobile { return .back(to: url, with: fields) }
        let summary = PaymentSummary(
            merchant: view.merchant.name, amount: payment.amount.grouped,
            currency: payment.amount.currency.rawValue, card: PushSource(invitation).brand)
        return ReturnPage(message: message, summary: summary, url: url, fields: fields, button: words.back).response()
    }

    /// `qr_test_….png` or `.svg`.
    private func picture(_ context: MekongContext) async throws -> Response {
        let parts = (context.parameters.get("name") ?? "").split(separator: ".")
        guard parts.count == 2, let kind = QRImage.Kind(rawValue: String(parts[1])),
            let id: ID<Payment> = dialect.id(parts[0], "qr")
        else { throw GatewayFault.notFound }
        let payment = try await gateway.invitation(id, dialect: KPayment.id, isAsking: false).payment
        guard let payload = payment.payload, payment.method.invitation?.form == .qr else { throw GatewayFault.notFound }
        return try QRImage(payload, as: kind).response()
    }
}

extension PaymentState {
    /// Whether the payer's money has come and not gone back.
    var isPaid: Bool { [.authorized, .voiding, .capturing, .captured, .settled].contains(self) }
}

extension Response {
    /// To a merchant's address with fields in its query, for an app's webview to catch.
    static func back(to url: String, with fields: [(String, String)]) -> Response {
        Response(status: .seeOther, headers: [.location: address(url, with: fields)])
    }

    /// A merchant's address with more fields in its query.
    static func address(_ url: String, with fields: [(String, String)]) -> String {
        let query = FormBody.encode(fields.map { (name: $0.0, value: $0.1) })
        let fragment = url.firstIndex(of: "#") ?? url.endIndex
        let separator = url[..<fragment].contains("?") ? "&" : "?"
        return url[..<fragment] + separator + query + url[fragment...]
    }
}
