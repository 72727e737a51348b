import NIOCore
import Synchronization

/// Remembers whether anything of a request's body was handed to its connection: before that the other end knows
/// nothing of it.
final class SendMark: Sendable {
    private let isSet = Atomic(false)

    var wasSent: Bool { isSet.load(ordering: .acquiring) }
    fileprivate func set() { isSet.store(true, ordering: .releasing) }
}

/// A body that sets a mark when it is asked for, which the client does once the connection stands.
struct MarkedBody: AsyncSequence, Sendable {
    let bytes: [UInt8]
    let mark: SendMark

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var bytes: [UInt8]?
        fileprivate let mark: SendMark

        mutating func next() async -> ByteBuffer? {
            guard let all = bytes else { return nil }
            bytes = nil
            mark.set()
            return ByteBuffer(bytes: all)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(bytes: bytes, mark: mark) }
}
