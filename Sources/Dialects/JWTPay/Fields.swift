import Money
import Payments
import WireKit

/// The members of a request, refused in this API's words.
typealias Fields = WireKit.Fields<JWTPayError>

extension WireKit.Fields where Refusal == JWTPayError {
    /// An amount of baht: a number of at most two decimals, more than nothing.
    func baht(_ name: String) throws(JWTPayError) -> Money {
        try require(name)
        guard raw(name)?.numberText != nil else { throw .invalidParameter(name, "a number is expected") }
        guard let money = try? Money(parsing: try decimal(name), in: .THB) else {
            // Only a text that `decimal` has refused comes here: it says why.
            _ = try decimal(name)
            throw .invalidParameter(name, "a number is expected")
        }
        guard money.isPositive else { throw .invalidParameter(name, "more than 0 is expected") }
        return money
    }

    /// An order's own name: 1 to 100 characters.
    func reference(_ name: String) throws(JWTPayError) -> String { try requiredText(name, 100) }

    /// A holder's name: 1 to 100 characters.
    func holder(_ name: String) throws(JWTPayError) -> String { try requiredText(name, 100) }

    /// An account's number: 3 to 20 digits.
    func account(_ name: String) throws(JWTPayError) -> String {
        let text = try requiredText(name, 64)
        guard (3...20).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw .invalidParameter(name, "3 to 20 digits are expected")
        }
        return text
    }

    /// A bank in use, by its letters such as KBANK.
    func bank(_ name: String) throws(JWTPayError) -> ThaiBank {
        guard let bank = ThaiBank.named(try requiredText(name, 20)), bank.isInUse else {
            throw .invalidParameter(name, "no such bank")
        }
        return bank
    }

    /// An http or https URL with a host and without a user's name, of at most 2048 characters.
    func url(_ name: String) throws(JWTPayError) -> String {
        try require(name)
        guard let text = try callableAddress(name, 2048) else { throw .mandatoryIsEmpty(name) }
        return text
    }
}
