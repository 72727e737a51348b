import WireKit

/// What this dialect keeps beside an order, as the merchant gave it.
struct OrderEcho {
    var description: String
    var referenceOrder: String
    var ref1: String?
    var ref2: String?
    var ref3: String?
    var info1: String?
    var info2: String?
    var info3: String?
    var image: String?
    var customer: String?
    /// A list of objects.
    var metadata: JSON?
    var additional: Additional?

    /// `additional_data`: by which merchant id and on which terms an order is to be paid.
    struct Additional: Equatable {
        var mid: String?
        var tid: String?
        var smartPay: String?
        var term: Int?
        var campaign: String?
        /// Whom Pay PLUS tells: the payer's phone number. No part of the document.
        var phone: String?
    }

    var bytes: [UInt8] {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("d", description)
            json.member("o", referenceOrder)
            if let ref1 { json.member("1", ref1) }
            if let ref2 { json.member("2", ref2) }
            if let ref3 { json.member("3", ref3) }
            if let info1 { json.member("i1", info1) }
            if let info2 { json.member("i2", info2) }
            if let info3 { json.member("i3", info3) }
            if let image { json.member("i", image) }
            if let customer { json.member("c", customer) }
            if let metadata { json.member("m", json: metadata) }
            if let additional { json.memberObject("a") { Self.write(additional, &$0) } }
        }
        return json.bytes
    }

    private static func write(_ additional: Additional, _ json: inout JSONWriter) {
        if let mid = additional.mid { json.member("m", mid) }
        if let tid = additional.tid { json.member("t", tid) }
        if let smartPay = additional.smartPay { json.member("s", smartPay) }
        if let term = additional.term { json.member("n", term) }
        if let campaign = additional.campaign { json.member("c", campaign) }
        if let phone = additional.phone { json.member("p", phone) }
    }

    init(description: String, referenceOrder: String) {
        self.description = description
        self.referenceOrder = referenceOrder
    }

    init(_ bytes: [UInt8]) {
        let object = (try? JSON.parse(bytes))?.objectValue
        func text(_ name: String) -> String? { object?[name]?.stringValue }
        self.init(description: text("d") ?? "", referenceOrder: text("o") ?? "")
        (ref1, ref2, ref3) = (text("1"), text("2"), text("3"))
        (info1, info2, info3) = (text("i1"), text("i2"), text("i3"))
        image = text("i")
        customer = text("c")
        metadata = object?["m"]
        guard let inner = object?["a"]?.objectValue else { return }
        additional = Additional(
            mid: inner["m"]?.stringValue, tid: inner["t"]?.stringValue, smartPay: inner["s"]?.stringValue,
            term: inner["n"]?.numberText.flatMap { Int($0) }, campaign: inner["c"]?.stringValue,
            phone: inner["p"]?.stringValue)
    }
}
