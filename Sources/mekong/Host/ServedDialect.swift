import Gateway
import Hummingbird
import JWTPay
import KPayment
import KissVips
import Payments
import WireKit

/// A wire API as it is wired in: what renders its notices, and its routes.
struct ServedDialect: Sendable {
    let dialect: any Dialect
    let addRoutes: @Sendable (Router<MekongContext>, Gateway) -> Void
    /// What is answered to whatever else is asked for under the API's paths. Of two whose paths begin alike, the later
    /// of `known` is asked first.
    var unknown: UnknownPaths?

    /// Every API that this program has.
    static let known: [DialectID] = [KPayment.id, KissVips.id, JWTPay.id]

    /// One of `known`; nil for any other.
    static func make(
        _ id: DialectID, isLive: Bool, publicURL: String, directory: MerchantDirectory
    ) -> ServedDialect? {
        switch id {
        case KPayment.id:
            let kpayment = KPayment(isLive: isLive, publicURL: publicURL, directory: directory)
            return ServedDialect(
                dialect: kpayment,
                addRoutes: { router, gateway in
                    KPaymentAPI(gateway: gateway, dialect: kpayment).addRoutes(to: router)
                },
                unknown: UnknownPaths(under: KPaymentAPI.paths, answer: KPaymentAPI.unknownPath))
        case KissVips.id:
            let kissvips = KissVips(publicURL: publicURL, directory: directory)
            return ServedDialect(
                dialect: kissvips,
                addRoutes: { router, gateway in
                    KissVipsAPI(gateway: gateway, dialect: kissvips).addRoutes(to: router)
                },
                unknown: UnknownPaths(under: KissVipsAPI.paths, answer: KissVipsAPI.unknownPath))
        case JWTPay.id:
            let jwtpay = JWTPay(directory: directory)
            return ServedDialect(
                dialect: jwtpay,
                addRoutes: { router, gateway in
                    JWTPayAPI(gateway: gateway, dialect: jwtpay).addRoutes(to: router)
                },
                unknown: UnknownPaths(under: JWTPayAPI.paths, answer: JWTPayAPI.unknownPath))
        default: return nil
        }
    }
}
