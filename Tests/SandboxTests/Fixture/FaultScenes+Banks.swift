import APISupport
import HTTPTypes

/// The scenes of wallets' pages and of banks.
extension FaultScene {
    static let wallets = [
        FaultScene(
            rail: "redirect", operation: "present", name: "a wallet's page is made", fine: "presented",
            outcomes: ["decline": "declined", "timeout": "presenting", "unavailable": "declined"],
            calls: ["timeout": 2],
            act: { sandbox, number in try await sandbox.state(try await sandbox.wallet(number).id) }),
        FaultScene(
            rail: "redirect", operation: "authorize", name: "the payer pays on a wallet's page", fine: "303 authorized",
            outcomes: [
                "decline": "303 declined", "timeout": "303 presented", "unavailable": "200 presented",
                "duplicate_notice": "303 authorized", "late_notice": "303 presented",
            ],
            prepare: { sandbox, number in try await sandbox.wallet("\(number)").id },
            act: { sandbox, id in try await sandbox.payOnPage(id) },
            look: { sandbox, id in try await sandbox.state(id) }),
        FaultScene(
            rail: "redirect", operation: "void", name: "what was paid on a page is voided", fine: "200 voided",
            outcomes: ["decline": "200 authorized", "timeout": "200 voided", "unavailable": "200 authorized"],
            prepare: { sandbox, number in
                let id = try await sandbox.wallet("\(number)").id
                _ = try await sandbox.payOnPage(id)
                return id
            },
            act: { sandbox, id in try await sandbox.status("/card/v2/charge/\(id)/void", "{\"reason\":\"r\"}") },
            look: { sandbox, id in try await sandbox.state(id) }),
        FaultScene(
            rail: "redirect", operation: "cancel", name: "a wallet's page is taken back", fine: "done cancelled",
            outcomes: ["decline": "done presented", "timeout": "done cancelled", "unavailable": "done presented"],
            prepare: { sandbox, number in try await sandbox.wallet("\(number)").id },
            act: { sandbox, id in try await sandbox.takeBack(id) },
            look: { sandbox, id in try await sandbox.state(id) }),
    ]

    static let banks = [
        FaultScene(
            rail: "bank", operation: "authorize", name: "a transfer arrives", fine: "200 1 line",
            outcomes: arrivals(paid: "1 line", unpaid: "0 line"),
            act: { sandbox, number in
                let credit = "{\"amount\":\"\(number)\",\"reference\":\"R\(number)\"}"
                return "\(try await sandbox.ask(.post, "/bank/credits", credit).status)"
            },
            look: { sandbox, number in try await sandbox.lines("\(number).00") }),
        FaultScene(
            rail: "bank", operation: "authorize", name: "a payer signs in", fine: "done awaitingFirstCode",
            outcomes: [
                "decline": "done failed", "timeout": "done awaitingFirstCode", "unavailable": "done awaitingSignIn",
            ],
            // After the sign-in the transfer is ordered.
            calls: ["timeout": 2], prepare: { sandbox, number in try await sandbox.session(number) },
            act: { sandbox, token in try await sandbox.signIn(token) },
            look: { sandbox, token in try await sandbox.sessionState(token) }),
        FaultScene(
            rail: "bank", operation: "authorize", name: "a payer's last code", fine: "done succeeded",
            outcomes: [
                "decline": "done failed", "timeout": "done succeeded", "unavailable": "done awaitingFirstCode",
                "duplicate_notice": "done succeeded", "late_notice": "done firstCodeGiven",
            ],
            prepare: { sandbox, number in
                let token = try await sandbox.session(number)
                _ = try await sandbox.signIn(token)
                return token
            },
            act: { sandbox, token in try await sandbox.confirm(token) },
            look: { sandbox, token in try await sandbox.sessionState(token) }),
        FaultScene(
            rail: "bank", operation: "payout", name: "a payout that ends by itself", fine: "done succeeded",
            outcomes: [
                "decline": "done failed", "timeout": "done succeeded", "unavailable": "done succeeded",
                "duplicate_notice": "done succeeded", "late_notice": "done queued",
            ],
            calls: ["unavailable": 3], prepare: { sandbox, number in try await sandbox.funded(number) },
            act: { sandbox, number in try await sandbox.payOut(number) },
            look: { sandbox, number in try await sandbox.payoutState(number) }),
        FaultScene(
            rail: "bank", operation: "payout", name: "a payout that is ended", fine: "200 failed",
            outcomes: ["duplicate_notice": "200 failed", "late_notice": "200 queued"],
            prepare: { sandbox, number in try await sandbox.funded(number) },
            act: { sandbox, number in try await sandbox.endPayout(number) },
            look: { sandbox, number in try await sandbox.payoutState(number) }),
    ]

    /// What comes of a payer's transfer to a collection account.
    static func arrivals(paid: String, unpaid: String) -> [String: String] {
        [
            "decline": "409 " + unpaid, "timeout": "409 " + unpaid, "unavailable": "409 " + unpaid,
            "duplicate_notice": "200 " + paid, "late_notice": "200 " + unpaid,
        ]
    }
}
