import Crypto
import Gateway
import Payments
import WireKit

/// `md5(time + api_key)`, in lower case (document, Overview).
enum Signature {
    static func hex(_ text: String, _ key: Secret<String>) -> String {
        Hex.encode(Insecure.MD5.hash(data: Array((text + key.expose()).utf8)))
    }
}

/// When a request was made, as its client says: Unix seconds with at most two decimals.
struct RequestTime: Equatable {
    /// As it was written: so it is signed.
    let text: String
    /// Hundredths of a second since 1970: so it is used once, however it is spelled.
    let hundredths: Int64

    /// How far a request's time may be from now, in seconds, either way.
    static let tolerance: Int64 = 120

    /// Nil for anything but digits with at most two decimals.
    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? parts[1] : "0"
        guard let whole = parts.first, (1...12).contains(whole.utf8.count), (1...2).contains(decimals.utf8.count),
            (whole + decimals).utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            let seconds = Int64(whole), let fraction = Int64(decimals)
        else { return nil }
        self.text = text
        hundredths = seconds * 100 + (decimals.utf8.count == 1 ? fraction * 10 : fraction)
    }

    var instant: Instant { Instant(microseconds: hundredths * 10_000) }

    func isFresh(at wallTime: Instant) -> Bool {
        (instant.microseconds - wallTime.microseconds).magnitude <= UInt64(Self.tolerance) * 1_000_000
    }
}

extension KissVipsAPI {
    /// Who calls, and from where. The request's time is used up only once its signature is known to be right, and who
    /// cannot sign learns nothing of the merchant's list of addresses.
    func authenticate(_ fields: Fields, _ context: MekongContext) async throws -> Merchant {
        try fields.require("merchant_code", "time", "signature")
        let code = try fields.code("merchant_code", 16) ?? ""
        let time = try time(fields)
        let signature = try fields.requiredText("signature", 32)
        guard let (merchant, key) = known(code),
            constantTimeEquals(signature, Signature.hex(time.text, key))
        else { throw KissVipsError.authenticationFailed }
        guard context.isAllowed(by: merchant.settings(KissVips.id).allowedAddresses) else {
            throw KissVipsError.addressNotAllowed
        }
        guard time.isFresh(at: gateway.clock.wallTime()) else { throw KissVipsError.timeOutOfRange }
        try await gateway.spend(
            Nonce(
                String(time.hundredths), dialect: KissVips.id, merchant: merchant.id,
                // A little longer than the time itself is taken, for clocks of several machines.
                expires: time.instant.adding(seconds: 2 * RequestTime.tolerance)))
        return merchant
    }

    private func known(_ code: String) -> (Merchant, Secret<String>)? {
        guard
            let merchant = gateway.directory.authenticate(code, dialect: KissVips.id, role: KissVips.Role.code),
            let key = dialect.signingKey(of: merchant.id)
        else { return nil }
        return (merchant, key)
    }

    private func time(_ fields: Fields) throws(KissVipsError) -> RequestTime {
        let raw = fields.raw("time")
        guard let text = raw?.numberText ?? raw?.stringValue, let time = RequestTime(text) else {
            throw .invalidParameter("time", "seconds since 1970 with at most two decimals are expected")
        }
        return time
    }
}
