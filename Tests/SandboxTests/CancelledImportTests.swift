import APISupport
import Gateway
import HTTPTypes
import Payments
import Statements
import Synchronization
import Testing

@testable import mekong

/// An import whose task is cancelled, as when the process ends while a file is being handed in.
@Suite struct CancelledImportTests {
    /// Says when nobody has it any more.
    private final class Spool: Sendable {
        private let gone: AsyncStream<Void>.Continuation

        init(_ gone: AsyncStream<Void>.Continuation) { self.gone = gone }
        deinit { gone.finish() }
    }

    /// More than three of the batches that a file is read in, so that the last is not there at once.
    private static let file =
        ":20:S\n:25:0123456789\n:28C:1\n:60F:C260302THB0,\n"
        + (0..<3 * ItemFeed.batch + 1).map { ":61:260302C7,NTRFX//R\($0)\n" }.joined() + ":62F:C260302THB0,\n"

    @Test(.timeLimit(.minutes(20)))
    func `it says that it was broken off, and nobody goes on reading`() async throws {
        try await withSandbox { sandbox in
            let account = try #require(sandbox.host.gateway.directory.merchant(DemoMerchant.id)?.collectionAccount(1))
            let importer = StatementImporter(
                gateway: sandbox.host.gateway, merchant: DemoMerchant.id, account: account)
            let bytes = Array(Self.file.utf8)
            let (ended, gone) = AsyncStream.makeStream(of: Void.self)
            let reading = Task { [spool = Spool(gone)] in
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await importer.run(StatementSource(bytes: bytes, of: spool), format: .mt940, map: nil)
            }
            await #expect(throws: CancellationError.self) { try await reading.value }
            for await _ in ended {}
        }
    }

    @Test func `to the operator's program that is no success`() {
        #expect(StatementRefusal(CancellationError())?.status == .serviceUnavailable)
    }
}
