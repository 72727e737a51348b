import EMVQR
import Money
import Testing

@Suite struct FaultTests {
    @Test(
        arguments: [
            ("", .missing(tag: "00")), (String(repeating: "a", count: 513), .tooLong), ("0x0201", .badTag(at: 0)),
            ("0002015", .badTag(at: 6)), ("0002", .truncated(tag: "00")), ("000", .truncated(tag: "00")),
            ("000x01", .badLength(tag: "00")), ("0000", .badLength(tag: "00")),
            ("000201000201", .duplicate(tag: "00")), ("5802TH", .missing(tag: "00")),
            ("5802TH000201", .misplaced(tag: "00")), ("000202", .malformed(tag: "00")),
            ("0002015802TH", .missing(tag: "63")), ("00020163040000", .wrongCRC),
            ("000201630400005802TH", .misplaced(tag: "63")), (Sample.mobile.lowercased(), .wrongCRC),
            (Sample.sealed("0002015902é!"), .badCharacter(tag: "59")),
            (Sample.sealed("0002015902a\n"), .badCharacter(tag: "59")),
            ("000１01", .badLength(tag: "00")),
        ] as [(String, EMVQRError)])
    func `a frame that is wrong is refused for its first fault`(text: String, error: EMVQRError) {
        #expect(throws: error) { try EMVPayload(decoding: text) }
    }

    private static let target = "29370016A00000067701011101130066812345678"

    @Test(
        arguments: [
            ("5802TH5303764", .missing(tag: "29")), ("29200016A000000677010111", .missing(tag: "29.01")),
            ("29370016A000000677010112011300668123456785802TH5303764", .malformed(tag: "29.00")),
            ("29370016A000000677010111011300658123456785802TH5303764", .malformed(tag: "29.01")),
            ("29340016A000000677010111011008123456785802TH5303764", .malformed(tag: "29.01")),
            ("29540016A0000006770101110113006681234567802131111111111111", .malformed(tag: "29")),
            ("010213" + target, .malformed(tag: "01")), (target + "5303764", .missing(tag: "58")),
            (target + "5802KH5303764", .malformed(tag: "58")), (target + "5802TH", .missing(tag: "53")),
            (target + "5802TH5303840", .malformed(tag: "53")),
            (target + "5802TH53037645401-", .malformed(tag: "54")),
        ] as [(String, EMVQRError)])
    func `a PromptPay code that is wrong is refused for its first fault`(body: String, error: EMVQRError) {
        let text = Sample.sealed("000201" + body)
        #expect(throws: error) { try PromptPayQR(decoding: text) }
    }

    @Test(arguments: ["0", "0.00", ".5", "-1", "1.001", "1e2", "1,0", "1.0.0", " 1", "99999999999.00", "."])
    func `an amount that is not one is refused`(amount: String) throws {
        let field = try TLV.write([EMVField("54", amount)])
        let text = Sample.sealed("000201" + Self.target + "5802TH5303764" + field)
        #expect(throws: EMVQRError.malformed(tag: "54")) { try PromptPayQR(decoding: text) }
    }

    @Test(arguments: [("100", 10_000), ("100.", 10_000), ("100.5", 10_050), ("0.01", 1)] as [(String, Int64)])
    func `an amount may be written with fewer decimals`(amount: String, minorUnits: Int64) throws {
        let field = try TLV.write([EMVField("54", amount)])
        let code = try PromptPayQR(decoding: Sample.sealed("000201" + Self.target + "5802TH5303764" + field))
        #expect(code.amount == Money(minorUnits: minorUnits, .THB))
    }

    private static let khqr = "000201010211" + "29130009khqr@kess"

    @Test(
        arguments: [
            ("53031165802KH5901A6001B", .missing(tag: "52")), ("5204599x53031165802KH", .malformed(tag: "52")),
            ("520459995802KH", .missing(tag: "53")), ("520459995303764", .malformed(tag: "53")),
            ("52045999530311654031.5", .malformed(tag: "54")), ("520459995303116", .missing(tag: "58")),
            ("5204599953031165802TH", .malformed(tag: "58")), ("5204599953031165802KH", .missing(tag: "59")),
            ("5204599953031165802KH5901A", .missing(tag: "60")),
            ("5204599953031165802KH5901A6016BBBBBBBBBBBBBBBB", .malformed(tag: "60")),
            ("5204599953031165802KH5901A6001B6204010x", .badLength(tag: "62.01")),
            ("5204599953031165802KH5901A6001B990500011", .malformed(tag: "99.00")),
            ("5204599953031165802KH5901A6001B64060002km", .missing(tag: "64.01")),
            ("30080004a@bc520459995303116", .malformed(tag: "30")),
        ] as [(String, EMVQRError)])
    func `a KHQR code that is wrong is refused for its first fault`(body: String, error: EMVQRError) {
        let text = Sample.sealed(Self.khqr + body)
        #expect(throws: error) { try KHQRCode(decoding: text) }
    }

    @Test func `values that no field can hold are refused before they are written`() throws {
        let account = try PromptPayAccount(.mobile, "0812345678")
        for amount in [Money(minorUnits: 100, .USD), .zero(.THB), Money(minorUnits: -1, .THB)] {
            #expect(throws: EMVQRError.malformed(tag: "54")) {
                try PromptPayQR(account: account, amount: amount, use: .once)
            }
        }
        #expect(throws: EMVQRError.malformed(tag: "30.01")) {
            try BillPaymentQR(billerID: "1", reference1: "A", amount: nil, use: .once)
        }
        #expect(throws: EMVQRError.malformed(tag: "30.02")) {
            try BillPaymentQR(billerID: "010753600031508", reference1: "", amount: nil, use: .once)
        }
        #expect(throws: EMVQRError.badLength(tag: "59")) { try TLV.write([EMVField("59", "")]) }
        #expect(throws: EMVQRError.badTag(at: 0)) { try TLV.write([EMVField("5", "a")]) }
    }
}
