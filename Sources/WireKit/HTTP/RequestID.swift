import HTTPTypes
import Hummingbird

/// The id of the request that is being served: told to the caller as `x-request-id`, and part of every log line that is
/// written on its behalf, however deep.
public enum RequestID {
    @TaskLocal public static var current: String?

    static let header = HTTPField.Name("x-request-id")!
}

/// Gives every request its id.
public struct RequestIDMiddleware: RouterMiddleware {
    public init() {}

    public func handle(
        _ request: Request, context: MekongContext,
        next: (Request, MekongContext) async throws -> Response
    ) async throws -> Response {
        let id = context.id.description
        var response = try await RequestID.$current.withValue(id) { try await next(request, context) }
        response.headers[RequestID.header] = id
        return response
    }
}
