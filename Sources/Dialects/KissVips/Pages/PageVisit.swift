import Checkout
import Gateway
import HTTPTypes
import Hummingbird
import Logging
import Payments
import WireKit

/// A payer's look at one of the pages: the secret in its address, and how it speaks.
struct PageVisit: Sendable {
    /// `token` or `uuid`.
    let secret: String
    let frame: Frame
    let form: FormFields
    let query: FormFields
    /// Whether only the page's head is asked for, as by those who check a link: nobody has come.
    let isLook: Bool

    /// What is in the query is what a link says; what is in the form is what a payer has typed in.
    init(_ request: Request, secret name: String, isTest: Bool) async throws {
        query = try FormFields(parsing: request.uri.query ?? "")
        secret = query[name] ?? ""
        isLook = request.method == .head
        frame = Self.frame(request, isTest: isTest)
        form =
            request.method == .post
            ? try FormFields(FormBody.parse(try await request.wholeBody().allBytes)) : FormFields([])
    }

    static func frame(_ request: Request, isTest: Bool) -> Frame {
        Frame(language: Language.preferred(request.headers[.acceptLanguage]), isTest: isTest)
    }
}

extension KissVipsAPI {
    /// A page, or one that says why there is none.
    func page(
        _ request: Request, _ context: MekongContext, secret: String,
        _ body: (PageVisit) async throws -> Response
    ) async -> Response {
        let frame = PageVisit.frame(request, isTest: gateway.hasSimulatedBanks)
        do {
            return try await body(PageVisit(request, secret: secret, isTest: gateway.hasSimulatedBanks))
        } catch GatewayFault.notFound {
            return LostPage(frame: frame, reason: .unknown).response(status: .notFound)
        } catch is FormError {
            return LostPage(frame: frame, reason: .unknown).response(status: .badRequest)
        } catch is BodyTooLarge {
            return LostPage(frame: frame, reason: .unknown).response(status: .contentTooLarge)
        } catch GatewayFault.unavailable, GatewayFault.pending {
            return LostPage(frame: frame, reason: .unavailable).response(status: .serviceUnavailable)
        } catch {
            // Never what the payer has typed in.
            context.logger.error("page failed", metadata: ["error": "\(type(of: error))"])
            return LostPage(frame: frame, reason: .unavailable).response(status: .internalServerError)
        }
    }

    /// An address that only forms are posted to leads whoever opens it, as by reloading what came of a form, to the page
    /// that has the form.
    func addWayBack(
        from path: String, secret: String, to page: @escaping @Sendable (PageVisit) -> String,
        in router: Router<MekongContext>
    ) {
        router.get(RouterPath(path)) { request, context in
            await self.page(request, context, secret: secret) { visit in
                guard !visit.secret.isEmpty else { throw GatewayFault.notFound }
                return .seeOther(page(visit))
            }
        }
    }

    func shopName(_ payment: Payment) -> String { gateway.directory.merchant(payment.merchant)?.name ?? "" }

    func purchase(_ payment: Payment) -> Purchase { Purchase(shop: shopName(payment), amount: payment.amount) }

    /// How long the payer still has, in whole seconds.
    func secondsLeft(_ payment: Payment) -> Int { max(0, Int(payment.expiry.seconds(since: gateway.clock.now()))) }
}

extension Response {
    /// Back to the page, so that reloading repeats nothing.
    static func seeOther(_ path: String) -> Response { Response(status: .seeOther, headers: [.location: path]) }
}
