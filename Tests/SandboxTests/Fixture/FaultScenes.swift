import APISupport
import Payments

/// The scenes of cards and QR codes.
extension FaultScene {
    static let all = cards + codes + wallets + banks

    private static let cards = [
        FaultScene(
            rail: "card", operation: "authorize", name: "a charge", fine: "Authorized",
            outcomes: ["decline": "Declined 05", "timeout": "Reversed 500", "unavailable": "Declined 91"],
            act: { sandbox, _ in try await sandbox.outcome() }),
        FaultScene(
            rail: "card", operation: "void", name: "a void", fine: "200 voided",
            outcomes: ["decline": "200 authorized", "timeout": "200 voided", "unavailable": "200 authorized"],
            prepare: { sandbox, _ in try await sandbox.charge().id },
            act: { sandbox, id in try await sandbox.status("/card/v2/charge/\(id)/void", "{\"reason\":\"r\"}") },
            look: { sandbox, id in try await sandbox.state(id) }),
        FaultScene(
            rail: "card", operation: "capture", name: "a settlement by hand", fine: "200 captured",
            outcomes: ["decline": "200 authorized", "timeout": "200 captured", "unavailable": "200 authorized"],
            prepare: { sandbox, _ in try await sandbox.charge().id },
            act: { sandbox, id in
                try await sandbox.status("/card/v2/charge/\(id)/settle", "{\"amount\":200.50,\"type\":\"full\"}")
            },
            look: { sandbox, id in try await sandbox.state(id) }),
        FaultScene(
            rail: "card", operation: "refund", name: "a refund", fine: "200 sent",
            outcomes: ["decline": "200 refused", "timeout": "200 sent", "unavailable": "200 refused"],
            prepare: { sandbox, _ in
                let charge = try await sandbox.charge()
                try await sandbox.advance(seconds: 86_400)
                return charge.id
            },
            act: { sandbox, id in
                try await sandbox.status("/card/v2/charge/\(id)/refund", "{\"amount\":10,\"reason\":\"r\"}")
            },
            look: { sandbox, id in try await sandbox.refund(of: id) }),
        FaultScene(
            rail: "card", operation: "reverse", name: "the reversal of a charge that got no answer",
            fine: "Reversed 500",
            outcomes: ["decline": "Initialize 500", "timeout": "Initialize 500", "unavailable": "Initialize 500"],
            act: { sandbox, _ in
                try await sandbox.charge("4024007121398514").show("transaction_state", "failure_code")
            }),
    ]

    private static let codes = [
        FaultScene(
            rail: "qr", operation: "present", name: "a QR is made", fine: "presented",
            outcomes: ["decline": "declined", "timeout": "presenting", "unavailable": "declined"],
            calls: ["timeout": 2], prepare: { sandbox, number in try await sandbox.qrOrder(number) },
            act: { sandbox, id in
                try await sandbox.state(try await sandbox.post("/qr/v2/qr", "{\"order_id\":\"\(id)\"}").id)
            }),
        FaultScene(
            rail: "qr", operation: "authorize", name: "a QR is scanned and paid", fine: "200 authorized",
            outcomes: [
                "decline": "409 declined", "timeout": "200 presented", "unavailable": "409 presented",
                "duplicate_notice": "200 authorized", "late_notice": "200 presented",
            ],
            prepare: { sandbox, number in try await sandbox.qr(number) },
            act: { sandbox, id in try await sandbox.pay(id) },
            look: { sandbox, id in try await sandbox.state(id) }),
        FaultScene(
            rail: "qr", operation: "cancel", name: "a QR is taken back", fine: "200 cancelled",
            outcomes: ["decline": "200 presented", "timeout": "200 cancelled", "unavailable": "200 presented"],
            prepare: { sandbox, number in try await sandbox.qr(number) },
            act: { sandbox, id in try await sandbox.status("/qr/v2/qr/\(sandbox.qrID(id))/cancel", "") },
            look: { sandbox, id in try await sandbox.state(id) }),
        FaultScene(
            rail: "qr", operation: "void", name: "a paid QR is voided", fine: "200 voided",
            outcomes: ["decline": "200 authorized", "timeout": "200 voided", "unavailable": "200 authorized"],
            prepare: { sandbox, number in
                let id = try await sandbox.qr(number)
                _ = try await sandbox.pay(id)
                return id
            },
            act: { sandbox, id in try await sandbox.status("/qr/v2/qr/\(id)/void", "") },
            look: { sandbox, id in try await sandbox.state(id) }),
        FaultScene(
            rail: "qr", operation: "authorize", name: "a deposit is paid by its QR", fine: "200 settled, 1 line",
            outcomes: arrivals(paid: "settled, 1 line", unpaid: "presented, 0 line"),
            prepare: { sandbox, number in try await sandbox.deposit(10_000 + Int64(number)).id.hex },
            act: { sandbox, id in try await sandbox.pay(id) },
            look: { sandbox, id in try await sandbox.depositState(id) }),
        FaultScene(
            rail: "qr", operation: "authorize", name: "money is paid into an account by its QR",
            fine: "200 1 line", outcomes: arrivals(paid: "1 line", unpaid: "0 line"),
            act: { sandbox, number in try await sandbox.payIntoAccount(number) },
            look: { sandbox, number in try await sandbox.lines("\(number).00") }),
    ]
}
