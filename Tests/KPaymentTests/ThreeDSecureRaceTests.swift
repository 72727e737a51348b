import APISupport
import Testing

/// Payers, and the clock, who do several things to one challenge at once.
@Suite struct ThreeDSecureRaceTests {
    @Test func `a double click authorises once`() async throws {
        try await withShop { shop in
            let (charge, url, browser) = try await challenged(shop)
            let form = try await browser.requestCode(url).form(field: "otp")
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await browser.submit(form, [("otp", "123456")]).answer.status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 6))
            #expect(try await shop.inquire(charge.id).state == "Authorized success")
            #expect(try await shop.books(charge.id) == ["authorize 200.50 approved"])
            #expect(try await shop.notices().map(\.state) == ["Authorized success"])
        }
    }

    @Test func `the right code and giving up at the same time have one outcome`() async throws {
        try await withShop { shop in
            let (charge, url, browser) = try await challenged(shop)
            let page = try await browser.requestCode(url)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask { _ = try await browser.submit(page.form(field: "otp"), [("otp", "123456")]) }
                    group.addTask { _ = try await browser.submit(page.form(button: "Cancel")) }
                }
                try await group.waitForAll()
            }
            let state = try await shop.inquire(charge.id).state
            #expect(["Authorized success", "Pre-Authorized fail"].contains(state))
            #expect(try await shop.notices().map(\.state) == [state])
            #expect(
                try await shop.books(charge.id) == (state == "Authorized success" ? ["authorize 200.50 approved"] : []))
        }
    }

    @Test func `the right code and the expiry at the same time have one outcome`() async throws {
        try await withShop { shop in
            for _ in 0..<20 {
                let (charge, url, browser) = try await challenged(shop)
                let form = try await browser.requestCode(url).form(field: "otp")
                let before = try await shop.notices().count
                shop.moveClock(seconds: 899)
                async let page = browser.submit(form, [("otp", "123456")])
                async let run: Void = shop.advance(seconds: 2)
                _ = try await (page, run)
                let state = try await shop.inquire(charge.id).state
                let isPaid = state == "Authorized success"
                #expect(["Authorized success", "Pre-Authorized fail"].contains(state))
                #expect(try await shop.notices().dropFirst(before).map(\.state) == [state])
                #expect(try await shop.books(charge.id) == (isPaid ? ["authorize 200.50 approved"] : []))
            }
        }
    }
}
