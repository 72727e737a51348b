import HTTPTypes
import HummingbirdTesting
import NIOCore

/// What came back.
public struct Answer: JSONText {
    public let status: Int
    public let headers: HTTPFields
    public let bytes: [UInt8]

    public init(_ response: TestResponse) {
        status = Int(response.status.code)
        headers = response.headers
        bytes = Array(response.body.readableBytesView)
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}
