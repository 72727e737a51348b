import Foundation

/// Small files that settings name.
enum TextFile {
    /// More than any setting's file holds, in bytes.
    private static let limit = 1 << 20

    /// A file's text. Throws `SettingFault`, in the name of `setting`, where it cannot be read or is no text.
    static func read(_ path: String, for setting: String, from origin: String? = nil) throws(SettingFault) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw SettingFault(
                setting, from: origin, "the file \(path) does not exist; write the path of one that does")
        }
        guard !isFolder.boolValue else {
            throw SettingFault(setting, from: origin, "\(path) is a folder; write the path of a file")
        }
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: limit + 1) ?? Data()
        else {
            throw SettingFault(
                setting, from: origin, "the file \(path) cannot be read; let the user that runs mekong read it")
        }
        guard data.count <= limit, let text = String(data: data, encoding: .utf8), !text.utf8.contains(0) else {
            throw SettingFault(setting, from: origin, "the file \(path) is no text; write the path of another")
        }
        return text
    }
}
