import Checkout
import EMVQR
import Gateway
import Hummingbird
import Money
import Payments
import WireKit

/// `/pp_redirect?uuid=`: the QR code, the payer's word that they have paid, the result (Appendix D).
extension KissVipsAPI {
    func addPages(to router: Router<MekongContext>) {
        addPGPages(to: router)
        addPictures(to: router)
        router.get("/pp_redirect") { request, context in
            await page(request, context, secret: "uuid") { try await showPromptPay($0, promptPay($0)) }
        }
        router.post("/pp_redirect/paid") { request, context in
            await page(request, context, secret: "uuid") { visit in
                // A code that has expired meanwhile shows on the page as what it is.
                do { _ = try await markScanned(promptPay(visit)) } catch is KissVipsError {}
                return .seeOther(path("", visit))
            }
        }
        addWayBack(from: "/pp_redirect/paid", secret: "uuid", to: { path("", $0) }, in: router)
        router.get("/pp_redirect/status") { request, context in
            await page(request, context, secret: "uuid") { visit in
                let payment = try await promptPay(visit)
                return WaitingPage.status(
                    isWaiting: stage(of: payment).letter == visit.query["seen"], secondsLeft: secondsLeft(payment))
            }
        }
    }

    /// The deposit that a page's address names.
    func promptPay(_ visit: PageVisit) async throws -> Payment { try await promptPay(uuid: visit.secret) }

    func promptPay(uuid: String) async throws -> Payment {
        guard let id = ID<Payment>(uuid: uuid) else { throw GatewayFault.notFound }
        let payment = try await gateway.invitation(id, dialect: KissVips.id, isAsking: false).payment
        guard payment.isPromptPayDeposit else { throw GatewayFault.notFound }
        return payment
    }

    /// Where such a deposit stands, as its page tells it apart.
    private enum Stage {
        case created, scanned, verified, expired

        var letter: String {
            switch self {
            case .created: "C"
            case .scanned: "S"
            case .verified: "V"
            case .expired: "E"
            }
        }
    }

    private func stage(of payment: Payment) -> Stage {
        if payment.state == .settled { return .verified }
        guard payment.state == .presented else { return .expired }
        if payment.expectation?.until != nil { return .scanned }
        return payment.isOver(at: gateway.clock.now()) ? .expired : .created
    }

    private func path(_ step: String, _ visit: PageVisit) -> String {
        "/pp_redirect\(step.isEmpty ? "" : "/" + step)?uuid=" + percentEncode(visit.secret)
    }

    private func showPromptPay(_ visit: PageVisit, _ payment: Payment) -> Response {
        let stage = stage(of: payment)
        let back = back(payment, stage.letter)
        func waiting(_ kind: WaitingPage.Kind) -> WaitingPage {
            WaitingPage(
                frame: visit.frame, purchase: purchase(payment), kind: kind, path: path("", visit),
                statusPath: path("status", visit) + "&seen=" + stage.letter)
        }
        switch stage {
        case .created:
            var page = waiting(
                .promptPay(picture: KissVips.picturePath(payment.id.uuid), payee: payee(payment)))
            page.secondsLeft = secondsLeft(payment)
            page.paidPath = path("paid", visit)
            return page.response()
        case .scanned:
            var page = waiting(.credit)
            page.back = back
            return page.response()
        case .verified, .expired:
            return OutcomePage(
                frame: visit.frame, purchase: purchase(payment), outcome: stage == .verified ? .paid : .expiredQR,
                back: back
            ).response()
        }
    }

    /// The way to `postback_url`, with `uuid`, `status` and `ref` in its query; nil where the merchant shows the code.
    private func back(_ payment: Payment, _ status: String) -> BackToShop? {
        let echo = PromptPayEcho(payment.echo)
        return echo.postbackURL.map {
            BackToShop(to: $0, with: [("uuid", payment.id.uuid), ("status", status), ("ref", echo.ref)])
        }
    }
}

extension KissVipsAPI {
    /// The collection account that a deposit is paid to.
    private func account(_ payment: Payment) -> CollectionAccount? {
        Int64(payment.acceptor).flatMap { gateway.directory.merchant(payment.merchant)?.collectionAccount($0) }
    }

    /// In whose name it is.
    func payee(_ payment: Payment) -> String { account(payment)?.name ?? shopName(payment) }

    /// The text of a QR code that pays exactly this deposit; nil where PromptPay does not know the account.
    func promptPayPayload(_ payment: Payment) throws -> String? {
        guard let proxy = account(payment)?.proxy else { return nil }
        return try PromptPayQR(account: proxy, amount: payment.amount, use: .once).payload
    }
}
