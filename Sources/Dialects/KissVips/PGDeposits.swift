import Gateway
import Hummingbird
import WireKit

/// Deposits through the hosted flow.
extension KissVipsAPI {
    func createPGDeposit(_ call: Call) async throws -> [UInt8] { throw KissVipsError.noAccount }

    func getPGDepositByToken(_ call: Call) async throws -> [UInt8] { throw KissVipsError.depositNotFound }

    func addPages(to router: Router<MekongContext>) {}
}
