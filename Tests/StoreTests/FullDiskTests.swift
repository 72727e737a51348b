import Foundation
import Glibc
import Ledger
import Logging
import Payments
import Store
import TestSupport
import Testing

/// A disk of four megabytes, in memory. Only root may have one.
final class TinyDisk: Sendable {
    let folder: String
    private var ballast: String { folder + "/ballast" }

    init?() {
        folder = FileManager.default.temporaryDirectory.path + "/mekong-disk-\(UUID().uuidString)"
        guard mkdir(folder, 0o700) == 0 else { return nil }
        guard mount("tmpfs", folder, "tmpfs", 0, "size=4m") == 0 else {
            rmdir(folder)
            return nil
        }
    }

    static var isPossible: Bool {
        guard let disk = TinyDisk() else { return false }
        disk.remove()
        return true
    }

    /// Leaves no byte free.
    func fill() {
        let file = open(ballast, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        for size in [65_536, 4_096, 1] {
            let bytes = [UInt8](repeating: 1, count: size)
            while write(file, bytes, size) > 0 {}
        }
        close(file)
    }

    func makeRoom() { unlink(ballast) }

    func remove() {
        umount2(folder, Int32(MNT_DETACH))
        rmdir(folder)
    }
}

@Suite struct FullDiskTests {
    @Test(.enabled(if: TinyDisk.isPossible, "only root can mount a disk that is small enough to fill"))
    func `a full disk is unavailable to everyone, and what was committed before and after is there`() async throws {
        let disk = try #require(TinyDisk())
        defer { disk.remove() }
        let store = Store(
            engine: try SQLiteEngine(
                path: disk.folder + "/gateway.sqlite", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        try await store.migrate()
        try await store.commit(.insert(payment(1)))

        disk.fill()
        let large = [UInt8](repeating: 7, count: 40_000)
        let outcomes = await together(50) { index in
            await Outcome.of {
                try await store.commit(
                    .insert(payment(UInt64(index) + 100)), .putMerchant(id: .shop, document: large),
                    .transfer(transfer("t\(index)", .single, 1, from: bank)))
            }
        }
        #expect(Set(outcomes) == [.unavailable])
        try await store.expect(payment(1)) { try $0.payment(id(1)) }

        disk.makeRoom()
        try await store.commit(.insert(payment(2)), .transfer(transfer("t", .single, 1, from: bank)))
        let payments = try await store.read { reader in
            var ids: [ID<Payment>] = []
            try reader.forEachPayment { ids.append($0.id) }
            return ids
        }
        #expect(payments == [id(1), id(2)])
        #expect(try await store.balance(of: purse).posted == 1)
        #expect(try await store.transfers().count == 1)
        try await store.close()
    }
}
