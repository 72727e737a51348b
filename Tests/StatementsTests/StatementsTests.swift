import Statements
import Testing

@Suite struct StatementFormatTests {
    @Test func `three formats are read`() { #expect(StatementFormat.allCases.count == 3) }
}
