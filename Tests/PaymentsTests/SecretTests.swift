import Payments
import Testing

@Suite("A secret never shows")
struct SecretTests {
    struct Merchant {
        let name = "demo"
        let key = Secret("skey_test_1")
    }

    @Test("every way of printing shows three stars")
    func printing() {
        let secret = Secret("skey_test_1")
        var dumped = ""
        dump(secret, to: &dumped)
        var printed = ""
        print(secret, to: &printed)
        var debugPrinted = ""
        debugPrint(secret, to: &debugPrinted)
        #expect("\(secret)" == "***")
        #expect(String(describing: secret) == "***")
        #expect(String(reflecting: secret) == "***")
        #expect(printed == "***\n")
        #expect(debugPrinted == "***\n")
        #expect(dumped.contains("***"))
        #expect(!dumped.contains("skey"))
    }

    @Test("it does not show inside another value")
    func nested() {
        var dumped = ""
        dump(Merchant(), to: &dumped)
        let texts = [
            dumped, "\(Merchant())", String(reflecting: Merchant()), "\([Secret("skey_test_1")])",
            "\(["k": Secret("skey_test_1")])", String(describing: Optional(Secret("skey_test_1"))),
        ]
        for text in texts {
            #expect(text.contains("***"))
            #expect(!text.contains("skey"))
        }
    }

    @Test("its mirror has no children")
    func mirror() {
        #expect(Mirror(reflecting: Secret([1, 2, 3] as [UInt8])).children.isEmpty)
    }

    @Test("it gives its value when asked")
    func expose() {
        #expect(Secret("skey_test_1").expose() == "skey_test_1")
        #expect(Secret([1, 2] as [UInt8]).expose() == [1, 2])
    }
}
