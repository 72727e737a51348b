import Synchronization
import TestSupport
import WireKit

/// What the clients of the bank crash test asked for and were told, written down before each request and after each
/// answer.
final class BankJournal: Sendable {
    struct State {
        /// Every credit that was sent to the bank: its amount in baht.
        var credits: [String: Int] = [:]
        /// Those of them whose answer said that they are kept.
        var kept: Set<String> = []
        /// QR codes whose money was answered as theirs.
        var paid: Set<String> = []
        /// Amounts, in baht, of codes whose lines were redeemed before their payers said that they had paid.
        var overtaken: Set<Int> = []
        var redeemed: Set<Int> = []
        /// What was redeemed, in baht.
        var redeemedAmounts: Set<Int> = []
        /// Redemptions that were asked for and not answered.
        var cutOffRedemptions = 0
        /// Numbers of transfers that were answered.
        var transfers: Set<Int> = []
        var askedTransfers = 0
        var nextLine = 1
        var nextAmount = 1_000
        var surprises: [String] = []
    }

    private let state = Mutex(State())
    /// Whether the database is a server's, which a busy machine may keep from answering in time.
    let databaseMayBeBusy: Bool

    init(databaseMayBeBusy: Bool) {
        self.databaseMayBeBusy = databaseMayBeBusy
    }

    func with<Result>(_ body: (inout sending State) -> sending Result) -> Result { state.withLock(body) }
    var now: State { state.withLock { $0 } }
}

/// One client of the bank crash test during one life of the process.
struct BankCrashWorker {
    let shop: BankShop
    let journal: BankJournal
    let name: String
    let callback: String
    let stop: StopSign
    var random: SplitMix64

    /// Goes on until the process dies, the sign is raised or an answer is unexpected. A request that is cut off throws,
    /// which leaves it in the journal as asked and not answered.
    mutating func work() async {
        for step in 0... {
            do {
                switch Int.random(in: 0..<4, using: &random) {
                case 0: try await deposit("\(name)-\(step)")
                case 1: try await send()
                default: try await redeem("\(name)-\(step)")
                }
            } catch is DatabaseBusy {
            } catch {
                return
            }
            if stop.isRaised { return }
        }
    }

    private func deposit(_ reference: String) async throws {
        let baht = nextAmount()
        let invited = try await shop.invite(baht, ref: reference, callback: callback)
        guard invited.status == 200, let uuid = invited.text("uuid") else { throw note("a QR code", invited) }
        // Half the money is there before its payer says so.
        if baht.isMultiple(of: 2) { try await credit(reference, baht) }
        let scanned = try await shop.scan(uuid)
        guard scanned.status == 200 else { throw note("a scan", scanned) }
        if !baht.isMultiple(of: 2) { try await credit(reference, baht) }
        // Whoever redeems lines may have been before the payer's word: then the code is not paid, and the line is gone.
        let code = try await shop.call("get_prompt_pay_qrcode_by_uuid", #", "uuid": "\#(uuid)""#)
        guard code.status == 200 else { throw note("code \(uuid)", code) }
        let isPaid = code.json?["prompt_pay_qrcode"]?["status"]?.stringValue == "V"
        journal.with { state in if isPaid { state.paid.insert(uuid) } else { state.overtaken.insert(baht) } }
    }

    private func credit(_ reference: String, _ baht: Int) async throws {
        journal.with { $0.credits[reference] = baht }
        let answer = try await shop.credit(reference, baht)
        guard answer.status == 200 else { throw note("credit \(reference)", answer) }
        journal.with { $0.kept.insert(reference) }
    }

    private func redeem(_ reference: String) async throws {
        try await credit(reference, nextAmount())
        let number = journal.with { state in
            defer { state.nextLine += 1 }
            state.cutOffRedemptions += 1
            return state.nextLine
        }
        let answer = try await shop.redeem(number)
        // The line may be a deposit's, or its number may have gone with a process.
        guard [200, 404, 409].contains(answer.status) else { throw note("redemption \(number)", answer) }
        let amount = answer.json?["deposit"]?["amount"]?.stringValue.flatMap { $0.split(separator: ".").first }
        journal.with { state in
            state.cutOffRedemptions -= 1
            guard answer.status == 200 else { return }
            state.redeemed.insert(number)
            if let baht = amount.flatMap({ Int($0) }) { state.redeemedAmounts.insert(baht) }
        }
    }

    private func send() async throws {
        journal.with { $0.askedTransfers += 1 }
        let answer = try await shop.send(500)
        if let number = answer.json?["transfer_id"]?.numberText.flatMap({ Int($0) }) {
            journal.with { $0.transfers.insert(number) }
        } else if !answer.body.contains("INSUFFICIENT") {
            throw note("a transfer", answer)
        }
    }

    /// No two credits are of one amount, so that none is ambiguous.
    private func nextAmount() -> Int {
        journal.with { state in
            defer { state.nextAmount += 1 }
            return state.nextAmount
        }
    }

    private func note(_ what: String, _ answer: Answer) -> any Error {
        if journal.databaseMayBeBusy, answer.status == 503 { return DatabaseBusy() }
        let words = "\(what) was answered \(answer.status) \(answer.body)"
        journal.with { $0.surprises.append(words) }
        return HarnessError(words)
    }
}
