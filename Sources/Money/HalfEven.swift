/// `dividend / divisor` rounded to the nearest whole, a half to the even neighbour. The divisor is positive.
/// - Throws: `.outOfRange` when the result does not fit an `Int64`.
func dividedHalfEven(_ dividend: Int128, by divisor: Int128) throws(MoneyError) -> Int64 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    let twice = remainder.magnitude * 2
    let isAway = twice > divisor.magnitude || (twice == divisor.magnitude && !quotient.isMultiple(of: 2))
    let rounded = isAway ? quotient + dividend.signum() : quotient
    guard let result = Int64(exactly: rounded) else { throw .outOfRange }
    return result
}

/// 10 to the power, for the powers an exchange needs (0...18).
func powerOfTen(_ power: Int) -> Int64 {
    (0..<power).reduce(1) { result, _ in result * 10 }
}
