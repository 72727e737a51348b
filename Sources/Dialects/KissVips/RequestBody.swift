import NIOCore
import WireKit

/// What a request says: a JSON object, or a form whose fields are text.
struct RequestBody: Sendable {
    let fields: Fields
    private let object: JSONObject

    /// Throws `.badRequest` for what is neither, and for a member that comes twice.
    init(_ bytes: ByteBuffer, type: String?) throws(KissVipsError) {
        object = Self.isForm(bytes, type) ? try Self.form(bytes) : try Self.json(bytes)
        fields = Fields(object)
    }

    /// The request without what is fresh each time: what makes two requests with one idempotency key the same.
    var content: [UInt8] {
        let fresh = ["merchant_code", "time", "signature"]
        return JSON.object(JSONObject(members: object.members.filter { !fresh.contains($0.name) })).encoded()
    }

    /// By its type, and where that says neither by its first byte.
    private static func isForm(_ bytes: ByteBuffer, _ type: String?) -> Bool {
        let type = type?.lowercased() ?? ""
        if type.hasPrefix("application/x-www-form-urlencoded") { return true }
        if type.contains("json") { return false }
        return bytes.readableBytesView.first { ![9, 10, 13, 32].contains($0) } != UInt8(ascii: "{")
    }

    private static func json(_ bytes: ByteBuffer) throws(KissVipsError) -> JSONObject {
        guard let object = (try? JSON.parse(bytes))?.objectValue else { throw .badRequest }
        return object
    }

    /// `name[]`, as PHP writes the elements of a list, may come several times; any other name once.
    private static func form(_ bytes: ByteBuffer) throws(KissVipsError) -> JSONObject {
        guard let fields = try? FormBody.parse(bytes.allBytes) else { throw .badRequest }
        var members: [(name: String, value: JSON)] = []
        for field in fields {
            let isElement = field.name.hasSuffix("[]")
            let name = isElement ? String(field.name.dropLast(2)) : field.name
            let known = members.firstIndex { $0.name == name }
            switch (isElement, known.map { members[$0].value }) {
            case (false, nil): members.append((name, .string(field.value)))
            case (true, nil): members.append((name, .array([.string(field.value)])))
            case (true, .array(let elements)):
                if let known { members[known].value = .array(elements + [.string(field.value)]) }
            default: throw .badRequest
            }
        }
        return JSONObject(members: members)
    }
}
