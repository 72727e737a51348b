import Checkout
import Gateway
import Payments

/// Waiting for the payer of an order.
extension KPaymentAPI {
    /// What the page asks with as long as it has no code to show.
    static let notReady = "nothing"

    func waitingPage(_ payment: Payment, _ order: Order, _ visit: OrderVisit) -> WaitingPage {
        let id = dialect.prefix("qr") + payment.id.hex
        let status = visit.page.path + "/status/" + id
        if payment.state == .presenting {
            return WaitingPage(
                frame: visit.frame, purchase: purchase(order, visit), kind: .preparing, path: visit.address(),
                statusPath: status + "?seen=" + Self.notReady)
        }
        let picture = "/ui/v2/qr/\(id)"
        let kind: WaitingPage.Kind =
            switch payment.method.invitation?.scheme {
            case .payPlus: .phone(number: OrderEcho(order.echo).additional?.phone ?? "K PLUS")
            case .weChatPay: .weChat(picture: picture + ".svg", id: id)
            default: .thaiQR(picture: picture + ".svg", id: id)
            }
        var page = WaitingPage(
            frame: visit.frame, purchase: purchase(order, visit), kind: kind, path: visit.address(),
            statusPath: status)
        page.savedPicture = picture + ".png"
        page.secondsLeft = payment.secondsLeft(at: gateway.clock.now())
        page.cancelPath = visit.address("/cancel")
        return page
    }
}
