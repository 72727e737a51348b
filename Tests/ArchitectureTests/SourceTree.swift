import Foundation

/// Every Swift file under `Sources/`, and the part that it belongs to.
enum SourceTree {
    struct File {
        /// The target: a folder under `Sources/`, or under `Sources/Dialects/`.
        let part: String
        let isDialect: Bool
        /// Relative to the repository.
        let path: String
        let lines: [String]

        /// The lines without their comments. What stands in strings stays.
        var code: [String] {
            lines.map { line in
                if line.trimmingCharacters(in: .whitespaces).hasPrefix("//") { return "" }
                return line.range(of: " // ").map { String(line[..<$0.lowerBound]) } ?? line
            }
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let files: [File] = {
        let sources = root.appending(path: "Sources").path
        let paths = FileManager.default.enumerator(atPath: sources)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
            guard let text = try? String(contentsOfFile: sources + "/" + path, encoding: .utf8) else { return nil }
            let folders = path.split(separator: "/").dropLast().map(String.init)
            let isDialect = folders.first == "Dialects"
            return File(
                part: (isDialect ? folders.dropFirst().first : folders.first) ?? "", isDialect: isDialect,
                path: "Sources/" + path, lines: text.components(separatedBy: .newlines))
        }
    }()

    static let dialects = Set(files.filter(\.isDialect).map(\.part))
    static let parts = Set(files.map(\.part))
}
