import Payments
import Testing

@Suite struct CardExpiryTests {
    @Test(arguments: [
        ("12/30", 2030, 12), ("01/26", 2026, 1), ("1230", 2030, 12), ("12 / 30", 2030, 12), (" 12/30 ", 2030, 12),
        ("09/99", 2099, 9), ("02/00", 2000, 2),
    ])
    func `month and year are read`(text: String, year: Int, month: Int) {
        #expect(CardExpiry(text) == CardExpiry(year: year, month: month))
    }

    @Test(arguments: [
        "", "/", "00/30", "13/30", "99/99", "1/30", "12/3", "12/2030", "2030/12", "ab/cd", "12-30", "-1/30", "+1/30",
        "１２/30", "12/30x",
    ])
    func `what is no month and year is refused`(text: String) {
        #expect(CardExpiry(text) == nil)
    }

    /// Read leniently these would be another month than the one that was meant.
    @Test(arguments: ["1/230", "123/0", "/1230", "1230/", "1//230", "12//30", "1 230", "12/3 0"])
    func `a stroke or space in another place is refused, not skipped`(text: String) {
        #expect(CardExpiry(text) == nil)
    }

    @Test(arguments: [(2030, 0), (2030, 13), (1999, 12), (2100, 1), (30, 12), (2030, -1)])
    func `there are twelve months, in this century`(year: Int, month: Int) {
        #expect(CardExpiry(year: year, month: month) == nil)
    }

    @Test(arguments: [
        (2026, 1, true), (2025, 12, true), (2026, 2, false), (2027, 1, false), (2020, 12, true),
    ])
    func `a card is good to the end of its month`(year: Int, month: Int, isValid: Bool) throws {
        #expect(try #require(CardExpiry("01/26")).isValid(year: year, month: month) == isValid)
    }

    @Test func `months are ordered by time`() throws {
        let months = try ["01/26", "02/26", "12/26", "01/27"].map { try #require(CardExpiry($0)) }
        #expect(months.shuffled().sorted() == months)
    }
}
