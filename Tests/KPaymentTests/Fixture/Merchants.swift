import APISupport
import Gateway
import KPayment
import Money
import Payments
import Store

@testable import mekong

extension Shop {
    /// Another merchant on the same gateway, as its own program sees it.
    func rival(_ id: String = "rival", brands: Set<CardBrand> = [.visa, .mastercard, .jcb]) async throws -> Shop {
        let fees = FeePlan(discount: Rate(partsPerMillion: 20_000), vat: Rate(partsPerMillion: 70_000))
        let merchant = Merchant(
            id: MerchantID(rawValue: id), name: "Rival Shop",
            acceptors: [
                Acceptor(
                    mid: Self.rivalMid, product: .fullPayment, requiresAuthentication: false, currencies: [.THB, .JPY],
                    brands: brands, terminals: ["T0000001"], capturesItself: false, fees: fees)
            ], dialects: [:])
        var rival = self
        rival.secretKey = "skey_test_\(id)"
        rival.publicKey = "pkey_test_\(id)"
        try await put(
            merchant,
            [(KPayment.Role.secret, rival.secretKey), (KPayment.Role.public, rival.publicKey)].map {
                Credential(merchant: merchant.id, dialect: KPayment.id, role: $0.0, text: Secret($0.1))
            })
        return rival
    }

    static let rivalMid = "409999999999001"

    /// The stored payment behind a charge's id.
    func payment(_ charge: String) async throws -> Payment? {
        guard let id = ID<Payment>(hex: charge.split(separator: "_").last ?? "") else { return nil }
        return try await host.gateway.store.read { try $0.payment(id) }
    }
}

extension Merchant {
    /// A callback URL as it may be stored, whatever those who set one are held to.
    mutating func calls(back url: String) {
        var settings = settings(KPayment.id)
        settings.callbackURL = url
        dialects[KPayment.id.rawValue] = settings
    }
}
