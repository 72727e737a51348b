import Checkout
import Hummingbird
import WireKit

extension KPaymentAPI {
    /// An address that only forms are posted to leads whoever opens it to the page, whose attributes are in its query.
    func addWayBack(from step: String, to page: CheckoutPage, in router: Router<MekongContext>) {
        router.get(RouterPath(page.path + step)) { request, context in
            await answer(request, context) { query, _ in
                Response(status: .seeOther, headers: [.location: page.path + "?" + FormBody.encode(query.fields)])
            }
        }
    }
}
