import EMVQR
import Money
import Testing

enum Sample {
    static let mobile = "00020101021229370016A000000677010111011300668123456785802TH53037645406100.006304BB8A"
    static let nationalID = "00020101021229370016A000000677010111021311111111111115802TH53037645406100.0063046B52"
    static let individual =
        "00020101021129490009khqr@kess01090000249240219Kess Innovation Plc5204599953038405802KH5910Bunna Roth"
        + "6010Phnom Penh62130209015703635991700131738910956926630400AA"
    static let merchant =
        "00020101021230100006KESSKH5204000053038405402105802KH5919KESS INNOVATION PLC6010Phnom Penh"
        + "6236012444816b39953515cd6262b1870304test630448F7"
    static let all = [mobile, nationalID, individual, merchant]

    /// Fields with their checksum, whatever they are.
    static func sealed(_ body: String) -> String {
        body + "6304" + CRC16.text(body + "6304")
    }
}

@Suite struct VectorTests {
    @Test func `the checksum is CRC-16 CCITT-FALSE`() {
        #expect(CRC16.checksum("123456789") == 0x29B1)
        #expect(CRC16.checksum("") == 0xFFFF)
    }

    @Test func `a mobile number becomes the known payload`() throws {
        let account = try PromptPayAccount(.mobile, "0812345678")
        let code = try PromptPayQR(account: account, amount: Money(minorUnits: 10_000, .THB), use: .once)
        #expect(code.payload == Sample.mobile)
        #expect(try PromptPayQR(decoding: code.payload) == code)
    }

    @Test func `a reference tells two codes for the same money apart, and reads back`() throws {
        let account = try PromptPayAccount(.mobile, "0812345678")
        let codes = try ["DP1640995200ABC123", "DP1640995200ABC124"].map {
            try PromptPayQR(account: account, amount: Money(minorUnits: 10_000, .THB), use: .once, reference: $0)
        }
        #expect(codes[0].payload != codes[1].payload)
        #expect(codes[0].payload.contains("62220518DP1640995200ABC1236304"))
        #expect(try PromptPayQR(decoding: codes[0].payload) == codes[0])
        for reference in ["", String(repeating: "x", count: 26), "ใบสั่ง"] {
            #expect(throws: EMVQRError.self) {
                try PromptPayQR(account: account, amount: nil, use: .once, reference: reference)
            }
        }
    }

    @Test func `a national id becomes the known payload`() throws {
        let account = try PromptPayAccount(.nationalID, "1111111111111")
        let code = try PromptPayQR(account: account, amount: Money(minorUnits: 10_000, .THB), use: .once)
        #expect(code.payload == Sample.nationalID)
    }

    @Test func `the sample of a person's KHQR is read and written back`() throws {
        let code = try KHQRCode(decoding: Sample.individual)
        #expect(code.payload == Sample.individual)
        #expect(code.content.holder == .individual(information: "000024924", bank: "Kess Innovation Plc"))
        #expect(code.content.created == 1_738_910_956_926)
        #expect(code.content.amount == nil)
    }

    @Test func `the sample of a merchant's KHQR is read and written back`() throws {
        let code = try KHQRCode(decoding: Sample.merchant)
        #expect(code.payload == Sample.merchant)
        #expect(code.content.amount == Money(minorUnits: 1000, .USD))
        #expect(code.content.additional == .init(bill: "44816b39953515cd6262b187", store: "test"))
    }

    @Test func `a bill payment carries its references and terminal`() throws {
        let code = try BillPaymentQR(
            billerID: "010753600031508", reference1: "ORDER-1", reference2: "R2", terminal: "T1",
            amount: Money(minorUnits: 1, .THB), use: .once)
        #expect(code.payload.contains("54040.01"))
        #expect(try BillPaymentQR(decoding: code.payload) == code)
    }

    @Test func `every kind of PromptPay account comes back`() throws {
        for (kind, digits) in [
            (PromptPayAccount.Kind.mobile, "0066812345678"), (.nationalID, "1111111111111"),
            (.eWallet, "123456789012345"), (.bankAccount, "0041234567890"),
        ] {
            let code = try PromptPayQR(account: PromptPayAccount(kind, digits), amount: nil, use: .reusable)
            #expect(try PromptPayQR(decoding: code.payload).account.digits == digits)
        }
    }

    @Test func `a KHQR with every field comes back, riel without decimals and names in Khmer`() throws {
        var content = KHQRCode.Content(
            account: "shop@bank", holder: .merchant(id: "M1", bank: "Bank"), currency: .KHR,
            amount: Money(minorUnits: 5_000_00, .KHR), name: "Shop", city: "Phnom Penh", use: .once)
        content.additional = .init(bill: "B", mobile: "012345678", store: "S", terminal: "T", purpose: "P")
        content.translation = .init(language: "km", name: "ហាង", city: "ភ្នំពេញ")
        content.created = 1_738_910_956_926
        content.expires = 1_738_910_957_926
        let code = try KHQRCode(content)
        #expect(code.payload.contains("54045000"))
        #expect(try KHQRCode(decoding: code.payload) == code)
    }
}
