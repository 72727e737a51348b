import Gateway
import Hummingbird
import KPayment
import Money
import Payments
import Rails
import Store
import WireKit

extension ControlAPI {
    /// `POST /sandbox/faults`: the next calls of a rail misbehave.
    func orderFault(_ body: JSONObject) async throws -> [UInt8] {
        guard let rail = body["rail"]?.stringValue.flatMap(SandboxFaults.Rail.init(rawValue:)) else {
            throw Fault.senseless("rail must be one of \(Self.rails)")
        }
        guard let kind = body["fault"]?.stringValue.flatMap(SandboxFaults.Kind.init(rawValue:)) else {
            let kinds = SandboxFaults.Kind.allCases.filter { !rail.operations(with: $0).isEmpty }
            throw Fault.senseless("fault must be one of \(kinds.map(\.rawValue).joined(separator: ", "))")
        }
        let operation = body["operation"].flatMap { $0.isNull ? nil : $0.stringValue ?? "" }
        let code = try failureCode(body, of: rail)
        let count = body["count"].map { $0.numberText.flatMap { Int($0) } } ?? 1
        guard let count, (1...1_000_000).contains(count) else {
            throw Fault.senseless("count must be a whole number from 1")
        }
        do throws(SandboxFaults.NeverMet) {
            try rail.check(kind, of: operation)
        } catch {
            throw Fault.senseless(error.description)
        }
        try await host.faults.order(
            SandboxFaults.Fault(
                rail: rail, kind: kind, operation: operation.flatMap(SandboxFaults.Operation.init(rawValue:)),
                code: code, count: count))
        return Self.done
    }

    private static let rails = SandboxFaults.Rail.allCases.map(\.rawValue).joined(separator: ", ")

    /// What a decline says: a code of the table of QR codes, or of that of cards, which all other banks speak.
    private func failureCode(_ body: JSONObject, of rail: SandboxFaults.Rail) throws -> String? {
        guard let value = body["code"], !value.isNull else { return nil }
        let code = value.stringValue.flatMap { name in
            rail == .qr ? KPayment.qrFailure(name) : KPayment.failureCodes.contains(name) ? name : nil
        }
        guard let code else { throw Fault.senseless("code must be a failure code of the document") }
        return code
    }

    /// `DELETE /sandbox/faults`
    func clearFaults() async throws -> [UInt8] {
        try await host.faults.clear()
        return Self.done
    }

    /// `GET /sandbox/rails/{rail}?payment={id}`: what the simulated bank itself believes.
    func books(_ request: Request, _ context: MekongContext) async throws -> [UInt8] {
        guard let rail = context.parameters.get("rail").flatMap(SandboxFaults.Rail.init(rawValue:)) else {
            throw Fault.notFound("there is no such rail; the rails are \(Self.rails)")
        }
        let name = request.uri.queryParameters["payment"].map(String.init) ?? ""
        let deposit = try await deposit(named: name)
        if rail == .bank, let books = try await bankBooks(name, deposit) { return books }
        var entries: [SandboxBank.Entry] = []
        if deposit == nil { entries = try await self.entries(of: name).filter { $0.rail == rail } }
        var transfers: [StatementBook.Entry] = []
        if let deposit { transfers = try await self.transfers(to: deposit).filter { $0.rail == rail } }
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.memberArray("operations") { json in
                for entry in entries { json.elementObject { write(entry, &$0) } }
                for transfer in transfers { json.elementObject { write(transfer, &$0) } }
            }
        }
        return json.bytes
    }

    /// What the bank was asked about a payment, or about the attempt to pay an order.
    private func entries(of name: String) async throws -> [SandboxBank.Entry] {
        let tail = name.split(separator: "_").last ?? ""
        if let id = ID<Payment>(hex: tail) {
            let entries = try await host.bank.entries(of: id)
            let payment = try await host.gateway.store.read { try $0.payment(id) }
            if payment != nil || !entries.isEmpty { return entries }
        }
        guard let id = ID<Order>(hex: tail), let order = try await host.gateway.store.read({ try $0.order(id) }) else {
            throw Fault.notFound("there is no payment \(name)")
        }
        guard let attempt = order.payment else { return [] }
        return try await host.bank.entries(of: attempt)
    }

    private func write(_ transfer: StatementBook.Entry, _ json: inout JSONWriter) {
        write("credit", transfer.name, transfer.amount, transfer.isApproved, transfer.code, transfer.at, &json)
    }

    private func write(_ entry: SandboxBank.Entry, _ json: inout JSONWriter) {
        write(entry.kind.rawValue, entry.reference, entry.amount, entry.isApproved, entry.code, entry.at, &json)
    }

    private func write(
        _ kind: String, _ reference: String, _ amount: Money, _ isApproved: Bool, _ code: String, _ at: Instant,
        _ json: inout JSONWriter
    ) {
        json.member("kind", kind)
        json.member("reference", reference)
        json.member("amount", amount.text(decimals: amount.currency.exponent))
        json.member("currency", amount.currency.rawValue)
        json.member("result", isApproved ? "approved" : "declined")
        json.member("code", code)
        json.member("at", at.iso8601)
    }
}
