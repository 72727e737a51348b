import Money
import WireKit

/// The members of a request, refused in this dialect's words.
typealias Fields = WireKit.Fields<KissVipsError>

extension KissVipsError: FieldRefusal {}

extension WireKit.Fields where Refusal == KissVipsError {
    /// An amount in baht, more than nothing and of at most two decimals.
    func baht(_ name: String) throws(KissVipsError) -> Money {
        try require(name)
        let digits = try decimal(name)
        guard let amount = try? Money(parsing: digits, in: .THB) else {
            throw .invalidParameter(name, "a number is expected")
        }
        guard amount.isPositive else { throw .amountInvalid }
        return amount
    }

    /// An amount in whole baht, more than nothing, written as an integer.
    func wholeBaht(_ name: String) throws(KissVipsError) -> Money {
        try require(name)
        let digits = try decimal(name)
        guard digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: "-") }) else {
            throw .invalidParameter(name, "an integer is expected")
        }
        return try baht(name)
    }

    /// A whole number that must be there: an id that this API has given.
    func number(_ name: String) throws(KissVipsError) -> Int64 {
        try require(name)
        guard let number = try wholeNumber(name, 18) else { throw .mandatoryIsEmpty(name) }
        return Int64(number)
    }

    /// An address that must be there.
    func requiredWebAddress(_ name: String) throws(KissVipsError) -> String {
        try require(name)
        guard let address = try webAddress(name, 512) else { throw .mandatoryIsEmpty(name) }
        return address
    }

    /// One that must be there, and that the gateway calls.
    func requiredCallableAddress(_ name: String) throws(KissVipsError) -> String {
        try require(name)
        guard let address = try callableAddress(name, 512) else { throw .mandatoryIsEmpty(name) }
        return address
    }
}
