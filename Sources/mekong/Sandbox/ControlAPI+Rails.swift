import Hummingbird
import KPayment
import Money
import Payments
import Rails
import WireKit

extension ControlAPI {
    /// `POST /sandbox/faults`: the next calls of a rail misbehave.
    func orderFault(_ body: JSONObject) async throws -> [UInt8] {
        if body["rail"]?.stringValue == Self.bankRail { return try await orderBankFault(body) }
        guard let rail = body["rail"]?.stringValue.flatMap(SandboxFaults.Rail.init(rawValue:)) else {
            let rails = SandboxFaults.Rail.allCases.map(\.rawValue).joined(separator: ", ")
            throw Fault.senseless("rail must be one of \(rails)")
        }
        guard let kind = body["fault"]?.stringValue.flatMap(SandboxFaults.Kind.init(rawValue:)),
            rail.has(kind)
        else {
            let kinds = SandboxFaults.Kind.allCases.filter(rail.has).map(\.rawValue).joined(separator: ", ")
            throw Fault.senseless("fault must be one of \(kinds)")
        }
        var operation: RailReference.Kind?
        if let value = body["operation"], !value.isNull {
            operation = value.stringValue.flatMap(RailReference.Kind.init(rawValue:))
            guard operation != nil else {
                let kinds = RailReference.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw Fault.senseless("operation must be one of \(kinds)")
            }
        }
        let code = body["code"]?.stringValue.flatMap { name in
            rail == .qr ? KPayment.qrFailure(name) : KPayment.failureCodes.contains(name) ? name : nil
        }
        if let value = body["code"], !value.isNull, code == nil {
            throw Fault.senseless("code must be a failure code of the document")
        }
        let count = body["count"].map { $0.numberText.flatMap { Int($0) } } ?? 1
        guard let count, (1...1_000_000).contains(count) else {
            throw Fault.senseless("count must be a whole number from 1")
        }
        try await host.faults.order(
            SandboxFaults.Fault(rail: rail, kind: kind, operation: operation, code: code, count: count))
        return Self.done
    }

    /// `DELETE /sandbox/faults`
    func clearFaults() async throws -> [UInt8] {
        try await host.faults.clear()
        try await host.bank.clearBankFaults()
        return Self.done
    }

    /// `GET /sandbox/rails/{rail}?payment={id}`: what the simulated bank itself believes.
    func books(_ request: Request, _ context: MekongContext) async throws -> [UInt8] {
        if context.parameters.get("rail") == Self.bankRail { return try await bankBooks(request) }
        guard let rail = context.parameters.get("rail").flatMap(SandboxFaults.Rail.init(rawValue:)) else {
            throw Fault.notFound("there is no such rail")
        }
        let name = request.uri.queryParameters["payment"].map(String.init) ?? ""
        guard let id = ID<Payment>(hex: name.split(separator: "_").last ?? "") else {
            throw Fault.notFound("there is no payment \(name)")
        }
        let entries = try await host.bank.entries(of: id).filter { $0.rail == rail }
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.memberArray("operations") { json in
                for entry in entries { json.elementObject { write(entry, &$0) } }
            }
        }
        return json.bytes
    }

    private func write(_ entry: SandboxBank.Entry, _ json: inout JSONWriter) {
        json.member("kind", entry.kind.rawValue)
        json.member("reference", entry.reference)
        json.member("amount", entry.amount.text(decimals: entry.amount.currency.exponent))
        json.member("currency", entry.amount.currency.rawValue)
        json.member("result", entry.isApproved ? "approved" : "declined")
        json.member("code", entry.code)
        json.member("at", entry.at.iso8601)
    }
}
