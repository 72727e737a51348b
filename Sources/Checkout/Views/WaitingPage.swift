import Hummingbird
import WireKit

/// Waits while a payer pays with a phone: a QR code to scan, or a request that was sent to an app. With scripts the page
/// asks for the state and loads itself again when it changes; without, every five seconds.
public struct WaitingPage: Sendable {
    /// What is waited for.
    public enum Kind: Sendable {
        /// A picture at this address of the gateway's, and the id that is shown below it (7.4).
        case thaiQR(picture: String, id: String)
        case weChat(picture: String, id: String)
        /// A request to the app under this number (Pay PLUS).
        case phone(number: String)
        /// A PromptPay code at this address of the gateway's, of the account in this name.
        case promptPay(picture: String, payee: String)
        /// What there will be to pay with: the rail has not answered yet.
        case preparing
        /// What the payer says they have paid.
        case credit
        /// The payer's bank, which has not said yet what became of a transfer.
        case bank
    }

    let frame: Frame
    let purchase: Purchase
    let kind: Kind
    let path: String
    let statusPath: String
    /// How long there is, in whole seconds; nil shows no countdown.
    public var secondsLeft: Int?
    /// The picture as a file that a phone's gallery takes; nil where the one that is shown is.
    public var savedPicture: String?
    /// Where a form that gives up posts to; nil draws none.
    public var cancelPath: String?
    /// Where a form posts to by which the payer says that they have paid; nil draws none.
    public var paidPath: String?
    /// The way back to the shop, for payers who do not wait.
    public var back: BackToShop?

    /// - Parameters:
    ///   - path: the page's own address, which shows the result once there is one.
    ///   - statusPath: answers with `WaitingPage.status`.
    public init(frame: Frame, purchase: Purchase, kind: Kind, path: String, statusPath: String) {
        self.frame = frame
        self.purchase = purchase
        self.kind = kind
        self.path = path
        self.statusPath = statusPath
    }

    /// What the page asks for at `statusPath`: whether there is still something to wait for, and for how long.
    public static func status(isWaiting: Bool, secondsLeft: Int?) -> Response {
        var json = JSONWriter(capacity: 64)
        json.object { json in
            json.member("waiting", isWaiting)
            if let secondsLeft { json.member("seconds_left", Int64(max(0, secondsLeft))) }
        }
        var response = Response.json(json.bytes)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    public func response() -> Response {
        let words = PageWords(WaitingWords.table, frame.language)
        var values = words.values.merging(frame.values) { $1 }.merging(purchase.values) { $1 }
        switch kind {
        case .thaiQR(let picture, let id), .weChat(let picture, let id):
            var name = "thaiQR"
            if case .weChat = kind { name = "weChat" }
            values["title"] = words[name + "Title"]
            values["intro"] = words[name + "Intro"]
            values["picture"] = picture
            values["id"] = id
        case .phone(let number):
            values["title"] = words["phoneTitle"]
            values["intro"] = words.filled("phoneIntro", number)
        case .promptPay(let picture, let payee):
            values["title"] = words["promptPayTitle"]
            values["intro"] = words["promptPayIntro"]
            values["picture"] = picture
            values["payee"] = payee
        case .preparing:
            values["title"] = words["preparingTitle"]
            values["intro"] = words["preparingIntro"]
            values["waitingText"] = words["preparingWaiting"]
        case .credit:
            values["title"] = words["creditTitle"]
            values["intro"] = words["creditIntro"]
            values["waitingText"] = words["creditWaiting"]
        case .bank:
            values["title"] = words["bankTitle"]
            values["intro"] = words["bankIntro"]
            values["waitingText"] = words["bankWaiting"]
        }
        // Elsewhere the payer's own word changes nothing: the button only looks again.
        values["lookButton"] = words[kind.isLooking ? "lookButton" : "checkButton"]
        values["savedPicture"] = savedPicture ?? values["picture"]
        values["paidPath"] = paidPath
        values["back"] = back?.values
        values["path"] = path
        values["statusPath"] = statusPath
        values["hasCountdown"] = secondsLeft != nil
        values["seconds"] = secondsLeft.map { String(max(0, $0)) }
        values["timeText"] = secondsLeft.map(Self.clock)
        values["cancelPath"] = cancelPath
        return .page(
            Templates.render("waiting", values), formTargets: back == nil ? "'self'" : "*",
            ancestors: frame.ancestors, picture: purchase.picture)
    }

    /// `9:05`.
    private static func clock(_ seconds: Int) -> String {
        let (minutes, rest) = max(0, seconds).quotientAndRemainder(dividingBy: 60)
        return "\(minutes):" + (rest < 10 ? "0" : "") + "\(rest)"
    }
}

extension WaitingPage.Kind {
    fileprivate var isLooking: Bool {
        switch self {
        case .preparing, .credit, .bank: true
        case .thaiQR, .weChat, .phone, .promptPay: false
        }
    }
}
