import Gateway
import Hummingbird
import Payments
import Store
import WireKit

/// The sandbox's control API: the payer, the bank and the clock (sandbox contract, `/sandbox/…`).
struct ControlAPI: Sendable {
    let host: SandboxHost
    private let turns = OneAtATime()

    init(host: SandboxHost) {
        self.host = host
    }

    func addRoutes(to router: Router<MekongContext>) {
        let sandbox = router.group("/sandbox")
        sandbox.get("/credentials") { _, _ in Response.json(credentials()) }
        sandbox.put("/merchant") { request, _ in await inTurn(request, putMerchant) }
        sandbox.get("/clock") { _, _ in Response.json(clock()) }
        sandbox.post("/clock/advance") { request, _ in await inTurn(request, advance) }
        sandbox.post("/qr/pay") { request, _ in await passing { try await pay(body(request)) } }
        sandbox.post("/bank/credits") { request, _ in await passing { try await credit(body(request)) } }
        sandbox.post("/payouts/{id}") { request, context in
            await passing { try await endPayout(body(request), context) }
        }
        sandbox.post("/faults") { request, _ in await passing { try await orderFault(body(request)) } }
        sandbox.delete("/faults") { _, _ in await passing { try await clearFaults() } }
        sandbox.get("/rails/{rail}") { request, context in await passing { try await books(request, context) } }
        sandbox.get("/webhooks") { request, _ in await passing { try await webhooks(request) } }
        sandbox.post("/webhooks/{id}/replay") { _, context in await passing { try await replay(context) } }
        sandbox.post("/reset") { _, _ in await answer { try await turns.run { try await host.gate.alone(reset) } } }
    }

    /// `{"error": "…"}`, as the contract says.
    struct Fault: Error {
        let status: HTTPResponse.Status
        let message: String

        static func senseless(_ message: String) -> Fault { Fault(status: .unprocessableContent, message: message) }
        static func notFound(_ message: String) -> Fault { Fault(status: .notFound, message: message) }
        static func conflict(_ message: String) -> Fault { Fault(status: .conflict, message: message) }
    }

    static let done: [UInt8] = Array("{\"status\":\"ok\"}".utf8)

    private func inTurn(
        _ request: Request, _ run: @escaping @Sendable (JSONObject) async throws -> [UInt8]
    ) async -> Response {
        await answer {
            let body = try await body(request)
            return try await turns.run { try await host.gate.pass { try await run(body) } }
        }
    }

    private func passing(_ body: () async throws -> [UInt8]) async -> Response {
        await answer { try await host.gate.pass(body) }
    }

    private func answer(_ body: () async throws -> [UInt8]) async -> Response {
        do {
            return .json(try await body())
        } catch let fault as Fault {
            return Self.error(fault)
        } catch is BodyTooLarge {
            return Self.error(Fault(status: .contentTooLarge, message: "the body is too large"))
        } catch is BodyBrokenOff {
            return Self.error(Fault(status: .badRequest, message: "the body is not all there"))
        } catch StoreError.unavailable(let reason) {
            return Self.error(Fault(status: .serviceUnavailable, message: reason))
        } catch {
            return Self.error(Fault(status: .internalServerError, message: "\(error)"))
        }
    }

    /// The answer to whatever else is asked for under `/sandbox`.
    static func unknownPath() -> Response { error(.notFound("there is no such call")) }

    private static func error(_ fault: Fault) -> Response {
        var json = JSONWriter(capacity: 96)
        json.object { $0.member("error", fault.message) }
        return .json(json.bytes, status: fault.status)
    }

    /// The request's body as an object.
    func body(_ request: Request) async throws -> JSONObject {
        let body = try await request.wholeBody()
        guard let object = (try? JSON.parse(body))?.objectValue else {
            throw Fault.senseless("the body is no JSON object")
        }
        return object
    }
}
