import Gateway
import HTTPTypes
import Hummingbird
import Logging
import Payments
import WireKit

/// The operations of the K-Payment document that are served.
public struct KPaymentAPI: Sendable {
    let gateway: Gateway
    let dialect: KPayment

    public init(gateway: Gateway, dialect: KPayment) {
        self.gateway = gateway
        self.dialect = dialect
    }

    public func addRoutes(to router: Router<MekongContext>) {
        let customerPath: RouterPath = "/card/v2/customer/{customer_id}"
        let operations: [Operation] = [
            // Sandbox contract: card tokens without a page
            Operation("create_token", .post, "/ui/v2/token", KPayment.Role.public, createToken),
            // 6.1 Charge API
            Operation("create_charge", .post, "/card/v2/charge", KPayment.Role.secret, createCharge),
            Operation("inquire_charge", .get, "/card/v2/charge/{id}", KPayment.Role.secret, inquireCharge),
            Operation("inquire_charge", .get, "/card/v2/charge/{id}/{date}", KPayment.Role.secret, inquireCharge),
            Operation("void_charge", .post, "/card/v2/charge/{id}/void", KPayment.Role.secret, voidCharge),
            Operation("settle_charge", .post, "/card/v2/charge/{id}/settle", KPayment.Role.secret, settleCharge),
            // 6.2 Customer API
            Operation("create_customer", .post, "/card/v2/customer", KPayment.Role.secret, createCustomer),
            Operation("inquire_customer", .get, customerPath, KPayment.Role.secret, inquireCustomer),
            Operation("update_customer", .post, customerPath, KPayment.Role.secret, updateCustomer),
            Operation("update_customer", .patch, customerPath, KPayment.Role.secret, updateCustomer),
            Operation("delete_customer", .delete, customerPath, KPayment.Role.secret, deleteCustomer),
            Operation("add_card", .post, "/card/v2/customer/{customer_id}/card", KPayment.Role.secret, addCard),
            Operation(
                "delete_card", .delete, "/card/v2/customer/{customer_id}/card/{card_id}", KPayment.Role.secret,
                deleteCard),
            Operation("refund_charge", .post, "/card/v2/charge/{id}/refund", KPayment.Role.secret, refundCharge),
            // 6.3 Order API
            Operation("create_order", .post, "/qr/v2/order", KPayment.Role.secret, createOrder),
            Operation("inquire_order", .get, "/qr/v2/order/{id}", KPayment.Role.secret, inquireOrder),
            Operation("order_status", .get, "/ui/v2/order/{id}", KPayment.Role.public, orderStatus),
            // 6.4 QR API
            Operation("create_qr", .post, "/qr/v2/qr", KPayment.Role.secret, createQR),
            Operation("inquire_qr", .get, "/qr/v2/qr/{id}", KPayment.Role.secret, inquireQR),
            Operation("void_qr", .post, "/qr/v2/qr/{id}/void", KPayment.Role.secret, voidQR),
            Operation("cancel_qr", .post, "/qr/v2/qr/{id}/cancel", KPayment.Role.secret, cancelQR),
        ]
        for operation in operations {
            for path in operation.spellings {
                router.serve(
                    operation.name, of: KPayment.id.rawValue, operation.method, path, failure: KPaymentError.self
                ) { request, context in
                    guard operation.isOpen else { return try await serve(operation, request, context) }
                    return try await opened { try await serve(operation, request, context) }
                }
                if operation.isOpen { router.on(path, method: .options) { _, _ in Self.invitation } }
            }
        }
        addPages(to: router)
        addReturnPages(to: router)
        addCheckout(to: router)
    }
}

/// One row of the table of operations.
struct Operation: Sendable {
    let name: String
    let method: HTTPRequest.Method
    let path: RouterPath
    /// Which of a merchant's keys must be presented.
    let role: String
    let run: @Sendable (Call) async throws -> [UInt8]

    /// Whether the pages of any shop may ask it of this gateway: what a public key may see.
    var isOpen: Bool { role == KPayment.Role.public && method == .get }

    init(
        _ name: String, _ method: HTTPRequest.Method, _ path: RouterPath, _ role: String,
        _ run: @escaping @Sendable (Call) async throws -> [UInt8]
    ) {
        self.name = name
        self.method = method
        self.path = path
        self.role = role
        self.run = run
    }

    /// The path, and with a capital letter where it ends in a verb, as seen in programs in use: `…/Void`.
    var spellings: [RouterPath] {
        let parts = path.description.split(separator: "/")
        guard let verb = parts.last, ["void", "settle", "refund", "cancel"].contains(verb) else { return [path] }
        let other = parts.dropLast() + [verb.prefix(1).uppercased() + verb.dropFirst()]
        return [path, RouterPath("/" + other.joined(separator: "/"))]
    }
}

/// An authenticated request.
struct Call: Sendable {
    let merchant: Merchant
    let body: ByteBuffer
    let parameters: Parameters
    let idempotencyKey: String?

    /// The body as JSON.
    func fields() throws(KPaymentError) -> Fields {
        guard let json = try? JSON.parse(body) else { throw .badRequest }
        return try Fields(json)
    }

    /// A part of the path, decoded.
    func parameter(_ name: String) -> String {
        optionalParameter(name) ?? ""
    }

    /// A part of the path that not every route has.
    func optionalParameter(_ name: String) -> String? {
        parameters.get(name).map { percentDecode($0) ?? $0 }
    }
}

extension KPaymentAPI {
    /// What its paths begin with.
    public static let paths = ["/card/v2", "/qr/v2", "/ui/v2"]

    /// The answer to whatever else is asked for there.
    public static func unknownPath() -> Response { KPaymentError.operationNotFound.response }
}

extension HTTPField.Name {
    static let apiKey = HTTPField.Name("x-api-key")!
}

extension KPaymentAPI {
    /// What a browser is told that asks whether a page of another origin may call with a key.
    private static var invitation: Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: "*", .accessControlAllowMethods: "GET",
                .accessControlAllowHeaders: "x-api-key", .accessControlMaxAge: "86400",
            ])
    }

    /// Lets a page of any origin read the answer, also one that says what is wrong.
    private func opened(_ run: () async throws -> Response) async throws -> Response {
        var response: Response
        do {
            response = try await run()
        } catch {
            guard let known = error as? KPaymentError ?? KPaymentError(error) else { throw error }
            response = known.response
        }
        response.headers[.accessControlAllowOrigin] = "*"
        return response
    }

    private func serve(_ operation: Operation, _ request: Request, _ context: MekongContext) async throws -> Response {
        let merchant = try authenticate(request, context, role: operation.role)
        let call = Call(
            merchant: merchant, body: try await request.wholeBody(), parameters: context.parameters,
            idempotencyKey: operation.method == .post ? request.idempotencyKey : nil)
        return .json(try await operation.run(call))
    }

    /// Who calls, by `x-api-key`. HTTP Basic beside it, which some programs send, is not looked at.
    private func authenticate(
        _ request: Request, _ context: MekongContext, role: String
    ) throws(KPaymentError) -> Merchant {
        guard let key = request.headers[.apiKey], !key.isEmpty,
            let merchant = gateway.directory.authenticate(key, dialect: KPayment.id, role: role)
        else { throw .authenticationFailure }
        // A payer's browser calls with the public key from anywhere.
        guard
            role == KPayment.Role.public
                || context.isAllowed(by: merchant.settings(KPayment.id).allowedAddresses)
        else { throw .addressNotAllowed }
        return merchant
    }

    /// Runs an operation on a charge once for each idempotency key, and puts what its state forbids into its words.
    func answer(
        _ call: Call, _ scope: String, refusal: (PaymentFault) -> KPaymentError,
        render: @escaping @Sendable (PaymentReport) -> [UInt8],
        _ run: (Answering?) async throws -> PaymentReport, ofOrders: Bool = false
    ) async throws -> [UInt8] {
        do {
            return try await gateway.once(
                call.idempotencyKey, merchant: call.merchant.id, scope: scope,
                request: call.body.allBytes, render: render, run)
        } catch let fault as GatewayFault {
            let error = KPaymentError(fault, refusal: refusal)
            throw ofOrders ? error.ofOrders : error
        }
    }
}
