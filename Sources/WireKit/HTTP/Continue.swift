import HTTPTypes
import Hummingbird
import NIOCore

/// Goes down a connection's pipeline when the body of its request is about to be read.
public struct BodyIsWanted: Sendable {
    public init() {}
}

/// Has clients that wait for `100 Continue` told so, as soon as the body of their request is read. Who is refused before
/// that has sent none of it.
public struct ContinueMiddleware: RouterMiddleware {
    public init() {}

    public func handle(
        _ request: Request, context: MekongContext,
        next: (Request, MekongContext) async throws -> Response
    ) async throws -> Response {
        guard request.headers[.expect]?.lowercased() == "100-continue" else { return try await next(request, context) }
        var request = request
        request.body = RequestBody(asyncSequence: AnnouncedBody(body: request.body, channel: context.channel))
        return try await next(request, context)
    }
}

/// A body that says when it is read.
private struct AnnouncedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let body: RequestBody
    let channel: any Channel

    func makeAsyncIterator() -> Iterator { Iterator(base: body.makeAsyncIterator(), channel: channel) }

    struct Iterator: AsyncIteratorProtocol {
        var base: RequestBody.AsyncIterator
        let channel: any Channel
        var isAnnounced = false

        mutating func next() async throws -> ByteBuffer? {
            if !isAnnounced {
                isAnnounced = true
                channel.triggerUserOutboundEvent(BodyIsWanted(), promise: nil)
            }
            return try await base.next()
        }
    }
}
