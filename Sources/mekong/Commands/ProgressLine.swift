import Foundation

/// One line on standard error that says how far a file is read, at most four times a second; nothing where standard
/// error is no terminal.
final class ProgressLine {
    private let file: String
    private let isShown = isatty(STDERR_FILENO) == 1
    private var next = ContinuousClock.now
    private var width = 0

    init(_ file: String) { self.file = file }

    func show(_ lines: Int) {
        guard isShown, ContinuousClock.now >= next else { return }
        next = .now + .milliseconds(250)
        let text = "\(file): \(lines) lines"
        write("\r" + text)
        width = max(width, text.count)
    }

    func clear() {
        guard isShown, width > 0 else { return }
        write("\r" + String(repeating: " ", count: width) + "\r")
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
