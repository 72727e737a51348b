import Money

/// How a wire API words what is wrong with a member of a request.
public protocol FieldRefusal: Error {
    /// The request is no object at all.
    static var badRequest: Self { get }
    /// A mandatory member is missing or empty.
    static func mandatoryIsEmpty(_ field: String) -> Self
    /// A member is not what is expected; `why` says in words what is.
    static func invalidParameter(_ field: String, _ why: String) -> Self
}

/// Reads the members of a request, with its document's types and lengths. Whatever is wrong is thrown in that
/// document's words.
public struct Fields<Refusal: FieldRefusal>: Sendable {
    private let object: JSONObject
    private let path: String

    public init(_ json: JSON) throws(Refusal) {
        guard let object = json.objectValue else { throw .badRequest }
        self.init(object, path: "")
    }

    public init(_ object: JSONObject, path: String = "") {
        self.object = object
        self.path = path
    }

    /// Whether the member is there and holds anything.
    public func has(_ name: String) -> Bool {
        switch object[name] {
        case nil, .null: false
        case .string(let text): !text.allSatisfy(\.isWhitespace)
        default: true
        }
    }

    /// Fails on the first of these members that is missing or empty.
    public func require(_ names: String...) throws(Refusal) {
        for name in names where !has(name) { throw .mandatoryIsEmpty(path + name) }
    }

    /// Whether a member says a word, whatever the case.
    public func says(_ name: String, _ word: String) -> Bool { object[name]?.stringValue?.lowercased() == word }

    /// Fails where an object lacks this member. What is no object is left to whoever reads it.
    public func require(_ member: String, in name: String) throws(Refusal) {
        if object[name]?.objectValue == nil, has(name) { return }
        let nested = Fields(object[name]?.objectValue ?? JSONObject(members: []), path: path + name + ".")
        try nested.require(member)
    }

    /// Text of at most `length` characters; nil where the member is missing, null or empty.
    public func text(_ name: String, _ length: Int) throws(Refusal) -> String? {
        switch object[name] {
        case nil, .null: return nil
        case .string(let text):
            if text.isEmpty { return nil }
            guard text.unicodeScalars.count <= length else {
                throw .invalidParameter(path + name, "longer than \(length) characters")
            }
            // Neither database can be trusted with NUL in text.
            guard !text.utf8.contains(0) else { throw .invalidParameter(path + name, "holds a NUL character") }
            return text
        case .some(let other): throw .invalidParameter(path + name, "a string is expected, not \(other.kindName)")
        }
    }

    /// A code, given as text or as a whole number.
    public func code(_ name: String, _ length: Int) throws(Refusal) -> String? {
        guard case .number(let digits) = object[name] else { return try text(name, length) }
        guard digits.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
            throw .invalidParameter(path + name, "a whole number is expected")
        }
        guard digits.utf8.count <= length else {
            throw .invalidParameter(path + name, "longer than \(length) characters")
        }
        return digits
    }

    /// A whole number of at most `length` digits, given as such or as text.
    public func wholeNumber(_ name: String, _ length: Int) throws(Refusal) -> Int? {
        switch object[name] {
        case nil, .null, .number, .string: break
        case .some(let other):
            throw .invalidParameter(path + name, "a whole number is expected, not \(other.kindName)")
        }
        guard let text = try code(name, length) else { return nil }
        guard let number = Int(text), text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
            throw .invalidParameter(path + name, "a whole number is expected")
        }
        return number
    }

    /// Text that must be there.
    public func requiredText(_ name: String, _ length: Int) throws(Refusal) -> String {
        try require(name)
        guard let text = try text(name, length) else { throw .mandatoryIsEmpty(path + name) }
        return text
    }

    /// An address of the web, of at most `length` characters; nil where the member is missing, null or empty.
    public func webAddress(_ name: String, _ length: Int) throws(Refusal) -> String? {
        guard let text = try text(name, length) else { return nil }
        guard isWebAddress(text) else { throw .invalidParameter(path + name, "an http or https URL is expected") }
        return text
    }

    /// The same for one that the gateway calls: no user's name or password stands in it.
    public func callableAddress(_ name: String, _ length: Int) throws(Refusal) -> String? {
        guard let text = try webAddress(name, length) else { return nil }
        guard isCallableAddress(text) else {
            throw .invalidParameter(path + name, "a URL without a user's name and password is expected")
        }
        return text
    }

    /// One of a few words, compared without regard to case.
    public func word(_ name: String, _ words: [String]) throws(Refusal) -> String? {
        guard let text = try text(name, 50) else { return nil }
        guard let word = words.first(where: { $0.lowercased() == text.lowercased() }) else {
            throw .invalidParameter(path + name, "one of \(words.joined(separator: ", ")) is expected")
        }
        return word
    }

    /// A boolean, or its name as a string: the document's samples show both.
    public func flag(_ name: String) throws(Refusal) -> Bool? {
        switch object[name] {
        case nil, .null, .string(""): nil
        case .bool(let value): value
        case .string("true"): true
        case .string("false"): false
        default: throw .invalidParameter(path + name, "true or false is expected")
        }
    }

    /// The digits of a Decimal (12,2), given as a number or as a string.
    public func decimal(_ name: String) throws(Refusal) -> String {
        let text: String
        switch object[name] {
        case .number(let digits): text = digits
        case .string(let digits): text = digits
        case nil, .null: throw .mandatoryIsEmpty(path + name)
        case .some(let other): throw .invalidParameter(path + name, "a number is expected, not \(other.kindName)")
        }
        do {
            // Any currency of two decimals serves to look at the digits alone.
            let plain = try Money(parsing: text, in: .THB)
            guard plain.minorUnits.magnitude < 1_000_000_000_000 else {
                throw Refusal.invalidParameter(path + name, "more than ten digits before the point")
            }
            return text
        } catch let error as Refusal {
            throw error
        } catch MoneyError.tooManyDecimals {
            throw .invalidParameter(path + name, "more than two decimals")
        } catch MoneyError.outOfRange {
            throw .invalidParameter(path + name, "more than ten digits before the point")
        } catch {
            throw .invalidParameter(path + name, "a number is expected")
        }
    }

    /// A whole number from 0, given as a number or as a string; nil where the member is missing, null or empty.
    public func integer(_ name: String) throws(Refusal) -> Int? {
        let digits: String
        switch object[name] {
        case nil, .null, .string(""): return nil
        case .number(let text), .string(let text): digits = text
        case .some(let other): throw .invalidParameter(path + name, "a number is expected, not \(other.kindName)")
        }
        guard digits.utf8.count <= 9, digits.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int(digits) else {
            throw .invalidParameter(path + name, "a whole number is expected")
        }
        return value
    }

    /// A list of objects; nil where the member is missing or null.
    public func list(_ name: String) throws(Refusal) -> [Fields]? {
        switch object[name] {
        case nil, .null: return nil
        case .array(let elements):
            var list: [Fields] = []
            for (index, element) in elements.enumerated() {
                let place = "\(path)\(name)[\(index)]"
                guard let object = element.objectValue else { throw .invalidParameter(place, "an object is expected") }
                list.append(Fields(object, path: place + "."))
            }
            return list
        case .some(let other):
            throw .invalidParameter(path + name, "a list is expected, not \(other.kindName)")
        }
    }

    /// The member as it came.
    public func raw(_ name: String) -> JSON? { object[name] }

    /// A nested object; nil where the member is missing or null.
    public func nested(_ name: String) throws(Refusal) -> Fields? {
        switch object[name] {
        case nil, .null: nil
        case .object(let object): Fields(object, path: path + name + ".")
        case .some(let other):
            throw .invalidParameter(path + name, "an object is expected, not \(other.kindName)")
        }
    }
}
