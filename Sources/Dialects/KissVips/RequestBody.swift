import NIOCore
import WireKit

/// What a request says: a JSON object, or a form whose fields are text.
struct RequestBody: Sendable {
    let fields: Fields
    private let object: JSONObject

    /// Throws `.badRequest` for what is neither, and for a member that comes twice.
    init(_ bytes: ByteBuffer, type: String?) throws(KissVipsError) {
        object = try Self.isForm(bytes, type) ? try Self.form(bytes) : try Self.json(bytes)
        fields = Fields(object)
    }

    /// The request without what is fresh each time: what makes two requests with one idempotency key the same.
    var content: [UInt8] {
        let fresh = ["merchant_code", "time", "signature"]
        return JSON.object(JSONObject(members: object.members.filter { !fresh.contains($0.name) })).encoded()
    }

    /// By its type. Where that says neither, an object is JSON; anything else is a form if it has no type at all.
    private static func isForm(_ bytes: ByteBuffer, _ type: String?) throws(KissVipsError) -> Bool {
        let type = type?.lowercased() ?? ""
        if type.hasPrefix("application/x-www-form-urlencoded") { return true }
        if type.contains("json") { return false }
        if bytes.readableBytesView.first(where: { ![9, 10, 13, 32].contains($0) }) == UInt8(ascii: "{") {
            return false
        }
        guard type.isEmpty else { throw .badRequest }
        return true
    }

    private static func json(_ bytes: ByteBuffer) throws(KissVipsError) -> JSONObject {
        guard let object = (try? JSON.parse(bytes))?.objectValue else { throw .badRequest }
        return object
    }

    private static func form(_ bytes: ByteBuffer) throws(KissVipsError) -> JSONObject {
        guard let fields = try? FormBody.parse(bytes.allBytes) else { throw .badRequest }
        var members = FormMembers()
        for field in fields { try members.add(field.name, field.value) }
        return members.object
    }
}
