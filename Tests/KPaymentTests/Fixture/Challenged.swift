import APISupport
import Testing

let shopsCallback = "https://shop.example/callback?x=1&y=2"

/// A charge that waits for its payer, with a callback URL and a notify URL set.
func challenged(_ shop: Shop, _ number: String = Cards.approved, _ change: (Body) -> Body = { $0 })
    async throws
    -> (charge: Answer, url: String, browser: Browser)
{
    try await shop.set(
        "{\"kpayment\":{\"callback_url\":\(quoted(shopsCallback)),\"notify_url\":\"\(Shop.deafURL)\"}}")
    let charge = try await shop.charge(number, mid: Shop.Mid.full, change)
    try #require(charge.state == "Pre-Authorized success", "\(charge.text)")
    return (charge, charge.show("redirect_url"), Browser(shop: shop))
}
