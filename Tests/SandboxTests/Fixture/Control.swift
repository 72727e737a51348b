import APISupport
import HTTPTypes
import Testing
import WireKit

/// No connection is made there: the address is not public, so every attempt fails at once.
let deafURL = "http://10.0.0.1/notify"

extension Sandbox {
    /// Orders a fault of the card rail; `more` is raw members such as `"count":2`.
    func order(_ fault: String, _ more: String...) async throws {
        let members = ["\"rail\":\"card\"", "\"fault\":\"\(fault)\""] + more
        try await control(.post, "/faults", "{" + members.joined(separator: ",") + "}")
    }

    /// What the simulated acquirer was asked about a charge, and what it said.
    func books(_ charge: String) async throws -> [String] {
        try await books("card", of: charge, showing: ["kind", "result"])
    }

    /// `Authorized`, `Declined 05` and the like.
    func outcome(_ number: String = "4417706600005830") async throws -> String {
        let charge = try await charge(number)
        let code = charge.show("failure_code")
        return charge.show("transaction_state") + (code == "null" ? "" : " " + code)
    }
}
