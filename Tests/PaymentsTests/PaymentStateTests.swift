import Payments
import Testing

@Suite struct PaymentStateTests {
    /// The table of `docs`, said a second time: state, event, next state.
    static let documented = """
        challenged      beginAuthentication  authenticating
        challenged      failAuthentication   unauthenticated
        authenticating  beginAuthentication  authenticating
        authenticating  authenticate         authorizing
        authenticating  failAuthentication   unauthenticated
        authorizing     approve              authorized
        authorizing     decline              declined
        authorizing     loseTrack            reversing
        reversing       acknowledgeReversal  reversed
        authorized      requestVoid          voiding
        authorized      requestCapture       capturing
        voiding         confirmVoid          voided
        voiding         refuseVoid           authorized
        capturing       confirmCapture       captured
        capturing       refuseCapture        authorized
        captured        settle               settled
        presenting      present              presented
        presenting      decline              declined
        presenting      requestCancel        cancelling
        presented       approve              authorized
        presented       decline              declined
        presented       requestCancel        cancelling
        presented       receive              settled
        presented       lapse                cancelled
        cancelled       receiveLate          settled
        cancelling      confirmCancel        cancelled
        cancelling      refuseCancel         presented
        cancelling      approve              authorized
        cancelling      decline              declined
        """

    /// State and event to next state.
    static let table = Dictionary(
        uniqueKeysWithValues: documented.split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            return ([words[0], words[1]], words[2])
        })

    @Test(arguments: PaymentState.allCases, PaymentEventKind.allCases)
    func `a state changes by the documented events and no other`(state: PaymentState, event: PaymentEventKind) {
        #expect(state.after(event)?.rawValue == Self.table[[state.rawValue, event.rawValue]])
    }

    @Test func `the printed table has each row once and nothing more`() {
        let printed = PaymentState.transitions.map { [$0.from.rawValue, $0.event.rawValue, $0.to.rawValue] }
        #expect(Set(printed).count == printed.count)
        #expect(Set(printed) == Set(Self.table.map { $0.key + [$0.value] }))
    }

    @Test func `nothing leads out of a state in which all is over`() {
        let ends = PaymentState.allCases.filter { state in
            PaymentEventKind.allCases.allSatisfy { state.after($0) == nil }
        }
        #expect(Set(ends) == [.unauthenticated, .declined, .reversed, .voided, .settled])
    }

    @Test func `what was cancelled is over, but for a deposit's money that a person finds`() {
        let events = PaymentEventKind.allCases.filter { PaymentState.cancelled.after($0) != nil }
        #expect(events == [.receiveLate])
    }

    @Test func `every state can be reached from a start`() {
        var reached: Set<PaymentState> = [.challenged, .presenting]
        for _ in PaymentState.allCases {
            for row in PaymentState.transitions where reached.contains(row.from) { reached.insert(row.to) }
        }
        #expect(reached == Set(PaymentState.allCases))
    }

    @Test func `an outcome is open while the acquirer has it, and only then`() {
        let unresolved: [PaymentState] = [.authorizing, .reversing, .voiding, .capturing, .presenting, .cancelling]
        #expect(PaymentState.allCases.filter(\.isUnresolved) == unresolved)
        #expect(PaymentState.allCases.filter(\.awaitsPayer) == [.challenged, .authenticating])
    }
}
