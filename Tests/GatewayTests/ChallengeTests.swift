import Gateway
import Payments
import Store
import TestSupport
import Testing

@Suite struct ChallengeTests {
    @Test func `a challenged charge waits for its payer and has asked nobody yet`() async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await bench.challenged()
            #expect(payment.state == .challenged)
            #expect(try await bench.entries(of: payment).isEmpty)
            #expect(try await bench.told(of: payment) == ["challenged -"])
            let view = try await bench.gateway.challenge(secret)
            #expect(view.payment == payment)
            #expect(view.merchant.id == .shop)
            #expect(String(decoding: view.returnValue, as: UTF8.self) == "back")
            #expect(try await bench.tokenCodes() == 0)
            #expect(try await bench.challengeCards() == 1)
        }
    }

    @Test(arguments: [(TestCard.visa, "05"), (TestCard.mastercard, "02"), (TestCard.jcb, "05")])
    func `the right code authorises, with proof of who paid`(card: String, eci: String) async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await bench.challenged(card)
            #expect(try await bench.gateway.beginAuthentication(secret).payment.state == .authenticating)
            let paid = try await bench.gateway.submitCode(Secret("123456"), secret).payment
            #expect(paid.state == .authorized && paid.id == payment.id)
            #expect(paid.authentication?.eci == eci)
            #expect(paid.authentication?.xid.count == 40 && paid.authentication?.cavv.count == 40)
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100"])
            #expect(
                try await bench.told(of: payment) == [
                    "challenged -", "authenticating -", "authorizing -", "authorized -",
                ])
            #expect(try await bench.challengeCards() == 0)
            #expect(try await bench.gateway.challenge(secret).payment.state == .authorized)
        }
    }

    @Test(arguments: ["", "0", "12345", "1234567", "654321", " 123456", "１２３４５６"])
    func `a wrong code ends the payment, and the right one comes too late`(code: String) async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await bench.challenged()
            _ = try await bench.gateway.beginAuthentication(secret)
            let failed = try await bench.gateway.submitCode(Secret(code), secret).payment
            #expect(failed.state == .unauthenticated && failed.failureCode == "50")
            #expect(try await bench.challengeCards() == 0)
            #expect(try await bench.gateway.submitCode(Secret("123456"), secret).payment.state == .unauthenticated)
            #expect(try await bench.entries(of: payment).isEmpty)
        }
    }

    @Test func `a code before one was asked for changes nothing`() async throws {
        try await Bench.with { bench in
            let (_, secret) = try await bench.challenged()
            #expect(try await bench.gateway.submitCode(Secret("123456"), secret).payment.state == .challenged)
            #expect(try await bench.gateway.submitCode(Secret("1"), secret).payment.state == .challenged)
        }
    }

    @Test func `a code may be asked for again`() async throws {
        try await Bench.with { bench in
            let (_, secret) = try await bench.challenged()
            for _ in 0..<3 { _ = try await bench.gateway.beginAuthentication(secret) }
            #expect(try await bench.gateway.submitCode(Secret("123456"), secret).payment.state == .authorized)
        }
    }

    @Test(arguments: [true, false])
    func `the payer may give up, before and after a code was asked for`(hasBegun: Bool) async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await bench.challenged()
            if hasBegun { _ = try await bench.gateway.beginAuthentication(secret) }
            let failed = try await bench.gateway.cancelChallenge(secret).payment
            #expect(failed.state == .unauthenticated && failed.failureCode == "17")
            #expect(try await bench.challengeCards() == 0)
            #expect(try await bench.told(of: payment).last == "authenticationFailed 17")
            #expect(try await bench.gateway.beginAuthentication(secret).payment.state == .unauthenticated)
        }
    }

    @Test func `giving up after paying does not undo the payment`() async throws {
        try await Bench.with { bench in
            let (_, secret) = try await bench.challenged()
            _ = try await bench.gateway.beginAuthentication(secret)
            _ = try await bench.gateway.submitCode(Secret("123456"), secret)
            #expect(try await bench.gateway.cancelChallenge(secret).payment.state == .authorized)
        }
    }

    @Test(arguments: [true, false])
    func `a challenge ends by itself after a quarter of an hour`(hasBegun: Bool) async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await bench.challenged()
            if hasBegun { _ = try await bench.gateway.beginAuthentication(secret) }
            bench.clock.advance(seconds: 880)
            #expect(try await bench.gateway.runDue() == 0)
            bench.clock.advance(seconds: 21)
            #expect(try await bench.gateway.runDue() == 1)
            let ended = try await bench.payment(payment.id)
            #expect(ended.state == .unauthenticated && ended.failureCode == "68")
            #expect(try await bench.challengeCards() == 0)
            #expect(try await bench.gateway.submitCode(Secret("123456"), secret).payment.state == .unauthenticated)
            #expect(try await bench.gateway.nextDue() == nil)
        }
    }

    @Test func `a payer who comes too late fails even where nobody has looked at the time yet`() async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await bench.challenged()
            _ = try await bench.gateway.beginAuthentication(secret)
            bench.clock.advance(seconds: 900)
            let late = try await bench.gateway.submitCode(Secret("123456"), secret).payment
            #expect(late.state == .unauthenticated && late.failureCode == "68")
            #expect(try await bench.entries(of: payment).isEmpty)
            #expect(try await bench.challengeCards() == 0)
        }
    }

    @Test(arguments: ["", "x", "0000000000000000000000000000000000000000"])
    func `an unknown page has nothing to show`(secret: String) async throws {
        try await Bench.with { bench in
            _ = try await bench.challenged()
            await expect(.fault(.challengeOver)) { _ = try await bench.gateway.challenge(Secret(secret)) }
            await expect(.fault(.challengeOver)) { _ = try await bench.gateway.cancelChallenge(Secret(secret)) }
        }
    }

    @Test func `the page's secret lies nowhere in the database, nor does what the merchant wants back`() async throws {
        try await Bench.with { bench in
            let (_, secret) = try await bench.challenged()
            #expect(try !bench.fileHolds(secret.expose()))
            #expect(try !bench.fileHolds(String(secret.expose().suffix(28))))
        }
    }

    @Test func `of many who submit at once one authorises, and all see the same payment`() async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await bench.challenged()
            _ = try await bench.gateway.beginAuthentication(secret)
            let seen = try await together(30) { _ in
                try await bench.gateway.submitCode(Secret("123456"), secret).payment
            }
            #expect(Set(seen.map(\.id)) == [payment.id])
            let states = Set(seen.map(\.state))
            #expect(states.contains(.authorized) && states.isSubset(of: [.authorizing, .authorized]))
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100"])
        }
    }

    @Test func `of the right code, a wrong one and giving up at once one decides`() async throws {
        try await Bench.with { bench in
            for _ in 0..<10 {
                let (payment, secret) = try await bench.challenged()
                _ = try await bench.gateway.beginAuthentication(secret)
                _ = try await together(3) { index in
                    switch index {
                    case 0: try await bench.gateway.submitCode(Secret("123456"), secret)
                    case 1: try await bench.gateway.submitCode(Secret("1"), secret)
                    default: try await bench.gateway.cancelChallenge(secret)
                    }
                }
                let state = try await bench.state(payment)
                #expect([.authorized, .unauthenticated].contains(state))
                #expect(try await bench.entries(of: payment).isEmpty == (state == .unauthenticated))
            }
        }
    }

    @Test(arguments: TestCard.declined.prefix(4))
    func `a payer who has proved who they are may still be declined`(card: String, code: String) async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await bench.challenged(card)
            _ = try await bench.gateway.beginAuthentication(secret)
            let declined = try await bench.gateway.submitCode(Secret("123456"), secret).payment
            #expect(declined.state == .declined && declined.failureCode == code)
            #expect(declined.authentication != nil)
            #expect(try await bench.told(of: payment).last == "declined \(code)")
        }
    }
}
