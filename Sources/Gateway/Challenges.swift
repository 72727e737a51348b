import Payments
import Rails
import Store

/// A challenged payment as its page sees it.
public struct ChallengeView: Sendable {
    public let payment: Payment
    public let merchant: Merchant
    /// What the dialect asked to get back.
    public let returnValue: [UInt8]
}

/// What a payer does on the page that asks them to prove who they are.
extension Gateway {
    /// The challenge behind a page's secret. Throws `GatewayFault.challengeOver` where there is none.
    public func challenge(_ secret: Secret<String>) async throws -> ChallengeView {
        try await load(secret).view
    }

    /// The payer asks for a one-time code.
    public func beginAuthentication(_ secret: Secret<String>) async throws -> ChallengeView {
        try await act(secret) { loaded in
            let step = try loaded.view.payment.authenticationBegun(challengeExpires: loaded.challenge.expires)
            try await commit(changes(for: step))
            return step.payment
        }
    }

    /// The payer typed in the code: right, and the authorisation goes out; wrong, and the payment has failed.
    public func submitCode(_ code: Secret<String>, _ secret: Secret<String>) async throws -> ChallengeView {
        try await act(secret) { loaded in
            let payment = loaded.view.payment
            guard payment.state == .authenticating else { return payment }
            switch await rails.authenticator.verify(code, for: payment) {
            case .approved(let proof): return try await authorize(loaded, proof)
            case .declined(let code): return try await fail(loaded, code: code)
            // The page stays as it is: the payer may try again.
            case .unknown: return payment
            }
        }
    }

    /// The payer gives up.
    public func cancelChallenge(_ secret: Secret<String>) async throws -> ChallengeView {
        try await act(secret) { try await fail($0, code: cancelledByCustomerCode) }
    }

    private struct Loaded {
        let view: ChallengeView
        let challenge: Challenge
        let text: TokenText
    }

    private func load(_ secret: Secret<String>) async throws -> Loaded {
        guard let text = TokenText(secret.expose()) else { throw GatewayFault.challengeOver }
        let key = tokenKey(text)
        let found = try await read { reader in
            try reader.challenge(key).map { ($0, try reader.payment($0.payment)) }
        }
        guard let (challenge, payment) = found, let payment, let merchant = directory.merchant(payment.merchant),
            let returnValue = try? vault.open(challenge.sealedReturn, under: text.hex, for: "return")
        else { throw GatewayFault.challengeOver }
        return Loaded(
            view: ChallengeView(payment: payment, merchant: merchant, returnValue: returnValue),
            challenge: challenge, text: text)
    }

    /// Does something to a payment that still waits for its payer; shows it as it is where it does not.
    private func act(
        _ secret: Secret<String>, _ body: (Loaded) async throws -> Payment
    ) async throws -> ChallengeView {
        let payment = try await retrying {
            let loaded = try await load(secret)
            guard loaded.view.payment.state.awaitsPayer else { return loaded.view.payment }
            if loaded.challenge.expires <= clock.now() { return try await fail(loaded, code: tooLateCode) }
            return try await body(loaded)
        }
        let view = try await load(secret).view
        return ChallengeView(payment: payment, merchant: view.merchant, returnValue: view.returnValue)
    }

    private func authorize(_ loaded: Loaded, _ proof: Authentication) async throws -> Payment {
        let challenge = loaded.challenge
        guard let sealed = challenge.sealedCard else { throw GatewayFault.cardUnreadable }
        let code = try challenge.sealedCode.map {
            Secret(String(decoding: try vault.open($0, under: loaded.text.hex, for: "code"), as: UTF8.self))
        }
        let card = try vault.open(sealed, expiry: challenge.expiry, code: code)
        let step = try loaded.view.payment.authenticated(proof, at: clock.now())
        return try await inHand.holding(.payment(step.payment.id)) {
            var changes = changes(for: step)
            changes.add(.wipeChallenge(key: challenge.key))
            try await commit(changes)
            return try await authorize(step.payment, card, answering: nil)
        }
    }

    private func fail(_ loaded: Loaded, code: String) async throws -> Payment {
        let step = try loaded.view.payment.authenticationFailed(code: code)
        var changes = changes(for: step)
        changes.add(.wipeChallenge(key: loaded.challenge.key))
        try await commit(changes)
        return step.payment
    }
}
