import Foundation
import Hummingbird
import NIOCore
import Statements
import WireKit

/// A request's body on the disk: it is as long as a statement is, and its parser wants to read a file. The file has no
/// name, so that nothing of it is left however this process ends.
final class SpooledBody: Sendable {
    private let handle: Int32

    /// Why there is no place for it.
    struct Fault: Error {}

    /// Takes in a body of at most `limit` bytes. Throws `BodyTooLarge`, and `Fault`.
    init(_ request: Request, limit: Int) async throws {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw BodyTooLarge() }
        var template = Array((FileManager.default.temporaryDirectory.path + "/mekong-statement-XXXXXX").utf8CString)
        handle = mkstemp(&template)
        guard handle >= 0 else { throw Fault() }
        _ = fcntl(handle, F_SETFD, FD_CLOEXEC)
        unlink(template)
        var count = 0
        for try await part in request.body {
            count += part.readableBytes
            guard count <= limit else { throw BodyTooLarge() }
            try append(part)
        }
    }

    deinit { close(handle) }

    /// Keeps the file open for as long as somebody may yet read it.
    var source: StatementSource { StatementSource(path: "/proc/self/fd/\(handle)", of: self) }

    /// Into the page cache, which waits for no disk.
    private func append(_ buffer: ByteBuffer) throws {
        try buffer.withUnsafeReadableBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = write(handle, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                guard written > 0 else { throw Fault() }
                rest = rest.dropFirst(written)
            }
        }
    }
}
