import KissVips
import Payments
import Testing

@Suite struct KissVipsTests {
    @Test func `the dialect goes by its name`() { #expect(KissVips.id.rawValue == "kissvips") }
}
