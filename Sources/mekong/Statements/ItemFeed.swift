import Foundation
import Gateway
import Statements
import Synchronization

/// Reads a statement on a thread of its own and hands over what it yields in batches, no more than one ahead of whoever
/// takes them. A batch is several of the gateway's, which overlap.
final class ItemFeed: Sendable {
    struct Batch: Sendable {
        var items: [StatementItem] = []
        /// Why there is no more, where that is not the file's end.
        var fault: StatementFault?
        /// Whether there is no more.
        var isLast = false
    }

    /// Whoever took the batches wants no more.
    private struct Ended: Error {}

    static let batch = 8 * Gateway.importBatch

    let batches: AsyncStream<Batch>
    private let continuation: AsyncStream<Batch>.Continuation
    private let places = DispatchSemaphore(value: 2)
    private let isEnded = Atomic(false)

    init(_ reader: StatementReader, _ source: StatementSource) {
        (batches, continuation) = AsyncStream.makeStream(of: Batch.self)
        let thread = Thread { self.run(reader, source) }
        thread.name = "mekong-statement"
        thread.start()
    }

    /// Makes room for another batch.
    func taken() { places.signal() }

    /// Wants no more.
    func end() {
        isEnded.store(true, ordering: .relaxed)
        places.signal()
    }

    private func run(_ reader: StatementReader, _ source: StatementSource) {
        let pending = Pending()
        do {
            try reader.read(source) { item in
                pending.batch.items.append(item)
                if pending.batch.items.count == Self.batch { try self.put(pending) }
            }
        } catch let fault as StatementFault {
            pending.batch.fault = fault
        } catch is Ended {
            return continuation.finish()
        } catch {
            pending.batch.fault = StatementFault("the file cannot be read: \(error)")
        }
        pending.batch.isLast = true
        try? put(pending)
        continuation.finish()
    }

    private final class Pending {
        var batch = Batch()
    }

    private func put(_ pending: Pending) throws {
        places.wait()
        if isEnded.load(ordering: .relaxed) { throw Ended() }
        continuation.yield(pending.batch)
        pending.batch = Batch()
    }
}
