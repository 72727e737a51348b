import APISupport
import Testing

/// A payer on a wallet's page.
extension Shop {
    /// Where the wallets' pages send the payer.
    static let callback = "https://shop.example/back"

    /// A charge, and the page that it sends its payer to.
    func startRedirect(_ body: Body = .redirect()) async throws -> (Answer, Page) {
        try await set("{\"kpayment\":{\"notify_url\":\"\(Shop.deafURL)\",\"callback_url\":\"\(Self.callback)\"}}")
        let charge = try await redirect(body)
        #expect(charge.state == "Initialize success", "\(charge.text)")
        return (charge, try await Browser(shop: self).open(charge.show("redirect_url")))
    }

    /// Where a wallet's page sends its payer.
    func comeBack(_ answer: Answer) async throws -> Page {
        #expect(answer.status == 303)
        return try await Browser(shop: self).open(answer.location ?? "")
    }
}
