import APISupport
import Gateway
import HTTPTypes
import Payments
import Synchronization
import TestSupport
import Testing

@testable import mekong

/// A whole sandbox in this process, as a merchant's program sees it.
///
/// Its clock begins at noon of 2 March 2026 in Bangkok; what requests are signed with is real time.
struct Shop: SandboxCaller {
    let sandbox: Sandbox
    var code = DemoMerchant.kissvipsMerchantCode
    var key = DemoMerchant.kissvipsKey
    private let times = Times()

    /// No connection is made there: call backs stay pending and can be read from the control API.
    static let deafURL = "http://10.0.0.1/callback"

    init(sandbox: Sandbox) { self.sandbox = sandbox }

    /// Times that no request of this test has used. They begin a minute ahead, of the two that are allowed, so that
    /// each is fresh for three minutes.
    private final class Times: Sendable {
        private let last = Mutex<Int64>(0)

        func take() -> String {
            let hundredths = last.withLock { last in
                last = max(last + 1, SystemClock().now().microseconds / 10_000 + 6_000)
                return last
            }
            return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
        }
    }

    func newTime() -> String { times.take() }

    /// The members that every request has, signed.
    func signed(_ time: String? = nil) -> Body {
        let time = time ?? newTime()
        return Body([
            ("merchant_code", quoted(code)), ("time", time), ("signature", quoted(signature(time))),
        ])
    }

    func signature(_ time: String) -> String { md5(time + key) }

    /// A body as it stands, signed or not.
    func post(_ name: String, _ body: String, key: String? = nil) async throws -> Answer {
        var headers = [("content-type", "application/json")]
        if let key { headers.append(("idempotency-key", key)) }
        return try await send(.post, "/api/\(name)", headers, body: body)
    }

    /// A signed call of the merchant's program.
    func call(_ name: String, _ body: Body = Body(), key: String? = nil) async throws -> Answer {
        var whole = signed()
        whole.members += body.members
        return try await post(name, whole.text, key: key)
    }

    /// A call that must go well.
    func done(_ name: String, _ body: Body = Body()) async throws -> Answer {
        let answer = try await call(name, body)
        try #require(answer.outcome == "200 OK", "\(name): \(answer.text)")
        return answer
    }
}

/// Runs `body` on a fresh sandbox and leaves nothing behind. Afterwards the books must be right.
func withShop<Value: Sendable>(
    on database: DatabaseKind = .sqlite, _ body: @Sendable (Shop) async throws -> Value
) async throws -> Value {
    try await withSandbox(on: database) { try await body(Shop(sandbox: $0)) }
}
