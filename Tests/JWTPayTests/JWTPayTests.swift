import JWTPay
import Payments
import Testing

@Suite struct JWTPayTests {
    @Test func `the dialect goes by its name`() { #expect(JWTPay.id.rawValue == "jwtpay") }
}
