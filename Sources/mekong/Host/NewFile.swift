import Foundation

/// Makes a file whole or not at all.
enum NewFile {
    /// Puts `contents` at `path`, for its owner alone, on the disk before it can be seen there. A file that is there
    /// already stays as it is. Throws `DataFolder.Fault`.
    static func make(_ path: String, _ contents: Data) throws {
        let draft = "\(path).\(getpid())-\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: draft, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: draft)
        else { throw DataFolder.Fault(description: "cannot write \(draft)") }
        defer { unlink(draft) }
        try handle.write(contentsOf: contents)
        try handle.synchronize()
        try handle.close()
        guard link(draft, path) == 0 || errno == EEXIST else {
            throw DataFolder.Fault(description: "cannot make \(path): \(String(cString: strerror(errno)))")
        }
        try synchronizeFolder(of: path)
    }

    /// A new name is on the disk when its folder is.
    private static func synchronizeFolder(of path: String) throws {
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw DataFolder.Fault(description: "cannot open the folder of \(path)") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw DataFolder.Fault(description: "cannot sync the folder of \(path)") }
    }
}
