import Gateway
import KPayment
import KissVips
import Money
import Payments
import Store

/// The merchant that every sandbox has: the same on every fresh start, with credentials that everyone knows.
enum DemoMerchant {
    static let id = MerchantID(rawValue: "demo")

    /// Merchant ids, in the order in which the sandbox's contract lists them.
    static let mids: [(key: StaticString, mid: String)] = [
        ("full_mcc", "401001001001001"), ("full_mcc_usd", "402202106043001"), ("non_3ds", "401001001001002"),
        ("full_dcc", "451111111111001"), ("full_dcc_non_3ds", "451111111111002"), ("smartpay", "401202106042001"),
        ("unionpay", "401001001001003"), ("alipay", "401001001001004"),
    ]

    /// The id whose payers pay a convenience fee; it stands beside the contract's list.
    static let convenienceFeeMid = "401001001001005"

    /// Merchant ids that no merchant's program names: of Thai QR (a biller id), WeChat Pay and Pay PLUS.
    private static let inner: [(product: Acceptor.Product, mid: String)] = [
        (.promptPay, "401001001001006"), (.weChatPay, "401001001001007"), (.payPlus, "401001001001008"),
    ]

    static let kpaymentPublicKey = "pkey_test_20923L43S4RABbtwVoM1zsopFCYzyZnyMwFsn"
    static let kpaymentSecretKey = "skey_test_41Bbw6At8dJjVyKV3ZaXghhLpRro5oAtR"

    static let kissvipsMerchantCode = "DEMO"
    static let kissvipsKey = "P2B5jwQXiw60I5ic9s8MeWniG1o9GteS"

    /// The key with which statements are handed in to a sandbox.
    static let statementsKey = "statements_test_key_7Qm2vK9sLxB4nRtYc8WdZ3"

    static func merchant() -> Merchant {
        // The document's samples: 11.00 baht cost 0.28 and 0.02 of tax.
        let fees = FeePlan(discount: Rate(partsPerMillion: 25_000), vat: Rate(partsPerMillion: 70_000))
        func acceptor(
            _ index: Int, _ product: Acceptor.Product, authenticated: Bool, _ currencies: Set<Currency> = [.THB],
            _ brands: Set<CardBrand> = [.visa, .mastercard, .jcb]
        ) -> Acceptor {
            Acceptor(
                mid: mids[index].mid, product: product, requiresAuthentication: authenticated,
                currencies: currencies, brands: brands, fees: fees)
        }
        return Merchant(
            id: id, name: "Demo Shop",
            acceptors: [
                acceptor(0, .fullPayment, authenticated: true, Currency.fullMCC),
                acceptor(1, .fullPayment, authenticated: true, [.USD]),
                acceptor(2, .fullPayment, authenticated: false, Currency.fullMCC),
                acceptor(3, .currencyConversion, authenticated: true, [.THB], [.visa, .mastercard]),
                acceptor(4, .currencyConversion, authenticated: false, [.THB], [.visa, .mastercard]),
                Acceptor(
                    mid: mids[5].mid, product: .instalments, requiresAuthentication: true, currencies: [.THB],
                    fees: fees, instalments: DemoOffers.instalments),
                acceptor(6, .unionPay, authenticated: false, [.THB], [.unionpay]),
                acceptor(7, .alipay, authenticated: false, [.THB], []),
                Acceptor(
                    mid: convenienceFeeMid, product: .fullPayment, requiresAuthentication: false,
                    currencies: [.THB], fees: fees, convenienceFee: DemoOffers.convenienceFee),
            ]
                + inner.map { product, mid in
                    Acceptor(
                        mid: mid, product: product, requiresAuthentication: false, currencies: [.THB], brands: [],
                        fees: fees)
                },
            campaigns: DemoOffers.campaigns,
            collectionAccounts: [
                CollectionAccount(
                    number: 1, bank: "004", account: "0123456789", name: "Demo Shop Co., Ltd.", userName: "demoshop",
                    promptPay: "0812345678"),
                CollectionAccount(
                    number: 2, bank: "014", account: "9876543210", name: "Demo Shop Co., Ltd.", userName: "demoshop2",
                    promptPay: "1111111111111"),
            ],
            dialects: [KPayment.id.rawValue: DialectSettings(), KissVips.id.rawValue: DialectSettings()])
    }

    /// Its keys, which everyone knows.
    static func credentials() -> [Credential] {
        let known: [(DialectID, role: String, String)] = [
            (KPayment.id, KPayment.Role.public, kpaymentPublicKey),
            (KPayment.id, KPayment.Role.secret, kpaymentSecretKey),
            (KissVips.id, KissVips.Role.code, kissvipsMerchantCode),
            (KissVips.id, KissVips.Role.key, kissvipsKey),
        ]
        return known.map { dialect, role, text in
            Credential(merchant: id, dialect: dialect, role: role, text: Secret(text))
        }
    }

    /// What to store for a fresh start.
    static func changes(_ vault: Vault, at now: Instant) throws -> Changes {
        var changes = Changes(at: now)
        changes.add(try MerchantDirectory.change(putting: merchant()))
        for credential in credentials() { changes.add(try MerchantDirectory.change(putting: credential, vault)) }
        return changes
    }

    /// Puts the merchant into a store that has none. Another process may do the same at the same time: both put the
    /// same.
    static func settle(in store: Store, _ vault: Vault, at now: Instant) async throws {
        guard try await store.read({ try $0.merchantDocuments().isEmpty }) else { return }
        do {
            try await store.commit(try changes(vault, at: now))
        } catch StoreError.conflict {
            // Another process has put it.
        }
    }
}
