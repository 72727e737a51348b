import APISupport

extension Shop {
    /// No connection is made there: deliveries stay pending and can be read from the control API.
    static let deafURL = "http://10.0.0.1/notify"

    func listen() async throws { try await set("{\"kpayment\":{\"notify_url\":\"\(Self.deafURL)\"}}") }

    /// `authorize 00` and the like: what the simulated acquirer was asked about a charge, and what it said.
    func books(_ charge: String) async throws -> [String] { try await books("card", of: charge) }
}
