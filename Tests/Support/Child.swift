import Foundation
import Synchronization

/// A program that a test started. What it prints goes to two files; its end is waited for with a deadline.
public final class Child: Sendable {
    public enum Ending: Equatable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    /// Paths of the files that hold what it printed.
    public let output: String
    public let errors: String
    private let process = Process()
    private let known = Mutex<Ending?>(nil)

    /// Starts `command`, looked up on PATH, in `folder`, with `variables` added to the environment.
    public init(_ command: [String], in folder: String, logs name: String, variables: [String: String] = [:]) throws {
        output = "\(name).out"
        errors = "\(name).err"
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.writer(output)
        process.standardError = try Self.writer(errors)
        process.terminationHandler = { [weak self] process in
            let status = process.terminationStatus
            let ending: Ending = process.terminationReason == .exit ? .exited(status) : .killed(signal: status)
            self?.known.withLock { $0 = ending }
        }
        try Self.withNoSignalBlocked { try process.run() }
    }

    public var id: Int32 { process.processIdentifier }
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

    /// How it ended, nil while it runs. The kernel is asked, because Foundation takes a process for running until the last
    /// that inherited a socket of it has ended: a child that it left behind, or one that was started at the same moment.
    private var ending: Ending? {
        if let ending = known.withLock({ $0 }) { return ending }
        var seen = siginfo_t()
        // What is waited for stays there: reaping it is Foundation's.
        guard waitid(P_PID, id_t(id), &seen, WEXITED | WNOHANG | WNOWAIT) == 0, seen.si_signo == SIGCHLD else {
            return nil
        }
        let status = seen._sifields._sigchld.si_status
        let ending: Ending = seen.si_code == CLD_EXITED ? .exited(status) : .killed(signal: status)
        // Foundation may reap it now and tell of it later: in between nobody else would know.
        known.withLock { $0 = ending }
        return ending
    }

    /// What the kernel says of a process that should have ended.
    private var condition: String {
        let status = (try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)) ?? "State: gone"
        return status.split(separator: "\n").first { $0.hasPrefix("State") }.map(String.init) ?? status
    }

    /// A child begins with its parent's signal mask, and the threads on which Swift runs tasks block most signals: a
    /// program started from one would never get its SIGTERM.
    private static func withNoSignalBlocked(_ body: () throws -> Void) rethrows {
        var (none, before) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    private static func writer(_ path: String) throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
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
        let child = try Child(command, in: folder, logs: "\(folder)/command")
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
