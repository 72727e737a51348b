import Foundation
import Subprocess
import Synchronization
import SystemPackage

/// A program that a test started. What it prints goes to two files; its end is waited for with a deadline.
///
/// Not by Foundation's `Process`: it reads the list of open files past the end of its buffer, which now and then is the
/// end of the heap, and takes a program for running until the last that inherited a socket of it has ended.
public final class Child: Sendable {
    public enum Ending: Equatable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    public let id: Int32
    /// Paths of the files that hold what it printed.
    public let output: String
    public let errors: String
    private let fate: Fate

    /// Starts `command`, looked up on PATH where it is a name alone, in `folder`, with `variables` added to the environment.
    public init(
        _ command: [String], in folder: String, logs name: String, variables: [String: String] = [:]
    ) async throws {
        let (output, errors, fate) = ("\(name).out", "\(name).err", Fate())
        let added = variables.map { (Environment.Key(rawValue: $0)!, String?.some($1)) }
        let configuration = Configuration(
            executable: command[0].contains("/") ? .path(FilePath(command[0])) : .name(command[0]),
            arguments: Arguments(Array(command.dropFirst())),
            environment: .inherit.updating(Dictionary(uniqueKeysWithValues: added)),
            workingDirectory: FilePath(folder))
        let (starts, start) = AsyncThrowingStream.makeStream(of: Int32.self)
        Task {
            do {
                let result = try await Subprocess.run(
                    configuration, input: .none, output: Self.file(output), error: Self.file(errors)
                ) { execution in
                    start.yield(execution.processIdentifier.value)
                }
                fate.ending.withLock { $0 = Ending(result.terminationStatus) }
            } catch {
                start.finish(throwing: error)
            }
        }
        guard let id = try await starts.first(where: { _ in true }) else { throw CancellationError() }
        (self.id, self.output, self.errors, self.fate) = (id, output, errors, fate)
    }

    public var hasEnded: Bool { ending != nil }
    public var printed: String { (try? String(contentsOfFile: output, encoding: .utf8)) ?? "" }
    public var complained: String { (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "" }

    public func send(_ signal: Int32) {
        if !hasEnded { kill(id, signal) }
    }

    /// How it ended; throws when it is still running after `limit`.
    public func end(within limit: Duration = longEnough) async throws -> Ending {
        _ = try await eventually(within: limit, every: .milliseconds(5)) { hasEnded }
        guard let ending else { throw HarnessError("process \(id) was still running after \(limit): \(condition)") }
        return ending
    }

    /// How it ended, nil while it runs.
    private var ending: Ending? { fate.ending.withLock(\.self) }

    /// What the kernel says of a process that should have ended.
    private var condition: String {
        let status = (try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)) ?? "State: gone"
        return status.split(separator: "\n").first { $0.hasPrefix("State") }.map(String.init) ?? status
    }

    private static func file(_ path: String) throws -> FileDescriptorOutput {
        let handle = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: [.ownerReadWrite])
        return .fileDescriptor(handle, closeAfterSpawningProcess: true)
    }
}

/// What becomes of a child.
private final class Fate: Sendable {
    let ending = Mutex<Child.Ending?>(nil)
}

extension Child.Ending {
    fileprivate init(_ status: TerminationStatus) {
        switch status {
        case .exited(let code): self = .exited(code)
        case .signaled(let signal): self = .killed(signal: signal)
        }
    }
}

/// What a program that ran to its end left behind.
public struct Outcome: Sendable {
    public let ending: Child.Ending
    public let output: String
    public let errors: String

    public var text: String { output + errors }
}

/// Runs a program to its end in a folder of its own.
public func run(_ command: [String], within limit: Duration = longEnough) async throws -> Outcome {
    try await withFolder { folder in
        let child = try await Child(command, in: folder, logs: "\(folder)/command")
        defer { child.send(SIGKILL) }
        let ending = try await child.end(within: limit)
        return Outcome(ending: ending, output: child.printed, errors: child.complained)
    }
}

/// Makes an empty folder, hands over its path and removes it.
public func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = NSTemporaryDirectory() + "mekong-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}
