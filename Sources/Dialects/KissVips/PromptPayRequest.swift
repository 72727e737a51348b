import Money
import WireKit

/// What `create_prompt_pay_deposit` and `create_prompt_pay_qrcode` are asked for.
struct PromptPayRequest {
    let amount: Money
    let accounts: AccountList
    let echo: PromptPayEcho

    /// - Parameter isHosted: whether our page shows the code, and then sends the payer back.
    init(_ fields: Fields, isHosted: Bool) throws(KissVipsError) {
        try fields.require("amount")
        if isHosted { try fields.require("postback_url") }
        try fields.require("callback_url", "ref")
        accounts = try AccountList(fields)
        let postback = isHosted ? try fields.requiredWebAddress("postback_url") : nil
        let callback = try fields.requiredCallableAddress("callback_url")
        let ref = try fields.requiredText("ref", 128)
        amount = try fields.wholeBaht("amount")
        echo = PromptPayEcho(ref: ref, accounts: accounts.text, callbackURL: callback, postbackURL: postback)
    }
}

/// `account_no_list`: the accounts that a payer may use, as text and one by one.
struct AccountList: Equatable {
    /// As it was sent; a list that came as JSON itself as the samples print it. Nil where there was none.
    let text: String?
    /// Digits, or a masked tail such as `X434783`.
    let numbers: [String]

    /// The most characters of the list as text.
    static let maximumLength = 512

    init(_ fields: Fields) throws(KissVipsError) {
        let name = "account_no_list"
        let text: String
        switch fields.raw(name) {
        case nil, .null, .string(""):
            self.text = nil
            numbers = []
            return
        case .string(let list): text = list
        case .array(let elements): text = try Self.text(of: elements)
        case .some(let other): throw .invalidParameter(name, "a list is expected, not \(other.kindName)")
        }
        guard text.unicodeScalars.count <= Self.maximumLength else {
            throw .invalidParameter(name, "longer than \(Self.maximumLength) characters")
        }
        guard let numbers = Self.numbers(in: text) else {
            throw .invalidParameter(name, "a list of account numbers in [ ] is expected")
        }
        self.text = text
        self.numbers = numbers
    }

    private static func text(of elements: [JSON]) throws(KissVipsError) -> String {
        var parts: [String] = []
        for element in elements {
            switch element {
            case .number(let digits): parts.append(digits)
            case .string(let text): parts.append("\"\(text)\"")
            default: throw .invalidParameter("account_no_list", "account numbers are expected in the list")
            }
        }
        return "[" + parts.joined(separator: ", ") + "]"
    }

    /// Numbers between brackets and commas, quoted or not. The document's own example has one that begins with 0, which
    /// JSON would not allow.
    private static func numbers(in text: String) -> [String]? {
        let trimmed = trim(text[...])
        guard trimmed.hasPrefix("["), trimmed.hasSuffix("]"), trimmed.utf8.count >= 2 else { return nil }
        let inside = trim(trimmed.dropFirst().dropLast())
        if inside.isEmpty { return [] }
        var numbers: [String] = []
        for part in inside.split(separator: ",", omittingEmptySubsequences: false) {
            var number = trim(part)
            if number.utf8.count >= 2, number.first == number.last, number.first == "\"" || number.first == "'" {
                number = number.dropFirst().dropLast()
            }
            guard isAccount(number) else { return nil }
            numbers.append(String(number))
        }
        return numbers
    }

    private static func trim(_ text: Substring) -> Substring {
        let isSpace = { (character: Character) in character.isWhitespace }
        let tail = text.drop(while: isSpace)
        return tail[..<(tail.lastIndex { !isSpace($0) }.map(tail.index(after:)) ?? tail.startIndex)]
    }

    /// The most digits and marks of one number; banks' have at most 15.
    private static let mostPlaces = 20

    private static func isAccount(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (48...57).contains($0) || "xX*-".utf8.contains($0) }
            && text.utf8.contains { (48...57).contains($0) }
            && text.utf8.count { $0 != UInt8(ascii: "-") } <= mostPlaces
    }
}

/// What is kept beside a PromptPay deposit, to be shown again.
struct PromptPayEcho: Equatable {
    var ref: String
    var accounts: String?
    var callbackURL: String
    /// Where our page sends the payer; nil where the merchant shows the code.
    var postbackURL: String?

    var bytes: [UInt8] {
        var json = JSONWriter(capacity: 192)
        json.object { json in
            json.member("r", ref)
            json.member("c", callbackURL)
            if let accounts { json.member("a", accounts) }
            if let postbackURL { json.member("p", postbackURL) }
        }
        return json.bytes
    }

    init(ref: String, accounts: String?, callbackURL: String, postbackURL: String?) {
        self.ref = ref
        self.accounts = accounts
        self.callbackURL = callbackURL
        self.postbackURL = postbackURL
    }

    init(_ bytes: [UInt8]) {
        let object = (try? JSON.parse(bytes))?.objectValue
        self.init(
            ref: object?["r"]?.stringValue ?? "", accounts: object?["a"]?.stringValue,
            callbackURL: object?["c"]?.stringValue ?? "", postbackURL: object?["p"]?.stringValue)
    }
}
