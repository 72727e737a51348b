import APISupport
import Crypto
import Foundation
import WireKit

extension Body {
    /// The members in order of their names.
    var sorted: Body { Body(members.sorted { $0.name < $1.name }.map { ($0.name, $0.raw) }) }

    /// The parameters and their signature.
    func signed(with key: String) -> Body { with("signature", text: token(over: sorted.text, key)) }
}

/// A JWT made here, apart from the code under test.
func token(over payload: String, _ key: String, header: String = #"{"alg":"HS256","typ":"JWT"}"#) -> String {
    let input = base64URL(Data(header.utf8)) + "." + base64URL(Data(payload.utf8))
    let mac = HMAC<SHA256>.authenticationCode(for: Data(input.utf8), using: SymmetricKey(data: Data(key.utf8)))
    return input + "." + base64URL(Data(mac))
}

func base64URL(_ data: Data) -> String {
    data.base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        .replacingOccurrences(of: "=", with: "")
}

/// The payload of a JWT that this key has signed.
func payload(of token: String, _ key: String) -> String? {
    let parts = token.split(separator: ".").map(String.init)
    guard parts.count == 3 else { return nil }
    let mac = HMAC<SHA256>.authenticationCode(
        for: Data((parts[0] + "." + parts[1]).utf8), using: SymmetricKey(data: Data(key.utf8)))
    guard base64URL(Data(mac)) == parts[2] else { return nil }
    return Base64.decodeURL(parts[1]).map { String(decoding: $0, as: UTF8.self) }
}

extension Body {
    static var now: String { String(Int(Date().timeIntervalSince1970)) }

    /// The document's deposit, for the demo merchant and now.
    static func deposit(_ id: String = "T-1", amount: String = "1000", type: String = "QR") -> Body {
        Body([
            ("merchantId", "\"demo\""), ("transactionId", quoted(id)), ("bankAccountNumber", "\"1234567890\""),
            ("bankName", "\"KBANK\""), ("name", "\"John Doe\""), ("amount", amount),
            ("callbackUrl", quoted(Shop.deafURL)), ("type", quoted(type)), ("timestamp", now),
        ])
    }

    /// The document's withdrawal; its timestamp is a string there.
    static func withdrawal(_ id: String = "W-1", amount: String = "1000") -> Body {
        Body([
            ("agent_order_no", quoted(id)), ("amount", amount), ("bank_code", "\"KBANK\""),
            ("account_no", "\"1234567890\""), ("account_name", "\"John Doe\""),
            ("callback_url", quoted(Shop.deafURL)), ("timestamp", quoted(now)),
        ])
    }

    static func query(_ members: (String, String)...) -> Body {
        Body(members.map { ($0.0, quoted($0.1)) } + [("timestamp", now)])
    }
}
