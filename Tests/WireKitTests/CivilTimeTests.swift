import TestSupport
import Testing
import WireKit

@Suite("Civil time follows the calendar")
struct CivilTimeTests {
    @Test(arguments: [
        (1_704_110_400_000_000, "2024-01-01T12:00:00.000Z"), (1_704_110_400_999_999, "2024-01-01T12:00:00.999Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
    ])
    func `ISO 8601 with milliseconds`(microseconds: Int64, text: String) {
        #expect(CivilTime(microseconds: microseconds, offsetSeconds: 0).iso8601Milliseconds() == text)
    }

    @Test(
        "an instant prints as its UTC date and time",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (-1_000_000, "1969-12-31T23:59:59.000000Z"),
            (951_782_399_999_999, "2000-02-28T23:59:59.999999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (951_868_800_000_000, "2000-03-01T00:00:00.000000Z"),
            (1_564_895_669_020_000, "2019-08-04T05:14:29.020000Z"),
            (1_709_164_800_000_001, "2024-02-29T00:00:00.000001Z"),
            (1_735_689_599_123_456, "2024-12-31T23:59:59.123456Z"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"),
            (4_107_456_000_000_000, "2100-02-28T00:00:00.000000Z"),
            (-2_203_891_200_000_000, "1900-03-01T00:00:00.000000Z"),
            (-62_167_219_200_000_000, "0000-01-01T00:00:00.000000Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)])
    func instants(microseconds: Int64, text: String) throws {
        let time = CivilTime(microseconds: microseconds, offsetSeconds: 0)
        #expect(time.iso8601Microseconds() == text)
        #expect(time.microseconds(offsetSeconds: 0) == microseconds)
        #expect(CivilTime(iso8601: text) == time)
    }

    @Test("Bangkok is seven hours ahead, over midnight and the new year")
    func bangkok() {
        let time = CivilTime(microseconds: 1_735_666_245_678_901, offsetSeconds: CivilTime.bangkok)
        #expect(
            time
                == CivilTime(
                    year: 2025, month: 1, day: 1, hour: 0, minute: 30, second: 45, microsecond: 678_901))
        #expect(time.compactMilliseconds() == "20250101003045678")
        #expect(time.compactDate() == "20250101")
        #expect(time.spaced() == "2025-01-01 00:30:45")
        #expect(time.microseconds(offsetSeconds: CivilTime.bangkok) == 1_735_666_245_678_901)
    }

    @Test("short fields are padded with zeros")
    func padding() throws {
        let time = try #require(
            CivilTime(
                year: 7, month: 2, day: 3, hour: 4, minute: 5, second: 6, microsecond: 7_008))
        #expect(time.compactMilliseconds() == "00070203040506007")
        #expect(time.compactDate() == "00070203")
        #expect(time.spaced() == "0007-02-03 04:05:06")
        #expect(time.iso8601Microseconds() == "0007-02-03T04:05:06.007008Z")
    }

    @Test(
        "fields that no calendar has are refused",
        arguments: [
            [2023, 2, 29, 0, 0, 0, 0], [1900, 2, 29, 0, 0, 0, 0], [2024, 2, 30, 0, 0, 0, 0], [2024, 4, 31, 0, 0, 0, 0],
            [2024, 0, 1, 0, 0, 0, 0], [2024, 13, 1, 0, 0, 0, 0], [2024, 1, 0, 0, 0, 0, 0], [2024, 1, 32, 0, 0, 0, 0],
            [2024, 1, 1, 24, 0, 0, 0], [2024, 1, 1, 0, 60, 0, 0], [2024, 1, 1, 0, 0, 60, 0],
            [2024, 1, 1, 0, 0, 0, 1_000_000], [2024, 1, 1, -1, 0, 0, 0],
            [-1, 1, 1, 0, 0, 0, 0], [10_000, 1, 1, 0, 0, 0, 0],
        ])
    func impossible(fields: [Int]) {
        #expect(
            CivilTime(
                year: fields[0], month: fields[1], day: fields[2], hour: fields[3], minute: fields[4],
                second: fields[5], microsecond: fields[6]) == nil)
    }

    @Test("every day from 1600 to 2400 follows the one before it")
    func everyDay() throws {
        var expected = (year: 1600, month: 1, day: 1)
        let start = try #require(CivilTime(year: 1600, month: 1, day: 1)).microseconds(offsetSeconds: 0)
        var index: Int64 = 0
        while expected.year < 2400 {
            let time = CivilTime(microseconds: start + index * 86_400_000_000, offsetSeconds: 0)
            guard (time.year, time.month, time.day) == expected else {
                Issue.record("day \(index) is \(time.compactDate()), expected \(expected)")
                return
            }
            if CivilTime(year: expected.year, month: expected.month, day: expected.day + 1) != nil {
                expected.day += 1
            } else if expected.month < 12 {
                expected = (expected.year, expected.month + 1, 1)
            } else {
                expected = (expected.year + 1, 1, 1)
            }
            index += 1
        }
        #expect(index == 2 * 146_097)
    }

    @Test("any instant at any offset comes back the same", arguments: 1...8 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<500 {
            let shift = Int64.random(in: 0..<40, using: &generator)
            let instant = Int64.random(in: .min ... .max, using: &generator) >> shift
            let offset = Int.random(in: -64_800...64_800, using: &generator)
            let time = CivilTime(microseconds: instant, offsetSeconds: offset)
            #expect(time.microseconds(offsetSeconds: offset) == instant)
        }
    }

    @Test("the ends of the range neither trap nor change", arguments: [Int64.min, .min + 1, .max - 1, .max])
    func extremes(instant: Int64) {
        for offset in [-64_800, 0, CivilTime.bangkok] {
            let time = CivilTime(microseconds: instant, offsetSeconds: offset)
            #expect(time.microseconds(offsetSeconds: offset) == instant)
            #expect(time.iso8601Microseconds().utf8.count >= 27)
        }
    }

    @Test("a year that needs more than four digits is printed whole")
    func wideYears() {
        #expect(CivilTime(microseconds: 253_402_300_800_000_000, offsetSeconds: 0).spaced() == "10000-01-01 00:00:00")
        #expect(CivilTime(microseconds: -62_167_219_200_000_001, offsetSeconds: 0).compactDate() == "-00011231")
    }
}

@Suite("Dates are read strictly")
struct CivilTimeParseTests {
    @Test("eight digits that name a day are a date", arguments: ["20240229", "20000229", "19991231", "00010101"])
    func compactDates(text: String) throws {
        let time = try #require(CivilTime(compactDate: text))
        #expect(time.compactDate() == text)
        #expect(time.hour == 0 && time.minute == 0 && time.second == 0 && time.microsecond == 0)
    }

    @Test(
        "anything else is not",
        arguments: [
            "", "2024022", "202402290", "20230229", "19000229", "20240431", "20241301", "20240001", "20240100",
            "20240132",
            "2024-2-9", " 2024022", "+2024022", "2024022a", "２０２４０２２９",
        ])
    func badCompactDates(text: String) {
        #expect(CivilTime(compactDate: text) == nil)
    }

    @Test(
        "ISO 8601 may have up to six digits of fraction",
        arguments: [
            ("2024-02-29T01:02:03Z", 0), ("2024-02-29T01:02:03.1Z", 100_000), ("2024-02-29T01:02:03.12Z", 120_000),
            ("2024-02-29T01:02:03.020Z", 20_000), ("2024-02-29T01:02:03.1234Z", 123_400),
            ("2024-02-29T01:02:03.12345Z", 123_450), ("2024-02-29T01:02:03.000001Z", 1),
        ])
    func iso8601(text: String, microsecond: Int) {
        #expect(
            CivilTime(iso8601: text)
                == CivilTime(
                    year: 2024, month: 2, day: 29, hour: 1, minute: 2, second: 3, microsecond: microsecond))
    }

    @Test(
        "an instant is told with its offset from UTC",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T07:00:00+07:00", 0), ("1970-01-01T07:00:00.5+0700", 500_000),
            ("1970-01-01T07:00:00+07", 0), ("1969-12-31T18:30:01-05:30", 1_000_000), ("1970-01-01T00:00:00-00:00", 0),
            ("1969-12-31T00:01:00-23:59", 0),
        ] as [(String, Int64)])
    func instant(text: String, microseconds: Int64) {
        #expect(CivilTime.instant(iso8601: text) == microseconds)
    }

    @Test(
        "what leaves the offset open names no instant",
        arguments: [
            "", "1970-01-01T00:00:00", "1970-01-01", "1970-01-01T00:00:00+", "1970-01-01T00:00:00+7",
            "1970-01-01T00:00:00+07:0", "1970-01-01T00:00:00+07:", "1970-01-01T00:00:00+24:00",
            "1970-01-01T00:00:00+07:60", "1970-01-01T00:00:00+07:00Z", "1970-01-01T00:00:00Z+07:00",
            "1970-01-01T00:00:00 07:00", "1970-01-01T00:00:00+070000",
        ])
    func noInstant(text: String) {
        #expect(CivilTime.instant(iso8601: text) == nil)
    }

    @Test(
        "other spellings of ISO 8601 are refused",
        arguments: [
            "", "2024-02-29", "2024-02-29T01:02:03", "2024-02-29T01:02Z", "2024-02-29 01:02:03Z",
            "2024-02-29t01:02:03Z",
            "2024-02-29T01:02:03z", "2024-02-29T01:02:03+00:00", "2024-02-29T01:02:03.Z",
            "2024-02-29T01:02:03.1234567Z",
            "2024-02-29T01:02:03,1Z", "2024-02-29T24:00:00Z", "2024-02-29T23:60:00Z", "2024-02-29T23:59:60Z",
            "2023-02-29T01:02:03Z", "20240229T010203Z", "2024-02-29T01:02:03ZZ", " 2024-02-29T01:02:03Z",
            "2024-2-29T1:2:3Z",
        ])
    func badISO8601(text: String) {
        #expect(CivilTime(iso8601: text) == nil)
    }
}
