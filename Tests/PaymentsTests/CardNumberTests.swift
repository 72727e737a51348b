import Payments
import Testing

@Suite struct CardNumberTests {
    @Test(arguments: [
        ("4417706600005830", "441770*****5830"), ("4417 7066 0000 5830", "441770*****5830"),
        ("4417-7066-0000-5830", "441770*****5830"), ("4222222222222", "422222*****2222"),
        ("6210947764000027123", "621094*****7123"),
    ])
    func `a number shows its first six and last four, whatever its length`(text: String, masked: String) throws {
        #expect(try #require(CardNumber(text)).masked == masked)
    }

    @Test(arguments: [
        "", " ", "-", "4", "441770660000", "44177066000058301234", "4417706600005830a", "4417.7066.0000.5830",
        "4417_7066_0000_5830", "٤٤١٧٧٠٦٦٠٠٠٠٥٨٣٠", "４４１７７０６６００００５８３０", "4417706600005830\n", "+4417706600005830",
        "4417706600005830\u{0}",
    ])
    func `what is no number of 13 to 19 digits is refused`(text: String) {
        #expect(CardNumber(text)?.masked == nil)
    }

    static let brands: [(String, CardBrand)] = [
        ("4417706600005830", .visa), ("4222222222222", .visa), ("2221000604647064", .mastercard),
        ("2720990000000000", .mastercard), ("5105105105105100", .mastercard), ("5599990000000000", .mastercard),
        ("3528000000000000", .jcb), ("3589990000000000", .jcb), ("6210947764000027", .unionpay),
        ("9100009764000010", .unionpay), ("8171990000000000", .unionpay), ("341111111111111", .amex),
        ("371111111111111", .amex), ("3000000000000000", .diners), ("36000000000000", .diners),
        ("6011000000000000", .discover), ("6440000000000000", .discover), ("6500000000000000", .discover),
    ]

    @Test(arguments: brands)
    func `a brand is known by its ranges`(number: String, brand: CardBrand) throws {
        #expect(try #require(CardNumber(number)).brand == brand)
    }

    @Test(arguments: [
        "2220990000000000", "2721000000000000", "5099990000000000", "5600000000000000", "3527990000000000",
        "3590000000000", "6000000000000000", "6390000000000000", "8172000000000000", "9101000000000000",
        "0000000000000000", "1234567890123456", "7000000000000000",
    ])
    func `just outside the ranges there is no brand`(number: String) throws {
        #expect(try #require(CardNumber(number)).brand == nil)
    }

    @Test(arguments: [
        ("4417706600005830", true), ("4417706600005831", false), ("4242424242424242", true), ("79927398713000", false),
        ("0000000000000", true), ("378282246310005", true), ("30569309025904", true), ("9100009764000010", false),
    ])
    func `the check digit is Luhn's`(number: String, isValid: Bool) throws {
        #expect(try #require(CardNumber(number)).hasValidCheckDigit == isValid)
    }

    @Test func `changing any one digit breaks the check digit`() throws {
        let digits = Array("4417706600005830".utf8)
        for index in digits.indices {
            for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != digits[index] {
                var changed = digits
                changed[index] = digit
                let number = try #require(CardNumber(String(decoding: changed, as: UTF8.self)))
                #expect(!number.hasValidCheckDigit)
            }
        }
    }

    @Test func `neither the number nor the code shows when a card is printed`() throws {
        let number = try #require(CardNumber("4417706600005830"))
        let expiry = try #require(CardExpiry("12/30"))
        let card = PresentedCard(number: number, holder: "SOMCHAI J", expiry: expiry, code: Secret("987"))
        var dumped = ""
        dump(card, to: &dumped)
        for text in ["\(number)", String(reflecting: number), "\(card)", String(reflecting: card), dumped] {
            #expect(!text.contains("6600005830") && !text.contains("987"))
        }
    }
}
