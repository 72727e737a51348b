import Testing

/// The test's own table, tested.
@Suite struct TableTests {
    @Test(
        arguments: [
            ("Money", []), ("EMVQR", ["Money"]), ("GroupCommit", []), ("Ledger", ["Money"]),
            ("Payments", ["Ledger", "Money"]),
            ("Store", ["GroupCommit", "Ledger", "Money", "Payments"]),
            ("Rails", ["EMVQR", "GroupCommit", "Ledger", "Money", "Payments"]),
            ("Gateway", ["EMVQR", "GroupCommit", "Ledger", "Money", "Payments", "Rails", "Store"]),
            ("WireKit", ["Money"]),
            ("KPayment", ["Checkout", "EMVQR", "Gateway", "Ledger", "Money", "Payments", "WireKit"]),
        ] as [(String, [String])])
    func `a part may reach through what it builds on, a dialect may not`(part: String, allowed: [String]) {
        #expect(Parts.mayImport(part).sorted() == allowed)
    }

    @Test func `the executable may import everything`() {
        #expect(Parts.mayImport("mekong") == Parts.all.subtracting(["mekong"]))
    }

    @Test func `a part that nobody put into the table may import nothing`() {
        #expect(Parts.mayImport("Portals").isEmpty)
    }

    @Test(
        arguments: [
            ("import Store", ["Store"]),
            ("    import Store", ["Store"]),
            ("\timport\tStore", ["Store"]),
            ("@testable import Store", ["Store"]),
            ("@_exported import Store", ["Store"]),
            ("@preconcurrency @testable import Store", ["Store"]),
            ("@_spi(Private) import Store", ["Store"]),
            ("@_spi(Private, Other) import Store", ["Store"]),
            ("internal import Store", ["Store"]),
            ("public import Store", ["Store"]),
            ("@_exported public import Store", ["Store"]),
            ("private import struct Store.Changes", ["Store"]),
            ("import struct Store.Changes", ["Store"]),
            ("import class Foundation.Thread", ["Foundation"]),
            ("import func Glibc.sin", ["Glibc"]),
            ("import Foundation.NSDate", ["Foundation"]),
            ("import Store // because", ["Store"]),
            ("import Store// because", ["Store"]),
            ("import Store; import Rails", ["Store", "Rails"]),
            ("import Store;", ["Store"]),
            ("import `Store`", ["Store"]),
            ("import _Concurrency", ["_Concurrency"]),
            ("", []),
            ("// import Store", []),
            ("/// import Store", []),
            ("let text = \"import Store\"", []),
            ("important Store", []),
            ("import", []),
            ("func import_(store: Store)", []),
            ("public struct Import {}", []),
        ] as [(String, [String])])
    func `an import is found however it is written`(line: String, modules: [String]) {
        #expect(ImportLine.modules(in: line) == modules)
    }
}
