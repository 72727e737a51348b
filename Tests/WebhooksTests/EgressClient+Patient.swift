import NIOCore

@testable import Webhooks

extension EgressClient {
    /// A client that waits for a busy machine as long as a test does.
    static func patient(
        _ policy: EgressPolicy, names: NameLookups = NameLookups(), connecting: TimeAmount = .minutes(5)
    ) -> EgressClient {
        EgressClient(policy: policy, names: names, limits: Limits(connecting: connecting, answering: .minutes(5)))
    }
}
