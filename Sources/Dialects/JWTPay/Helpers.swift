import Gateway
import Payments
import WireKit

/// Helper endpoints.
extension JWTPayAPI {
    /// `POST /api/v1/signature`: the parameters signed with the key that was presented.
    func signature(_ call: Call) async throws -> [UInt8] {
        _ = try call.parameters.text("api_key", 255)
        try call.parameters.require("params")
        guard let params = call.parameters.raw("params")?.objectValue else {
            throw JWTPayError.invalidParameter("params", "an object is expected")
        }
        let signed = SignedParameters(params)
        return Messages.signature(signed.signature(with: call.key), over: signed.sorted)
    }

    /// `GET /api/v1/banks`.
    func banks(_ call: Call) async throws -> [UInt8] { Messages.banks(ThaiBank.all) }

    /// `GET /api/v1/health`.
    func health() -> [UInt8] {
        let uptime = started.duration(to: .now).components
        return Messages.health(
            at: gateway.clock.now(),
            uptime: "\(uptime.seconds).\(uptime.attoseconds / 100_000_000_000_000_000)")
    }
}

extension ThaiBank {
    /// Whether money can be sent to it: Thanachart has been part of TMBThanachart since 2021.
    var isInUse: Bool { shortCode != "TBANK" }

    /// Its name as the document spells it.
    var documentName: String { shortCode == "KBANK" ? "Kasikorn Bank" : name }
}
