import HTTPTypes
import Hummingbird
import WireKit

/// Answers what no route serves in the words of the API whose path it is. A wrong method is an unknown path, too.
struct UnknownPaths: RouterMiddleware {
    private let paths: [String]
    private let answer: @Sendable () -> Response

    init(under paths: [String], answer: @escaping @Sendable () -> Response) {
        self.paths = paths
        self.answer = answer
    }

    func handle(
        _ request: Request, context: MekongContext,
        next: (Request, MekongContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound && has(request.uri.path) {
            return answer()
        }
    }

    private func has(_ path: String) -> Bool { paths.contains { path == $0 || path.hasPrefix($0 + "/") } }
}
