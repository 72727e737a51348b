import WireKit

/// What this dialect keeps beside a payment and gives back as it came. The core never looks inside.
struct Echo: Equatable {
    var description: String
    var referenceOrder: String
    var ref1: String?
    var ref2: String?
    var ref3: String?
    /// Whether the payer comes back to an app's webview.
    var isMobile = false
    /// What was bought, where an order said so: a list of objects.
    var metadata: JSON?

    /// As bytes, and back. Short names: there is one for every payment.
    var bytes: [UInt8] {
        var json = JSONWriter(capacity: 192)
        json.object { json in
            json.member("d", description)
            json.member("o", referenceOrder)
            if let ref1 { json.member("1", ref1) }
            if let ref2 { json.member("2", ref2) }
            if let ref3 { json.member("3", ref3) }
            if isMobile { json.member("m", true) }
            if let metadata { json.member("x", json: metadata) }
        }
        return json.bytes
    }

    init(
        description: String, referenceOrder: String, ref1: String? = nil, ref2: String? = nil, ref3: String? = nil,
        isMobile: Bool = false
    ) {
        self.description = description
        self.referenceOrder = referenceOrder
        self.ref1 = ref1
        self.ref2 = ref2
        self.ref3 = ref3
        self.isMobile = isMobile
    }

    init(_ bytes: [UInt8]) {
        let object = (try? JSON.parse(bytes))?.objectValue
        self.init(
            description: object?["d"]?.stringValue ?? "", referenceOrder: object?["o"]?.stringValue ?? "",
            ref1: object?["1"]?.stringValue, ref2: object?["2"]?.stringValue, ref3: object?["3"]?.stringValue,
            isMobile: object?["m"]?.boolValue ?? false)
        metadata = object?["x"]
    }
}

/// What a payer brings back to the merchant from a challenge (document section 4.1.1.4, step 18).
struct ReturnValue {
    let token: String
    let saveCard: Bool

    var bytes: [UInt8] { Array((saveCard ? "1" : "0").utf8) + Array(token.utf8) }

    init(token: String, saveCard: Bool) {
        self.token = token
        self.saveCard = saveCard
    }

    init(_ bytes: [UInt8]) {
        saveCard = bytes.first == UInt8(ascii: "1")
        token = String(decoding: bytes.dropFirst(), as: UTF8.self)
    }
}
