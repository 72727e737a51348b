import Gateway
import Payments
import Store

@testable import mekong

extension SandboxCaller {
    /// Changes the demo merchant in ways that the control API has no call for.
    public func changeMerchant(_ change: (inout Merchant) -> Void) async throws {
        var merchant = host.gateway.directory.merchant(DemoMerchant.id) ?? DemoMerchant.merchant()
        change(&merchant)
        try await put(merchant)
    }

    /// Stores a merchant with what its programs show of themselves, and makes the directory take notice.
    public func put(_ merchant: Merchant, _ credentials: [Credential] = []) async throws {
        var changes = Changes(at: host.clock.now())
        changes.add(try MerchantDirectory.change(putting: merchant))
        for credential in credentials {
            changes.add(try MerchantDirectory.change(putting: credential, host.gateway.vault))
        }
        try await host.gateway.store.commit(changes)
        try await host.gateway.directory.refresh(from: host.gateway.store)
    }
}
