/// Where a page stands, and in which language it speaks.
public struct Frame: Sendable {
    /// How a payer has come to the page.
    public enum Place: Sendable, Equatable {
        /// It has the window for itself.
        case window
        /// It lies over the page of a shop, whose origin is given.
        case overlay(origin: String)
        /// It stands within the page of a shop, whose origin is given and who draws the button.
        case inline(origin: String)
    }

    public let language: Language
    public let place: Place
    /// Whether the page says that no money moves.
    public let isTest: Bool

    public init(language: Language, place: Place = .window, isTest: Bool = false) {
        self.language = language
        self.place = place
        self.isTest = isTest
    }

    /// The origin of the page around this one: the only one that is told anything.
    public var origin: String? {
        switch place {
        case .window: nil
        case .overlay(let origin), .inline(let origin): origin
        }
    }

    /// Whether this page draws no button of its own.
    var isInline: Bool { if case .inline = place { true } else { false } }

    /// Any shop may frame what is made to be framed; whoever frames it is told nothing but at its own origin.
    var ancestors: String { place == .window ? "'none'" : "https: http:" }

    var values: [String: Any] {
        var values: [String: Any] = ["language": language.rawValue, "isTest": isTest]
        switch place {
        case .window: values["placeName"] = "window"
        case .overlay: values["placeName"] = "overlay"
        case .inline: values["placeName"] = "inline"
        }
        if let origin {
            values["origin"] = origin
            values["isFramed"] = true
            values["isOverlay"] = !isInline
        }
        return values
    }
}
