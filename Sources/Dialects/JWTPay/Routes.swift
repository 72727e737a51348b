import Gateway
import HTTPTypes
import Hummingbird
import Payments
import WireKit

/// The operations of the JWT payment document.
public struct JWTPayAPI: Sendable {
    let gateway: Gateway
    let dialect: JWTPay
    /// When the process began to serve.
    let started = ContinuousClock.now

    public init(gateway: Gateway, dialect: JWTPay) {
        self.gateway = gateway
        self.dialect = dialect
    }

    public func addRoutes(to router: Router<MekongContext>) {
        let operations: [Operation] = [
            // Core payment processing
            Operation("deposit", .post, "/api/v1/deposit", .keyAndSignature, deposit),
            Operation("withdraw", .post, "/api/v1/withdraw", .keyAndSignature, withdraw),
            Operation("balance", .post, "/api/v1/balance", .keyAndSignature, balance),
            Operation("query_order", .post, "/api/v1/order/query", .keyAndSignature, queryOrder),
            // Helper endpoints
            Operation("signature", .post, "/api/v1/signature", .ownKey, signature),
            Operation("banks", .get, "/api/v1/banks", .key, banks),
        ]
        for operation in operations {
            router.serve(
                operation.name, of: JWTPay.id.rawValue, operation.method, operation.path, failure: JWTPayError.self
            ) { request, context in
                .json(try await operation.run(try await call(operation.proof, request, context)))
            }
        }
        router.serve("health", of: JWTPay.id.rawValue, .get, "/api/v1/health", failure: JWTPayError.self) { _, _ in
            .json(health())
        }
    }
}

extension JWTPayAPI {
    /// What its paths begin with.
    public static let paths = ["/api/v1"]

    /// The answer to whatever else is asked for there.
    public static func unknownPath() -> Response { JWTPayError.operationNotFound.response }
}

/// One row of the table of operations.
struct Operation: Sendable {
    /// What a caller shows of themselves.
    enum Proof {
        /// The API key.
        case key
        /// The API key, in the header or as the member `api_key`.
        case ownKey
        /// The API key, and the parameters signed with it.
        case keyAndSignature
    }

    let name: String
    let method: HTTPRequest.Method
    let path: RouterPath
    let proof: Proof
    let run: @Sendable (Call) async throws -> [UInt8]

    init(
        _ name: String, _ method: HTTPRequest.Method, _ path: RouterPath, _ proof: Proof,
        _ run: @escaping @Sendable (Call) async throws -> [UInt8]
    ) {
        self.name = name
        self.method = method
        self.path = path
        self.proof = proof
        self.run = run
    }
}

/// Who calls.
struct Caller: Sendable {
    let merchant: Merchant
    /// The key that was presented, which is the merchant's.
    let key: Secret<String>
}

/// An authenticated request.
struct Call: Sendable {
    let caller: Caller
    let parameters: Fields
    /// The request without what is fresh each time, where it has an idempotency key: two with one key must agree in it.
    var content: [UInt8] = []
    var idempotencyKey: String?

    var merchant: Merchant { caller.merchant }
    var key: Secret<String> { caller.key }
}

extension HTTPField.Name {
    static let apiKey = HTTPField.Name("x-api-key")!
}

extension JWTPayAPI {
    /// Checks, in this order: key, address, merchant, signature, timestamp. What is wrong with other members is each
    /// operation's to find.
    private func call(_ proof: Operation.Proof, _ request: Request, _ context: MekongContext) async throws -> Call {
        let header = request.headers[.apiKey]
        // Who has no key is told so before anything is read.
        let early = proof == .ownKey ? nil : try authenticate(header, context)
        if let early, proof == .key { return Call(caller: early, parameters: Fields(JSONObject())) }
        let body = try await request.wholeBody()
        let object = (try? JSON.parse(body))?.objectValue
        let caller = try early ?? authenticate(object?["api_key"]?.stringValue ?? header, context)
        guard let object else { throw JWTPayError.badRequest }
        let signed = SignedParameters(object)
        let key = request.idempotencyKey
        let call = Call(
            caller: caller, parameters: Fields(object), content: key == nil ? [] : signed.content, idempotencyKey: key)
        guard proof == .keyAndSignature else { return call }
        try requireMerchant(object, call.merchant.id)
        guard signed.areSigned(with: call.key) else { throw JWTPayError.invalidSignature }
        try requireFreshness(call.parameters)
        return call
    }

    /// Who calls, and from where.
    private func authenticate(_ key: String?, _ context: MekongContext) throws(JWTPayError) -> Caller {
        guard let key, !key.isEmpty,
            let merchant = gateway.directory.authenticate(key, dialect: JWTPay.id, role: JWTPay.Role.key)
        else { throw .invalidKey }
        guard context.isAllowed(by: merchant.settings(JWTPay.id).allowedAddresses) else { throw .addressNotAllowed }
        return Caller(merchant: merchant, key: Secret(key))
    }

    /// A merchant that is named must be the key's, whatever the operation. That one is missing is told later.
    private func requireMerchant(_ parameters: JSONObject, _ merchant: MerchantID) throws(JWTPayError) {
        let name = "merchantId"
        switch parameters[name] {
        case nil, .null, .string(""): return
        case .string(let named):
            guard named == merchant.rawValue else { throw .merchantMismatch }
        case .some(let other): throw .invalidParameter(name, "a string is expected, not \(other.kindName)")
        }
    }

    /// `timestamp`, Unix seconds as a number or its digits, against real time.
    private func requireFreshness(_ parameters: Fields) throws(JWTPayError) {
        try parameters.require("timestamp")
        guard let seconds = try parameters.wholeNumber("timestamp", 12) else { throw .mandatoryIsEmpty("timestamp") }
        let now = gateway.clock.wallTime().microseconds / 1_000_000
        guard (Int64(seconds) - now).magnitude <= Self.windowSeconds else { throw .staleTimestamp }
    }

    static let windowSeconds: Int64.Magnitude = 300
}
