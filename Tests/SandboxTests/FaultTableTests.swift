import APISupport
import Gateway
import HTTPTypes
import Rails
import Testing

@testable import mekong

/// Every combination of `POST /sandbox/faults` is refused, or does what it says exactly as often as it says.
@Suite struct FaultTableTests {
    private static let rails = ["card", "qr", "bank", "redirect"]
    private static let faults = ["timeout", "decline", "duplicate_notice", "late_notice", "unavailable"]
    private static let operations = [
        "authorize", "void", "capture", "refund", "payout", "reverse", "present", "cancel", "dance", "",
    ]

    private static func body(_ rail: String, _ fault: String, _ operation: String?, count: Int = 1) -> String {
        let member = operation.map { ",\"operation\":\"\($0)\"" } ?? ""
        return "{\"rail\":\"\(rail)\",\"fault\":\"\(fault)\"\(member),\"count\":\(count)}"
    }

    /// Whether some scene shows what the combination does.
    private static func isShown(_ rail: String, _ fault: String, _ operation: String?) -> Bool {
        FaultScene.all.contains { scene in
            scene.rail == rail && scene.outcomes[fault] != nil && (operation == nil || operation == scene.operation)
        }
    }

    @Test(arguments: rails, faults)
    func `a combination is taken where there is a call that meets it, and else refused with one that there is`(
        rail: String, fault: String
    ) async throws {
        try await withSandbox { sandbox in
            for operation in Self.operations.map(Optional.some) + [nil] {
                let answer = try await sandbox.ask(.post, "/faults", Self.body(rail, fault, operation, count: 7))
                let orders = try await sandbox.host.faults.orders()
                if Self.isShown(rail, fault, operation) {
                    #expect(answer.status == 200, "\(operation ?? "-"): \(answer.text)")
                    #expect(orders.map { "\($0.rail) \($0.kind.rawValue) \($0.count)" } == ["\(rail) \(fault) 7"])
                    #expect(orders.map { $0.operation?.rawValue } == [operation])
                } else {
                    #expect(answer.status == 422 && orders.isEmpty, "\(operation ?? "-"): \(answer.text)")
                    try Self.expectAdvice(answer.show("error"), rail, fault)
                }
                try await sandbox.control(.delete, "/faults")
                #expect(try await sandbox.host.faults.orders().isEmpty)
            }
        }
    }

    /// Whether everything that the reason names would have been taken.
    private static func expectAdvice(_ reason: String, _ rail: String, _ fault: String) throws {
        let found = try #require(reason.firstMatch(of: /(operation|fault) must be one of ([a-z_, ]+?)(?: for |$)/))
        let names = found.2.split(separator: ", ").map(String.init)
        #expect(!names.isEmpty)
        for name in names {
            let isTaken = found.1 == "fault" ? isShown(rail, name, nil) : isShown(rail, fault, name)
            #expect(isTaken, "\(reason)")
        }
    }

    private static let cases = FaultScene.all.flatMap { scene in
        scene.outcomes.keys.sorted().map { (scene, $0) }
    }

    /// Two are ordered of the operation and one of whichever comes next; a reversal must be named.
    @Test(arguments: cases)
    func `a fault is met as often as it was ordered, and then no more`(scene: FaultScene, fault: String) async throws {
        try await withSandbox { sandbox in
            var subjects: [String] = []
            for number in 1...4 { subjects.append(try await scene.prepare(sandbox, number)) }
            let named = Self.body(scene.rail, fault, scene.operation, count: 2)
            try await sandbox.control(.post, "/faults", named)
            let any = scene.operation == "reverse" ? scene.operation : nil
            try await sandbox.control(.post, "/faults", Self.body(scene.rail, fault, any))
            var left = 3
            for subject in subjects {
                let calls = scene.calls[fault] ?? 1
                let expected = left >= calls ? scene.outcomes[fault] : scene.fine
                let outcome = try await scene.outcome(of: subject, in: sandbox)
                #expect(outcome == expected, "\(left) left")
                left -= min(left, calls)
                #expect(try await sandbox.host.faults.orders().reduce(0) { $0 + $1.count } == left)
            }
            if fault == "late_notice" || fault == "duplicate_notice" {
                try await sandbox.advance(seconds: 120)
                for subject in subjects {
                    let state = try await scene.look(sandbox, subject)
                    #expect(scene.fine.hasSuffix(state), "\(state)")
                }
            }
            // Whatever has happened, the books are right once it is over.
            try await sandbox.advance(seconds: 7_200)
            _ = try await Auditor().verify(sandbox.host.gateway.store)
        }
    }

    @Test func `a fault of one rail is met by no other`() async throws {
        try await withSandbox { sandbox in
            let order = try await sandbox.qrOrder(1)
            for rail in Self.rails { try await sandbox.control(.post, "/faults", Self.body(rail, "decline", nil)) }
            let calls: [(String, FaultScene.Act)] = [
                ("card", { sandbox, _ in try await sandbox.outcome() }),
                ("qr", { sandbox, order in try await sandbox.status("/qr/v2/qr", "{\"order_id\":\"\(order)\"}") }),
                ("redirect", { sandbox, _ in try await sandbox.wallet("1").text }),
                (
                    "bank",
                    { sandbox, _ in try await sandbox.ask(.post, "/bank/credits", "{\"amount\":\"5\"}").text }
                ),
            ]
            var left = Set(Self.rails)
            for (rail, call) in calls {
                for _ in 0..<2 { _ = try await call(sandbox, order) }
                left.remove(rail)
                #expect(Set(try await sandbox.host.faults.orders().map(\.rail.rawValue)) == left)
            }
        }
    }
}
