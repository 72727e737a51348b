import Payments
import Testing

@Suite struct InstantTests {
    /// 2026-01-30 17:00:00 UTC: the midnight with which 31 January begins in Bangkok.
    static let midnight: Int64 = 1_769_792_400_000_000
    static let nextMidnight: Int64 = midnight + 86_400_000_000

    /// Microseconds, and the number of the day in Bangkok.
    static let days: [(Int64, Int64)] = [
        (midnight - 1, 20_483), (midnight, 20_484), (midnight + 1, 20_484), (nextMidnight - 1, 20_484),
        (nextMidnight, 20_485), (0, 0), (-1, 0), (-25_200_000_000, 0), (-25_200_000_001, -1),
        (-111_600_000_000, -1), (-111_600_000_001, -2),
    ]

    /// Microseconds, and those of the next midnight.
    static let midnights: [(Int64, Int64)] = [
        (midnight - 1, midnight), (midnight, nextMidnight), (midnight + 1, nextMidnight),
        (nextMidnight - 1, nextMidnight), (0, 61_200_000_000), (-25_200_000_001, -25_200_000_000),
        (-25_200_000_000, 61_200_000_000),
    ]

    @Test(arguments: days)
    func `a day begins at midnight in Bangkok`(microseconds: Int64, day: Int64) {
        #expect(CivilDay(bangkok: Instant(microseconds: microseconds)).number == day)
    }

    @Test(arguments: midnights)
    func `the next midnight is strictly later`(microseconds: Int64, next: Int64) {
        #expect(Instant(microseconds: microseconds).nextBangkokMidnight.microseconds == next)
    }

    @Test(arguments: [Int64(-20_000), -1, 0, 1, 20_484, 90_000])
    func `a day's midnight is its first moment`(number: Int64) {
        let day = CivilDay(number: number)
        #expect(CivilDay(bangkok: day.bangkokMidnight) == day)
        #expect(CivilDay(bangkok: Instant(microseconds: day.bangkokMidnight.microseconds - 1)).next == day)
        #expect(day < day.next && day.next.number == number + 1)
    }

    @Test(arguments: [
        (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2026, 1, 31, 20_484), (1900, 3, 1, -25_508),
        (0, 1, 1, -719_528), (0, 2, 29, -719_469), (9999, 12, 31, 2_932_896),
    ])
    func `a date is the number of its day, and the other way`(year: Int, month: Int, day: Int, number: Int64) {
        #expect(CivilDay(year: year, month: month, day: day)?.number == number)
        #expect(CivilDay(number: number).date == (year, month, day))
    }

    @Test func `every day of a thousand years is read back`() {
        for number in Int64(-150_000)...215_000 {
            let day = CivilDay(number: number)
            let date = day.date
            guard CivilDay(year: date.year, month: date.month, day: date.day) == day else {
                Issue.record("\(day)")
                return
            }
        }
    }

    @Test(arguments: [
        (2025, 2, 29), (1900, 2, 29), (2024, 2, 30), (2024, 4, 31), (2024, 12, 32), (2024, 0, 1), (2024, 13, 1),
        (2024, 1, 0), (2024, 1, -1), (-1, 1, 1), (10_000, 1, 1),
    ])
    func `there is no such day`(year: Int, month: Int, day: Int) {
        #expect(CivilDay(year: year, month: month, day: day) == nil)
    }

    @Test func `bytes are two lower-case digits each, and nothing else is read`() {
        let bytes = Array(UInt8.min ... .max)
        let text = HexDigits.encode(bytes)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(HexDigits.decode(text) == bytes)
        for wrong in ["0", "0g", "FF", " 00", "é0"] {
            #expect(HexDigits.decode(wrong) == nil)
        }
    }

    @Test func `seconds are added and counted, towards zero`() {
        let instant = Instant(microseconds: 1_500_000)
        #expect(instant.adding(seconds: 2).microseconds == 3_500_000)
        #expect(instant.adding(seconds: -2).microseconds == -500_000)
        #expect(Instant(microseconds: 3_499_999).seconds(since: instant) == 1)
        #expect(Instant(microseconds: 1).seconds(since: instant) == -1)
    }

    @Test func `instants are ordered by time`() {
        let instants = [Int64.min, -1, 0, 1, Self.midnight, Int64.max].map(Instant.init(microseconds:))
        #expect(instants.reversed().sorted() == instants)
    }
}
