import Crypto
import Foundation
import Synchronization
import TestSupport
import WireKit

/// The demo merchant's till: a client of the KissVips API, and the simulated bank beside it.
final class BankShop: Sendable {
    private let plain: Wire
    private let repeats = Atomic(false)
    private let code: String
    private let key: String
    /// When the last request was made, as it said: hundredths of a second.
    private let last = Mutex<Int64>(0)

    init(_ sandbox: Sandbox) async throws {
        plain = sandbox.wire
        let answer = try await plain.get("/sandbox/credentials")
        guard let code = answer.json?["kissvips"]?["merchant_code"]?.stringValue,
            let key = answer.json?["kissvips"]?["api_key"]?.stringValue
        else { throw HarnessError("GET /sandbox/credentials answered \(answer)") }
        (self.code, self.key) = (code, key)
    }

    private var wire: Wire { repeats.load(ordering: .acquiring) ? plain.patient : plain }

    /// From now on it asks again where the database did not answer in time.
    func turnPatient() { repeats.store(true, ordering: .releasing) }

    /// Sends one operation, signed; the answer's `json` is what `response` holds. `members` are more members of the object, each with a comma before it.
    func call(_ operation: String, _ members: String = "") async throws -> Answer {
        var answer = try await once(operation, members)
        while repeats.load(ordering: .acquiring), answer.status == 503 { answer = try await once(operation, members) }
        return Answer(
            status: answer.status, body: answer.body, location: answer.location, json: answer.json?["response"])
    }

    private func once(_ operation: String, _ members: String) async throws -> Answer {
        // Every request has a time of its own, a minute ahead of the two that are taken: it is fresh for three minutes.
        let hundredths = last.withLock { last in
            last = max(last + 1, Int64(Date().timeIntervalSince1970 * 100) + 6_000)
            return last
        }
        let time = "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
        let signature = Hex.encode(Insecure.MD5.hash(data: Array((time + key).utf8)))
        return try await plain.post(
            "/api/\(operation)",
            #"{"merchant_code": "\#(code)", "time": "\#(time)", "signature": "\#(signature)"\#(members)}"#)
    }

    /// A QR code for so many baht; its uuid.
    func invite(_ baht: Int, ref: String, callback: String) async throws -> Answer {
        try await call(
            "create_prompt_pay_qrcode", #", "amount": \#(baht), "ref": "\#(ref)", "callback_url": "\#(callback)""#)
    }

    func scan(_ uuid: String) async throws -> Answer {
        try await call("update_prompt_pay_scanned_time", #", "uuid": "\#(uuid)""#)
    }

    func redeem(_ line: Int) async throws -> Answer { try await call("redeem_deposit", #", "deposit_id": \#(line)"#) }

    func send(_ baht: Int) async throws -> Answer {
        try await call(
            "create_transfer",
            #", "to_bank_id": \#(try await bank()), "to_account_no": "9876543210", "amount": \#(baht), "remark": "crash""#
        )
    }

    func transfer(_ number: Int) async throws -> Answer {
        try await call("get_transfer_by_id", #", "transfer_id": \#(number)"#)
    }

    /// Baht to spend.
    func balance() async throws -> String {
        let answer = try await call("get_balance")
        guard let amount = answer.json?["balance"]?["amount"]?.stringValue else {
            throw HarnessError("get_balance answered \(answer)")
        }
        return amount
    }

    /// So many baht arrive on the first collection account, under a reference of the bank's.
    func credit(_ reference: String, _ baht: Int) async throws -> Answer {
        try await wire.post(
            "/sandbox/bank/credits",
            #"{"amount": "\#(baht).00", "from_bank": "014", "from_account_no": "1112223334", "reference": "\#(reference)"}"#
        )
    }

    private let knownBank = Mutex<Int64?>(nil)

    /// A bank to which money can be sent.
    private func bank() async throws -> Int64 {
        if let known = knownBank.withLock({ $0 }) { return known }
        let answer = try await call("get_bank_config")
        let active = answer.json?["accounts"]?.arrayValue?.first { $0["status"]?.stringValue == "A" }
        guard let id = (active ?? answer.json?["accounts"]?.arrayValue?.first)?["id"]?.numberText.flatMap({ Int64($0) })
        else { throw HarnessError("get_bank_config answered \(answer)") }
        knownBank.withLock { $0 = id }
        return id
    }
}
