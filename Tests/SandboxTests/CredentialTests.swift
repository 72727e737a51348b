import APISupport
import HTTPTypes
import Testing

/// `GET /sandbox/credentials`, and the merchant ids behind it.
@Suite struct CredentialTests {
    /// As the contract prints them.
    private static let contract = """
        {"public_key":"pkey_test_20923L43S4RABbtwVoM1zsopFCYzyZnyMwFsn",\
        "secret_key":"skey_test_41Bbw6At8dJjVyKV3ZaXghhLpRro5oAtR",\
        "mids":{"full_mcc":"401001001001001","full_mcc_usd":"402202106043001","non_3ds":"401001001001002",\
        "full_dcc":"451111111111001","full_dcc_non_3ds":"451111111111002","smartpay":"401202106042001",\
        "unionpay":"401001001001003","alipay":"401001001001004"}}
        """

    @Test func `the demo merchant's credentials are those of the contract`() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.control(.get, "/credentials")
            #expect(answer.text.hasPrefix("{\"kpayment\":" + Self.contract))
            #expect(answer.header("content-type")?.hasPrefix("application/json") == true)
        }
    }

    @Test func `an API that is not built leaves its key out`() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.control(.get, "/credentials")
            for (api, path) in [
                ("kess_webpay", "/oauth/token"), ("kess_wallet", "/login"), ("kissvips", "/api/deposit"),
                ("jwtpay", "/api/v1/deposit"),
            ] where answer[api] == nil {
                #expect(try await sandbox.send(.post, path, body: "{}").status == 404, "\(api)")
            }
        }
    }

    /// The contract's table “Merchant ids of the demo merchant”, as far as cards are charged.
    @Test(arguments: [
        ("401001001001001", "THB", "Pre-Authorized"), ("401001001001001", "EUR", "Pre-Authorized"),
        ("401001001001002", "THB", "Authorized"), ("401001001001002", "BRL", "Authorized"),
        ("402202106043001", "USD", "Pre-Authorized"), ("402202106043001", "THB", "-"),
        ("451111111111001", "THB", "Pre-Authorized"), ("451111111111001", "USD", "-"),
        ("451111111111002", "THB", "Authorized"), ("451111111111002", "JPY", "-"),
    ])
    func `a merchant id takes its currencies, with 3-D Secure or without`(
        mid: String, currency: String, state: String
    ) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.charge(mid: mid, amount: "100", currency: currency)
            #expect(answer.show("transaction_state") == state)
        }
    }
}
