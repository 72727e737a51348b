import Checkout
import EMVQR
import Gateway
import HTTPTypes
import Hummingbird
import Payments
import WireKit

extension KissVips {
    /// The text of an account's own QR code, for any amount; nil where PromptPay does not know the account.
    public static func accountPayload(_ account: CollectionAccount) -> String? {
        account.proxy.flatMap { try? PromptPayQR(account: $0, amount: nil, use: .reusable).payload }
    }
}

/// The pictures that this API hands out addresses of: QR codes of deposits and of accounts, and marks of banks.
extension KissVipsAPI {
    func addPictures(to router: Router<MekongContext>) {
        router.get("/pp_qrcode/{name}") { _, context in
            await picture {
                let payment = try await promptPay(uuid: Self.stem(context, "name", ".png"))
                guard let payload = payment.payload else { throw GatewayFault.notFound }
                return try QRImage(payload, as: .png).response()
            }
        }
        router.get("/pp_account/{merchant}/{name}") { _, context in
            await picture {
                let merchant = MerchantID(rawValue: Self.decoded(context, "merchant"))
                guard let number = Int64(try Self.stem(context, "name", ".png")),
                    let account = gateway.directory.merchant(merchant)?.collectionAccount(number), account.isActive,
                    let payload = KissVips.accountPayload(account)
                else { throw GatewayFault.notFound }
                return try QRImage(payload, as: .png).response()
            }
        }
        addEmptyPicture(to: router)
        router.get("/bank_logo/{name}") { _, context in
            await picture {
                let code = try Self.stem(context, "name", ".png")
                guard let mark = BankMark.picture(code) else { throw GatewayFault.notFound }
                return mark
            }
        }
    }

    private func addEmptyPicture(to router: Router<MekongContext>) {
        router.get(RouterPath(KissVips.noPicturePath)) { _, _ in BankMark.none }
    }

    private func picture(_ body: () async throws -> Response) async -> Response {
        do {
            return try await body()
        } catch GatewayFault.unavailable {
            return Response(status: .serviceUnavailable)
        } catch {
            return Response(status: .notFound)
        }
    }

    private static func decoded(_ context: MekongContext, _ name: String) -> String {
        context.parameters.get(name).map { percentDecode($0) ?? $0 } ?? ""
    }

    private static func stem(_ context: MekongContext, _ name: String, _ suffix: String) throws -> String {
        let text = decoded(context, name)
        guard text.hasSuffix(suffix) else { throw GatewayFault.notFound }
        return String(text.dropLast(suffix.count))
    }
}
