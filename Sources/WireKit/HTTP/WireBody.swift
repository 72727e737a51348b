import Hummingbird
import NIOCore

/// The most that a request's body may hold, in bytes.
public let maximumBodyBytes = 65_536

/// A body larger than `maximumBodyBytes`.
public struct BodyTooLarge: Error {
    public init() {}
}

/// A body that did not come to its end: the caller hung up, or sent what is no body. Nobody waits for an answer.
public struct BodyBrokenOff: Error {
    public init() {}
}

extension Request {
    /// The whole body. Throws `BodyTooLarge` and `BodyBrokenOff`.
    public func wholeBody() async throws -> ByteBuffer {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > maximumBodyBytes { throw BodyTooLarge() }
        do {
            return try await body.collect(upTo: maximumBodyBytes)
        } catch is NIOTooManyBytesError {
            throw BodyTooLarge()
        } catch {
            // Whatever the connection or the parser says of it.
            throw BodyBrokenOff()
        }
    }
}

extension ByteBuffer {
    /// Everything that can be read.
    public var allBytes: [UInt8] { Array(readableBytesView) }
}

extension JSON {
    /// Parses a body where it lies.
    public static func parse(_ buffer: ByteBuffer) throws(JSONError) -> JSON {
        var result: Result<JSON, JSONError> = .failure(JSONError(kind: .unexpectedEnd, offset: 0))
        buffer.withUnsafeReadableBytes { bytes in
            do throws(JSONError) {
                result = .success(try JSON.parse(bytes))
            } catch {
                result = .failure(error)
            }
        }
        return try result.get()
    }
}

extension Response {
    /// A response whose body is JSON, ready as bytes.
    public static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "application/json; charset=utf-8"
        headers[.contentLength] = String(bytes.count)
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
