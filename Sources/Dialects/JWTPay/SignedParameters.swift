import Payments
import WireKit

/// A request's parameters without their signature, and the signature.
struct SignedParameters {
    let parameters: JSONObject
    private let signature: String?

    init(_ request: JSONObject) {
        parameters = JSONObject(members: request.members.filter { $0.name != Self.name })
        signature = request[Self.name]?.stringValue
    }

    private static let name = "signature"

    /// The parameters sorted by name, as they are signed. Names compare as JavaScript's `sort` has them.
    var sorted: JSON {
        .object(
            JSONObject(members: parameters.members.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }))
    }

    /// What is asked for, whenever it is: the parameters sorted by name, without their timestamp.
    var content: [UInt8] {
        let lasting = parameters.members.filter { $0.name != "timestamp" }
        return SignedParameters(JSONObject(members: lasting)).sorted.encoded()
    }

    /// The signature that the parameters should have.
    func signature(with key: Secret<String>) -> String { JWT.signed(sorted.encoded(), with: key) }

    /// Whether the signature is by this key, and over these very parameters: no member more, none less, each equal.
    func areSigned(with key: Secret<String>) -> Bool {
        guard let signature, let payload = JWT.payload(of: signature, signedWith: key) else { return false }
        return JSON.object(payload).says(.object(parameters))
    }
}

extension JSON {
    /// Whether two values say the same: numbers by their value, members in any order, all else exactly.
    func says(_ other: JSON) -> Bool {
        switch (self, other) {
        case (.number(let a), .number(let b)): return a == b || ExactNumber.areEqual(a, b)
        case (.array(let a), .array(let b)): return a.count == b.count && zip(a, b).allSatisfy { $0.says($1) }
        case (.object(let a), .object(let b)):
            return a.members.count == b.members.count
                && zip(a.byName, b.byName).allSatisfy {
                    $0.name.utf8.elementsEqual($1.name.utf8) && $0.value.says($1.value)
                }
        default: return self == other
        }
    }
}

extension JSONObject {
    fileprivate var byName: [(name: String, value: JSON)] {
        members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}

/// A JSON number as its value: 1000, 1000.0 and 1e3 are one.
private struct ExactNumber: Equatable {
    private let isNegative: Bool
    /// Neither the first nor the last is a zero.
    private let digits: [UInt8]
    private let exponent: Int

    static func areEqual(_ a: String, _ b: String) -> Bool {
        guard let a = ExactNumber(a), let b = ExactNumber(b) else { return false }
        return a == b
    }

    /// - Parameter text: a JSON number. Nil where its exponent is longer than anybody needs.
    private init?(_ text: String) {
        let parts = text.lowercased().split(separator: "e", maxSplits: 1)
        guard let significand = parts.first else { return nil }
        var power = 0
        if parts.count == 2 {
            guard parts[1].utf8.count <= 6, let given = Int(parts[1]) else { return nil }
            power = given
        }
        let halves = significand.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        var digits = halves.flatMap { Array($0.utf8) }
        power -= halves.count == 2 ? halves[1].utf8.count : 0
        digits = Array(digits.drop { $0 == UInt8(ascii: "0") })
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            power += 1
        }
        self.digits = digits
        exponent = digits.isEmpty ? 0 : power
        isNegative = !digits.isEmpty && significand.hasPrefix("-")
    }
}
