import Foundation

/// Names the thread that calls it, as debuggers and `top -H` show it: up to 15 bytes. Does nothing where the system has
/// no such file.
///
/// Foundation's own way forgets a name that is given too early, and a thread cannot know when it is not.
public func nameThisThread(_ name: String) {
    let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    _ = Array(name.utf8.prefix(15)).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
}
