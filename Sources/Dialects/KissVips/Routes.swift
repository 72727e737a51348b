import Gateway
import HTTPTypes
import Hummingbird
import Payments
import WireKit

/// The operations of the KissVips document: each `POST /api/{name}`.
public struct KissVipsAPI: Sendable {
    let gateway: Gateway
    let dialect: KissVips

    public init(gateway: Gateway, dialect: KissVips) {
        self.gateway = gateway
        self.dialect = dialect
    }

    private var operations: [Operation] {
        [
            Operation("create_pg_deposit", createPGDeposit),
            Operation("create_prompt_pay_deposit", createPromptPayDeposit),
            Operation("create_prompt_pay_qrcode", createPromptPayQRCode),
            Operation("create_transfer", createTransfer),
            Operation("get_balance", getBalance),
            Operation("get_bank_config", getBankConfig),
            Operation("get_deposit", getDeposit),
            Operation("get_deposit_accounts", getDepositAccounts),
            Operation("get_pg_deposit_by_token", getPGDepositByToken),
            Operation("get_prompt_pay_qrcode_by_uuid", getPromptPayQRCodeByUUID),
            Operation("get_transfer_by_id", getTransferByID),
            Operation("redeem_deposit", redeemDeposit),
            Operation("update_prompt_pay_scanned_time", updatePromptPayScannedTime),
        ]
    }

    public func addRoutes(to router: Router<MekongContext>) {
        for operation in operations {
            router.serve(
                operation.name, of: KissVips.id.rawValue, .post, RouterPath("/api/" + operation.name),
                failure: KissVipsError.self
            ) { request, context in
                try await serve(operation, request, context)
            }
        }
        addPages(to: router)
    }

    private func serve(_ operation: Operation, _ request: Request, _ context: MekongContext) async throws -> Response {
        let body = try RequestBody(try await request.wholeBody(), type: request.headers[.contentType])
        let merchant = try await authenticate(body.fields, context)
        return .json(
            try await operation.run(Call(merchant: merchant, body: body, idempotencyKey: request.idempotencyKey)))
    }
}

extension KissVipsAPI {
    /// What its paths begin with.
    public static let paths = ["/api"]

    /// The answer to whatever else is asked for there.
    public static func unknownPath() -> Response { KissVipsError.operationNotFound.response }
}

/// One row of the table of operations.
struct Operation: Sendable {
    let name: String
    let run: @Sendable (Call) async throws -> [UInt8]

    init(_ name: String, _ run: @escaping @Sendable (Call) async throws -> [UInt8]) {
        self.name = name
        self.run = run
    }
}

/// An authenticated request.
struct Call: Sendable {
    let merchant: Merchant
    let body: RequestBody
    let idempotencyKey: String?

    var fields: Fields { body.fields }
}

/// A successful answer: `{"response":{"status":"OK",…}}`.
func answer(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter(capacity: 512)
    json.object { json in
        json.memberObject("response") { json in
            json.member("status", "OK")
            body(&json)
        }
    }
    return json.bytes
}
