import Dispatch
import HTTPTypes
import Hummingbird
import Logging

/// How a wire API answers what went wrong.
public protocol WireFailure: Error {
    /// The answer in the document's shape.
    var response: Response { get }
    /// What an error of the core, or of reading the request, is in the document's words; nil for what nobody foresaw.
    init?(_ error: any Error)
    /// What nobody foresaw: it is logged, and answered so.
    static var unforeseen: Self { get }
}

extension Router<MekongContext> {
    /// Serves an operation of a wire API: counted and timed, and answered whatever happens.
    public func serve<Failure: WireFailure>(
        _ name: String, of api: String, _ method: HTTPRequest.Method, _ path: RouterPath, failure: Failure.Type,
        _ run: @escaping @Sendable (Request, MekongContext) async throws -> Response
    ) {
        let metrics = OperationMetrics(api: api, operation: name)
        on(path, method: method) { request, context in
            let start = DispatchTime.now()
            let response: Response
            do {
                response = try await run(request, context)
            } catch let known as Failure {
                response = known.response
            } catch is BodyBrokenOff {
                metrics.recordAborted(since: start)
                return Response(status: .badRequest)
            } catch {
                if let known = Failure(error) {
                    response = known.response
                } else {
                    context.logger.error("failed", metadata: ["operation": "\(name)", "error": "\(error)"])
                    response = Failure.unforeseen.response
                }
            }
            metrics.record(status: response.status.code, since: start)
            return response
        }
    }
}
