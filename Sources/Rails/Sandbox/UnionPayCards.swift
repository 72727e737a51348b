import Money
import Payments

/// The published UnionPay test cards (K-Payment document, 7.3).
public struct UnionPayCard: Sendable {
    public let number: String
    public let code: String
    /// MM/YY
    public let expiry: String
    public let pin: String
    /// Whether the card is UnionPay International's, whose payers type in an SMS code.
    public let isInternational: Bool

    /// The SMS codes that are right: at a computer, and on a phone.
    public static let smsCodes: Set<String> = ["111111", "123456"]

    public static let all: [UnionPayCard] = [
        card("6210947764000027", "456", "10/30"), card("9100009764000010", "123", "03/25"),
        card("9100008764000025", "123", "03/25"), card("9100009764000015", "123", "03/25"),
        card("6250947000000014", "123", "12/33", isInternational: true),
        card("6250946000000016", "123", "12/33", isInternational: true),
    ]

    public static func find(_ number: String) -> UnionPayCard? { all.first { $0.number == number } }

    private static func card(
        _ number: String, _ code: String, _ expiry: String, isInternational: Bool = false
    ) -> UnionPayCard {
        UnionPayCard(number: number, code: code, expiry: expiry, pin: "111111", isInternational: isInternational)
    }
}
