import Ledger
import Money

/// A merchant's account at a Thai bank, to which payers send money and whose statements the gateway reads.
public struct CollectionAccount: Sendable, Codable, Equatable {
    /// Which of the merchant's accounts it is, from 1: the id that APIs show.
    public let number: Int64
    /// Thai bank code: three digits, such as `004`.
    public var bank: String
    /// The account's number at the bank: digits.
    public var account: String
    public var name: String
    /// The name under which its holder signs in to the bank, which one API shows.
    public var userName: String
    /// Phone number or tax id under which PromptPay knows it: digits.
    public var promptPay: String?
    /// Whether new deposits may be sent to it.
    public var isActive: Bool

    public init(
        number: Int64, bank: String, account: String, name: String, userName: String = "", promptPay: String? = nil,
        isActive: Bool = true
    ) {
        self.number = number
        self.bank = bank
        self.account = account
        self.name = name
        self.userName = userName
        self.promptPay = promptPay
        self.isActive = isActive
    }
}

extension Merchant {
    /// The collection account with this number, if it is this merchant's.
    public func collectionAccount(_ number: Int64) -> CollectionAccount? {
        collectionAccounts?.first { $0.number == number }
    }
}

/// The ledger accounts of a collection account.
public struct CollectionLedger: Sendable, Hashable {
    private let owner: String
    private let merchant: MerchantID
    private let currency: Currency

    /// - Parameter account: the collection account's number as text, as a deposit names it.
    public init(merchant: MerchantID, account: String, currency: Currency) {
        owner = "\(merchant)-\(account)"
        self.merchant = merchant
        self.currency = currency
    }

    /// The money at the bank.
    public var bank: Account { Account(kind: .bank, owner: owner, currency: currency) }
    /// What of it is nobody's yet.
    public var suspense: Account { Account(kind: .suspense, owner: owner, currency: currency) }

    /// What a settlement moves out of suspense: the net to the merchant, fee and tax to the house.
    func transfers(of settlement: Settlement, id: String) -> [Transfer] {
        let parts: [(String, Account, Money)] = [
            (".settle", Account(kind: .available, owner: merchant.rawValue, currency: currency), settlement.net),
            (".fee", Account(kind: .fees, owner: houseOwner, currency: currency), settlement.fee),
            (".vat", Account(kind: .vat, owner: houseOwner, currency: currency), settlement.vat),
        ]
        return parts.compactMap { suffix, account, money in
            guard !money.isZero else { return nil }
            return Transfer(id: id + suffix, debit: suspense, credit: account, amount: money)
        }
    }
}
