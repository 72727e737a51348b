import APISupport
import HTTPTypes
import Testing
import WireKit

/// `POST /sandbox/faults` and `DELETE /sandbox/faults`.
@Suite struct FaultTests {
    @Test func `a fault is for the next call alone unless it says for how many`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.order("decline", "\"code\":\"91\"")
            #expect(try await sandbox.outcome() == "Declined 91")
            #expect(try await sandbox.outcome() == "Authorized")
            try await sandbox.order("decline", "\"code\":\"91\"", "\"count\":3", "\"operation\":\"authorize\"")
            for outcome in ["Declined 91", "Declined 91", "Declined 91", "Authorized"] {
                #expect(try await sandbox.outcome() == outcome)
            }
        }
    }

    @Test func `faults are used up in the order in which they were ordered`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.order("decline", "\"code\":\"01\"")
            try await sandbox.order("timeout")
            try await sandbox.order("unavailable", "\"operation\":null")
            for outcome in ["Declined 01", "Reversed 500", "Declined 91", "Authorized"] {
                #expect(try await sandbox.outcome() == outcome)
            }
        }
    }

    @Test func `a decline without a code has one`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.order("decline")
            let outcome = try await sandbox.outcome()
            #expect(outcome.wholeMatch(of: /Declined [0-9A-Z]{2}/) != nil)
        }
    }

    @Test func `a fault of one operation leaves the others alone`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.order("decline", "\"operation\":\"void\"", "\"code\":\"40\"")
            let charge = try await sandbox.charge()
            #expect(charge.show("transaction_state") == "Authorized")
            #expect(try await sandbox.void(charge).show("transaction_state", "failure_code") == "Authorized 40")
            #expect(try await sandbox.void(charge).show("transaction_state") == "Voided")
        }
    }

    @Test func `DELETE clears what was ordered`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.order("decline", "\"count\":10")
            #expect(try await sandbox.outcome() == "Declined 05")
            try await sandbox.control(.delete, "/faults")
            #expect(try await sandbox.outcome() == "Authorized")
            try await sandbox.control(.delete, "/faults")
        }
    }

    @Test func `an ordered decline comes before what the card itself would say`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.order("decline", "\"code\":\"91\"")
            #expect(try await sandbox.outcome("5596886582263266") == "Declined 91")
            #expect(try await sandbox.outcome("5596886582263266") == "Declined 05")
        }
    }

    @Test(arguments: [
        "", "[]", "{}", "{\"rail\":\"card\"}", "{\"fault\":\"decline\"}", "{\"rail\":\"cards\",\"fault\":\"decline\"}",
        "{\"rail\":5,\"fault\":\"decline\"}", "{\"rail\":\"card\",\"fault\":\"explode\"}",
        "{\"rail\":\"card\",\"fault\":null}",
        "{\"rail\":\"card\",\"fault\":\"decline\",\"operation\":\"dance\"}",
        "{\"rail\":\"card\",\"fault\":\"decline\",\"operation\":5}",
        "{\"rail\":\"card\",\"fault\":\"decline\",\"count\":0}",
        "{\"rail\":\"card\",\"fault\":\"decline\",\"count\":-1}",
        "{\"rail\":\"card\",\"fault\":\"decline\",\"count\":1.5}",
        "{\"rail\":\"card\",\"fault\":\"decline\",\"count\":\"2\"}",
        "{\"rail\":\"card\",\"fault\":\"decline\",\"code\":5}",
        "{\"rail\":\"card\",\"fault\":\"decline\",\"code\":\"\"}",
        "{\"rail\":\"card\",\"fault\":\"decline\",\"code\":[]}",
    ])
    func `what makes no sense is 422 and orders nothing`(body: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.ask(.post, "/faults", body)
            #expect(answer.status == 422 && answer["error"]?.stringValue?.isEmpty == false, "\(answer.text)")
            #expect(try await sandbox.outcome() == "Authorized")
        }
    }

    /// The contract: every failure code of the document, and OBVAL for refunds. 00 is an approval.
    @Test(arguments: ["00", "ZZ", "0", "005", "banana", "obval"])
    func `a code that the document does not have makes no sense`(code: String) async throws {
        try await withSandbox { sandbox in
            let body = "{\"rail\":\"card\",\"fault\":\"decline\",\"code\":\"\(code)\"}"
            let answer = try await sandbox.ask(.post, "/faults", body)
            #expect(answer.status == 422)
        }
    }

    @Test(arguments: ["{\"fault\":\"decline\"}", "{\"rail\":\"cards\",\"fault\":\"decline\"}"])
    func `who names no rail is told all four`(body: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.ask(.post, "/faults", body)
            #expect(answer.status == 422)
            #expect(answer.show("error") == "rail must be one of card, qr, redirect, bank")
        }
    }

    @Test(arguments: [
        ("bank", "zz"), ("bank", ""), ("bank", "EMIU"), ("redirect", "zz"), ("redirect", "EMIU"), ("qr", "zz"),
        ("qr", "05"),
    ])
    func `every rail has the codes of its table alone`(rail: String, code: String) async throws {
        try await withSandbox { sandbox in
            let body = "{\"rail\":\"\(rail)\",\"fault\":\"decline\",\"code\":\"\(code)\"}"
            #expect(try await sandbox.ask(.post, "/faults", body).status == 422)
            let known = rail == "qr" ? "EMIU" : "91"
            try await sandbox.control(
                .post, "/faults", "{\"rail\":\"\(rail)\",\"fault\":\"decline\",\"code\":\"\(known)\"}")
        }
    }
}
