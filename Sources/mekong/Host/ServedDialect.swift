import Gateway
import Hummingbird
import KPayment
import KissVips
import Payments
import WireKit

/// A wire API as it is wired in: what renders its notices, and its routes.
struct ServedDialect: Sendable {
    let dialect: any Dialect
    let addRoutes: @Sendable (Router<MekongContext>, Gateway) -> Void

    /// Every API that this program has.
    static let known: [DialectID] = [KPayment.id, KissVips.id]

    /// One of `known`; nil for any other.
    static func make(
        _ id: DialectID, isLive: Bool, publicURL: String, directory: MerchantDirectory
    ) -> ServedDialect? {
        switch id {
        case KPayment.id:
            let kpayment = KPayment(isLive: isLive, publicURL: publicURL, directory: directory)
            return ServedDialect(dialect: kpayment) { router, gateway in
                KPaymentAPI(gateway: gateway, dialect: kpayment).addRoutes(to: router)
            }
        case KissVips.id:
            let kissvips = KissVips(publicURL: publicURL, directory: directory)
            return ServedDialect(dialect: kissvips) { router, gateway in
                KissVipsAPI(gateway: gateway, dialect: kissvips).addRoutes(to: router)
            }
        default: return nil
        }
    }
}
