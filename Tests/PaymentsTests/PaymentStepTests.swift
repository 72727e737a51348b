import Money
import Payments
import Testing

/// One decision about a payment, as a table row.
struct Step: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: PaymentEventKind
    let event: PaymentEvent
    /// When the payment next falls due, from the decision's instant.
    let due: Due
    let take: @Sendable (Payment) throws(PaymentFault) -> PaymentStep

    enum Due { case never, inAMinute, atMidnight, atExpiry }

    var testDescription: String { name }

    static let now = noon.adding(seconds: 30)
    static let expiry = noon.adding(seconds: 900)

    static let all: [Step] = [
        Step(name: "begin", kind: .beginAuthentication, event: .authenticating, due: .atExpiry) {
            payment throws(PaymentFault) in try payment.authenticationBegun(challengeExpires: expiry)
        },
        Step(name: "authenticate", kind: .authenticate, event: .authorizing, due: .inAMinute) {
            payment throws(PaymentFault) in try payment.authenticated(proof, at: now)
        },
        Step(name: "fail", kind: .failAuthentication, event: .authenticationFailed, due: .never) {
            payment throws(PaymentFault) in try payment.authenticationFailed(code: "50")
        },
        Step(name: "approve", kind: .approve, event: .authorized, due: .atMidnight) {
            payment throws(PaymentFault) in try payment.approved(code: "123456", at: now)
        },
        Step(name: "pay", kind: .approve, event: .authorized, due: .atMidnight) {
            payment throws(PaymentFault) in
            try payment.paid(code: "123456", through: "scb", at: nil, heardAt: now)
        },
        Step(name: "decline", kind: .decline, event: .declined, due: .never) {
            payment throws(PaymentFault) in try payment.declined(code: "05")
        },
        Step(name: "lose track", kind: .loseTrack, event: .reversing, due: .inAMinute) {
            payment throws(PaymentFault) in try payment.lostTrack(code: "500", at: now)
        },
        Step(name: "acknowledge", kind: .acknowledgeReversal, event: .reversed, due: .never) {
            payment throws(PaymentFault) in try payment.reversalAcknowledged()
        },
        Step(name: "request void", kind: .requestVoid, event: .voiding, due: .inAMinute) {
            payment throws(PaymentFault) in try payment.voidRequested(at: now)
        },
        Step(name: "confirm void", kind: .confirmVoid, event: .voided, due: .never) {
            payment throws(PaymentFault) in try payment.voidConfirmed()
        },
        Step(name: "refuse void", kind: .refuseVoid, event: .voidRefused, due: .atMidnight) {
            payment throws(PaymentFault) in try payment.voidRefused(at: now)
        },
        Step(name: "request capture", kind: .requestCapture, event: .capturing, due: .inAMinute) {
            payment throws(PaymentFault) in try payment.captureRequested(payment.amount, at: now)
        },
        Step(name: "confirm capture", kind: .confirmCapture, event: .captured, due: .atMidnight) {
            payment throws(PaymentFault) in try payment.captureConfirmed()
        },
        Step(name: "refuse capture", kind: .refuseCapture, event: .captureRefused, due: .atMidnight) {
            payment throws(PaymentFault) in try payment.captureRefused(at: now)
        },
        Step(name: "present", kind: .present, event: .presented, due: .inAMinute) {
            payment throws(PaymentFault) in try payment.presented(as: "000201", at: now)
        },
        Step(name: "request cancellation", kind: .requestCancel, event: .cancelling, due: .inAMinute) {
            payment throws(PaymentFault) in try payment.cancellationRequested(code: "cancelled", at: now)
        },
        Step(name: "confirm cancellation", kind: .confirmCancel, event: .cancelled, due: .never) {
            payment throws(PaymentFault) in try payment.cancellationConfirmed()
        },
        Step(name: "refuse cancellation", kind: .refuseCancel, event: .cancelRefused, due: .inAMinute) {
            payment throws(PaymentFault) in try payment.cancellationRefused(at: now)
        },
        Step(name: "settle", kind: .settle, event: .settled, due: .never) {
            payment throws(PaymentFault) in try payment.settled(fees: sampleFees, rate: .one)
        },
    ]
}

@Suite struct PaymentStepTests {
    @Test(arguments: PaymentState.allCases, Step.all)
    func `a step is taken in its states and refused in all others`(state: PaymentState, step: Step) throws {
        let payment = try payment(state)
        guard let next = state.after(step.kind) else {
            #expect(throws: PaymentFault.wrongState(state)) { try step.take(payment) }
            return
        }
        let taken = try step.take(payment)
        #expect(taken.payment.state == next)
        #expect(taken.payment.version == payment.version + 1)
        #expect(taken.event == step.event)
    }

    @Test(arguments: Step.all)
    func `a step says when the payment next needs attention`(step: Step) throws {
        let state = try #require(PaymentState.allCases.first { $0.after(step.kind) != nil })
        let due: Instant? =
            switch step.due {
            case .never: nil
            case .inAMinute: Step.now.adding(seconds: 60)
            case .atMidnight: Step.now.nextBangkokMidnight
            case .atExpiry: Step.expiry
            }
        #expect(try step.take(payment(state)).due == due)
    }

    @Test func `every event of the table has a step`() {
        // Those of deposits alone are tried in DepositStepTests and AssignmentTests.
        let others = Set(PaymentEventKind.allCases).subtracting([.receive, .receiveLate, .lapse])
        #expect(Set(Step.all.map(\.kind)) == others)
    }

    @Test func `a step changes nothing but what it is about`() throws {
        let before = try payment(.authorizing)
        let after = try before.approved(code: "123456", at: noon).payment
        #expect(after.approvalCode == "123456")
        #expect(after.id == before.id && after.amount == before.amount && after.method == before.method)
        #expect(after.failureCode == nil && after.captured == nil && after.settlement == nil)
    }

    @Test func `what went wrong is kept as a code`() throws {
        #expect(try payment(.authorizing).declined(code: "51").payment.failureCode == "51")
        #expect(try payment(.authenticating).authenticationFailed(code: "17").payment.failureCode == "17")
        let lost = try payment(.authorizing).lostTrack(code: "500", at: noon).payment
        #expect(lost.failureCode == "500")
        #expect(try lost.reversalAcknowledged().payment.failureCode == "500")
    }

    @Test func `a new payment falls due after a minute, a challenged one when its challenge ends`() throws {
        let open = try payment(.authorizing).started(challengeExpires: nil)
        #expect(open.due == noon.adding(seconds: unresolvedRetrySeconds) && open.event == .created)
        let asked = try payment(.challenged).started(challengeExpires: noon.adding(seconds: 900))
        #expect(asked.due == noon.adding(seconds: 900) && asked.event == .challenged)
    }
}
