import Store

/// What `mekong sandbox` prints when it is ready.
enum Banner {
    static func text(url: String, folder: String, database: DatabaseLocation? = nil) -> String {
        let database = database.map { "\n  database     \($0)" } ?? ""
        return """
            Mekong sandbox \(mekongVersion)
              address      \(url)
              data         \(folder)\(database)
              credentials  \(url)/sandbox/credentials

            K-Payment: a card for a token, to be charged with POST /card/v2/charge
              curl -s \(url)/ui/v2/token -H 'x-api-key: \(DemoMerchant.kpaymentPublicKey)' \
            -H 'content-type: application/json' \
            -d '{"number":"4417706600005830","name":"SOMCHAI J","expiry":"12/30","cvv":"123"}'

            K-Payment: an order, to be shown with POST /qr/v2/qr and paid with POST /sandbox/qr/pay
              curl -s \(url)/qr/v2/order -H 'x-api-key: \(DemoMerchant.kpaymentSecretKey)' \
            -H 'content-type: application/json' \
            -d '{"amount":100,"currency":"THB","description":"Coffee","source_type":"qr","reference_order":"ORDER-1"}'

            JWT payment: a deposit, signed by the helper, to be paid with POST /sandbox/qr/pay
              \(jwtpay(url))

            KissVips: a QR code, to be paid with POST /sandbox/qr/pay
              \(kissvips(url))

            """
    }

    /// One line for a shell: the parameters are signed by the helper, and sent with their signature.
    private static func jwtpay(_ url: String) -> String {
        let post = "curl -s \(url)/api/v1"
        let headers = "-H 'x-api-key: \(DemoMerchant.jwtpayKey)' -H 'content-type: application/json'"
        return "\(post)/deposit \(headers) -d \"$("
            + #"P='"merchantId":"demo","transactionId":"T-'$(date +%s)'","bankAccountNumber":"1234567890","#
            + #""bankName":"KBANK","name":"John Doe","amount":1000,"callbackUrl":"http://127.0.0.1:9000/callback","#
            + #""type":"QR","timestamp":'$(date +%s); "#
            + "S=$(\(post)/signature \(headers) "
            + #"-d "{\"params\":{$P}}" | sed 's/.*"signature":"\([^"]*\)".*/\1/'); echo "{$P,\"signature\":\"$S\"}")""#
    }

    /// One line for a shell: the time, its signature, and the request.
    private static func kissvips(_ url: String) -> String {
        "T=$(date +%s); curl -s \(url)/api/create_prompt_pay_qrcode -d merchant_code=\(DemoMerchant.kissvipsMerchantCode) "
            + "-d time=$T -d signature=$(printf %s \"$T\"\(DemoMerchant.kissvipsKey) | md5sum | cut -d' ' -f1) "
            + "-d amount=100 -d ref=ORDER-1 -d callback_url=http://127.0.0.1:9000/callback"
    }
}
