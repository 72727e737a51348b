import Ledger
import Money
import Testing

@Suite struct AccountTests {
    @Test func `a key names kind, owner and currency and reads back`() {
        #expect(wallet.key == "wallet:somchai:THB")
        for kind in AccountKind.allCases {
            for currency in Currency.allCases {
                let account = account(kind, "mch_01H", currency)
                #expect(Account(key: account.key) == account)
            }
        }
    }

    @Test(arguments: [
        "", ":", "::", "wallet", "wallet:somchai", "wallet:som:chai:THB", "Wallet:somchai:THB", "wallet:somchai:thb",
        "wallet:somchai:XXX", "purse:somchai:THB", "wallet:somchai:THB:", " wallet:somchai:THB",
        "wallet:som:\u{301}chai:THB",
    ])
    func `what is not a key is no account`(key: String) {
        #expect(Account(key: key) == nil)
    }

    @Test func `only a merchant's available money, wallets and floats have a floor`() {
        #expect(AccountKind.allCases.filter(\.hasFloor) == [.available, .wallet, .float])
    }
}
