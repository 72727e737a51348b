import Crypto
import Foundation
import Gateway
import Testing
import WireKit

@testable import mekong

/// Each test has a folder of its own, deleted when it ends.
@Suite final class DataFolderTests {
    private let scratch = FileManager.default.temporaryDirectory.path + "/mekong-test-\(UUID().uuidString)"
    private var path: String { scratch + "/data" }

    init() throws {
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: scratch)
    }

    private struct FixedEntropy: Entropy {
        let byte: UInt8
        func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: byte, count: count) }
    }

    private func permissions(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber).intValue
    }

    private func bytes(_ key: SymmetricKey) -> [UInt8] { key.withUnsafeBytes { Array($0) } }

    @Test func `a missing folder is made, with those above it, for its owner alone`() throws {
        let folder = try DataFolder(preparing: path + "/deep/down")
        #expect(folder.path == path + "/deep/down")
        #expect(try permissions(folder.path) == 0o700)
        #expect(folder.gatewayDatabase == folder.path + "/gateway.sqlite")
        #expect(folder.banksDatabase == folder.path + "/banks.sqlite")
    }

    @Test func `a folder that is there is used as it is`() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Data("kept".utf8).write(to: URL(filePath: path + "/other"))
        _ = try DataFolder(preparing: path)
        #expect(FileManager.default.contents(atPath: path + "/other") == Data("kept".utf8))
    }

    @Test func `a file where the folder should be is refused`() throws {
        try Data("a file".utf8).write(to: URL(filePath: path))
        #expect(throws: (any Error).self) { try DataFolder(preparing: path) }
        #expect(throws: (any Error).self) { try DataFolder(preparing: path + "/below") }
    }

    @Test func `the master key is made once and kept, for its owner alone`() throws {
        let folder = try DataFolder(preparing: path)
        let first = try folder.sandboxMasterKey(FixedEntropy(byte: 1))
        #expect(bytes(first) == [UInt8](repeating: 1, count: 32))
        #expect(try permissions(path + "/master.key") == 0o600)
        #expect(bytes(try folder.sandboxMasterKey(FixedEntropy(byte: 2))) == bytes(first))
        #expect(bytes(try DataFolder(preparing: path).sandboxMasterKey(FixedEntropy(byte: 3))) == bytes(first))
    }

    @Test func `the master key is as random as its source`() throws {
        let folder = try DataFolder(preparing: path)
        let other = try DataFolder(preparing: path + "-other")
        #expect(
            bytes(try folder.sandboxMasterKey(SystemEntropy())) != bytes(try other.sandboxMasterKey(SystemEntropy())))
    }

    @Test(arguments: [
        Data(), Data("\n".utf8), Data("not hex".utf8), Data(repeating: UInt8(ascii: "a"), count: 62),
        Data(repeating: UInt8(ascii: "a"), count: 66), Data([0xFF, 0xFE, 0x00, 0x80]),
    ])
    func `a key file that holds no key is refused and left alone`(contents: Data) throws {
        let folder = try DataFolder(preparing: path)
        try contents.write(to: URL(filePath: path + "/master.key"))
        #expect(throws: DataFolder.Fault.self) { try folder.sandboxMasterKey(FixedEntropy(byte: 1)) }
        #expect(FileManager.default.contents(atPath: path + "/master.key") == contents)
    }

    @Test func `a folder in the key's place is refused`() throws {
        let folder = try DataFolder(preparing: path)
        try FileManager.default.createDirectory(atPath: path + "/master.key", withIntermediateDirectories: true)
        #expect(throws: DataFolder.Fault.self) { try folder.sandboxMasterKey(FixedEntropy(byte: 1)) }
    }

    @Test func `memory is a private folder that goes`() throws {
        let folder = try DataFolder(preparing: ":memory:")
        let other = try DataFolder(preparing: ":memory:")
        defer { other.removeIfTemporary() }
        #expect(folder.path != other.path)
        #expect(try permissions(folder.path) == 0o700)
        _ = try folder.sandboxMasterKey(FixedEntropy(byte: 1))
        folder.removeIfTemporary()
        #expect(!FileManager.default.fileExists(atPath: folder.path))
        #expect(FileManager.default.fileExists(atPath: other.path))
        folder.removeIfTemporary()
    }

    @Test func `a folder that someone named stays`() throws {
        let folder = try DataFolder(preparing: path)
        folder.removeIfTemporary()
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func `data that must be there and is not is refused, and nothing is made`() throws {
        #expect(throws: DataFolder.Fault.self) { try DataFolder(existing: path) }
        #expect(!FileManager.default.fileExists(atPath: path))
        _ = try DataFolder(preparing: path)
        let fault = #expect(throws: DataFolder.Fault.self) { try DataFolder(existing: path) }
        #expect(fault?.description == "\(path) holds no gateway's data")
        try Data().write(to: URL(filePath: path + "/gateway.sqlite"))
        #expect(try DataFolder(existing: path).path == path)
    }
}
