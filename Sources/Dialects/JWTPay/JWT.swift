import Crypto
import Payments
import WireKit

/// JSON Web Tokens (RFC 7519) as this API uses them: HS256 alone, over JSON that stays as it was written.
enum JWT {
    /// As `jsonwebtoken` writes it.
    private static let header = Base64.encodeURL(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))

    /// A token over these bytes.
    static func signed(_ payload: [UInt8], with key: Secret<String>) -> String {
        let input = header + "." + Base64.encodeURL(payload)
        let mac = HMAC<SHA256>.authenticationCode(for: Array(input.utf8), using: symmetric(key))
        return input + "." + Base64.encodeURL(mac)
    }

    /// The payload of a token that was signed with this key; nil for anything else: another algorithm, `none` included,
    /// another type, extensions that must be understood (`crit`), a second spelling of the same bytes.
    static func payload(of token: String, signedWith key: Secret<String>) -> JSONObject? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = object(parts[0]), isAccepted(header),
            let mac = Base64.decodeURL(String(parts[2]))
        else { return nil }
        let input = token.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count)
        guard HMAC<SHA256>.isValidAuthenticationCode(mac, authenticating: Array(input), using: symmetric(key)) else {
            return nil
        }
        return object(parts[1])
    }

    private static func isAccepted(_ header: JSONObject) -> Bool {
        guard header["alg"] == .string("HS256"), header["crit"] == nil else { return false }
        guard let type = header["typ"] else { return true }
        return type.stringValue?.uppercased() == "JWT"
    }

    private static func object(_ part: Substring) -> JSONObject? {
        guard let bytes = Base64.decodeURL(String(part)) else { return nil }
        return (try? JSON.parse(bytes))?.objectValue
    }

    private static func symmetric(_ key: Secret<String>) -> SymmetricKey {
        SymmetricKey(data: Array(key.expose().utf8))
    }
}
