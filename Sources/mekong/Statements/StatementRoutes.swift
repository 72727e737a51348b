import Gateway
import HTTPTypes
import Hummingbird
import Payments
import Statements
import WireKit

/// Statements over HTTP, for the operator's own programs: `POST /statements/{merchant}/{account}`.
struct StatementRoutes: Sendable {
    let gateway: Gateway
    let access: StatementAccess

    func addRoutes(to router: Router<MekongContext>) {
        router.serve(
            "import_statement", of: "operator", .post, "/statements/{merchant}/{account}",
            failure: StatementRefusal.self
        ) { request, context in
            try await take(request, context)
        }
        router.serve(
            "unmatched_lines", of: "operator", .get, "/statements/{merchant}/{account}/unmatched",
            failure: StatementRefusal.self
        ) { request, context in
            try await showUnmatched(request, context)
        }
        router.serve(
            "match_line", of: "operator", .post, "/statements/{merchant}/{account}/match",
            failure: StatementRefusal.self
        ) { request, context in
            try await match(request, context)
        }
    }

    private func take(_ request: Request, _ context: MekongContext) async throws -> Response {
        let (merchant, account) = try place(request, context)
        let (format, map) = try kind(request)
        let body = try await SpooledBody(request, limit: access.limit)
        let report = try await StatementImporter(gateway: gateway, merchant: merchant, account: account)
            .run(body.source, format: format, map: map)
        return .json(report.json, status: report.fault == nil ? .ok : .unprocessableContent)
    }

    /// Whose statement is meant, by whom who has the key.
    func place(_ request: Request, _ context: MekongContext) throws -> (MerchantID, CollectionAccount) {
        try authenticate(request)
        let merchant = MerchantID(rawValue: context.parameters.get("merchant") ?? "")
        guard let number = context.parameters.get("account").flatMap({ Int64($0) }),
            let account = gateway.directory.merchant(merchant)?.collectionAccount(number)
        else { throw StatementRefusal(.notFound, "the merchant, or this account of theirs, is unknown") }
        return (merchant, account)
    }

    private func authenticate(_ request: Request) throws {
        let words = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer",
            constantTimeEquals(access.key.expose(), String(words[1]))
        else { throw StatementRefusal(.unauthorized, "the key is missing or wrong") }
    }

    private func kind(_ request: Request) throws -> (StatementFormat, ColumnMap?) {
        let parameters = request.uri.queryParameters
        guard let format = parameters["format"].flatMap({ StatementFormat(rawValue: String($0)) }) else {
            let known = StatementFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw StatementRefusal(.unprocessableContent, "format must be one of \(known)")
        }
        guard format == .csv else { return (format, nil) }
        guard let name = parameters["map"].map(String.init) else {
            throw StatementRefusal(.unprocessableContent, "map must name a map of columns, as format is csv")
        }
        do {
            guard let map = try access.maps.flatMap({ try MapFile.named(name, in: $0) }) else {
                throw StatementRefusal(.unprocessableContent, "there is no map of this name")
            }
            return (format, map)
        } catch let fault as ColumnMap.Fault {
            throw StatementRefusal(.unprocessableContent, "the map cannot be used: \(fault)")
        }
    }
}

/// `{"error": "…"}`.
struct StatementRefusal: WireFailure {
    let status: HTTPResponse.Status
    let message: String

    init(_ status: HTTPResponse.Status, _ message: String) { (self.status, self.message) = (status, message) }

    static let unforeseen = StatementRefusal(.internalServerError, "the request could not be carried out")

    init?(_ error: any Error) {
        switch error {
        case is BodyTooLarge: self.init(.contentTooLarge, "the body is too large; divide a file by days")
        case GatewayFault.unavailable, is CancellationError:
            self.init(.serviceUnavailable, "the gateway cannot commit now; send the same again")
        case GatewayFault.notFound: self.init(.notFound, "the merchant, or this account of theirs, is unknown")
        case let refusal as AssignmentRefusal: self.init(refusal)
        case is SpooledBody.Fault: self.init(.serviceUnavailable, "there is no room for the file")
        default: return nil
        }
    }

    var response: Response {
        var json = JSONWriter(capacity: 96)
        json.object { $0.member("error", message) }
        var response = Response.json(json.bytes, status: status)
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}
