import APISupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging

@testable import mekong

/// A whole sandbox in this process, as a merchant's program sees it.
///
/// Its data lies in a folder of its own, and its clock begins at noon of 2 March 2026 in Bangkok.
struct Shop: SandboxCaller {
    let sandbox: Sandbox
    /// The secret key that this merchant calls with.
    var secretKey = DemoMerchant.kpaymentSecretKey
    var publicKey = DemoMerchant.kpaymentPublicKey

    enum Mid {
        static let full = "401001001001001"
        static let fullUSD = "402202106043001"
        static let without3DS = "401001001001002"
        static let fullDCC = "451111111111001"
        static let fullDCCWithout3DS = "451111111111002"
        static let smartPay = "401202106042001"
        static let unionPay = "401001001001003"
        static let alipay = "401001001001004"
    }

    /// The same sandbox behind a real socket of this machine.
    func onSocket(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await Application(router: host.router(), logger: .quiet).test(.live, body)
    }

    /// A call of the merchant's program, with its secret key.
    func post(_ path: String, _ body: String, idempotencyKey: String? = nil) async throws -> Answer {
        var headers = [("content-type", "application/json"), ("x-api-key", secretKey)]
        if let idempotencyKey { headers.append(("idempotency-key", idempotencyKey)) }
        return try await send(.post, path, headers, body: body)
    }

    func get(_ path: String) async throws -> Answer {
        try await send(.get, path, [("x-api-key", secretKey)])
    }

    /// From noon to the first second after the next midnight in Bangkok.
    func advanceToMidnight() async throws { try await advance(seconds: 43_200) }

    func advance(days: Int) async throws { try await advance(seconds: days * 86_400) }
}

/// Runs `body` on a fresh sandbox and leaves nothing behind. Afterwards its books must be right.
func withShop<Value: Sendable>(_ body: @Sendable (Shop) async throws -> Value) async throws -> Value {
    try await withSandbox { try await body(Shop(sandbox: $0)) }
}
