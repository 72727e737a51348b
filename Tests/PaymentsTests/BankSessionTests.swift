import Money
import Payments
import Testing

@Suite struct BankSessionTests {
    /// The table said a second time: state, event, next state.
    static let table: [[String]: String] = [
        ["created", "open"]: "awaitingSignIn", ["created", "fail"]: "failed",
        ["awaitingSignIn", "giveCredentials"]: "credentialsGiven", ["awaitingSignIn", "fail"]: "failed",
        ["awaitingSignIn", "chooseQR"]: "awaitingSignIn", ["awaitingSignIn", "succeed"]: "succeeded",
        ["credentialsGiven", "signIn"]: "signedIn", ["credentialsGiven", "refuse"]: "awaitingSignIn",
        ["credentialsGiven", "fail"]: "failed",
        ["signedIn", "askFirstCode"]: "awaitingFirstCode", ["signedIn", "refuse"]: "awaitingSignIn",
        ["signedIn", "succeed"]: "succeeded", ["signedIn", "fail"]: "failed",
        ["awaitingFirstCode", "giveFirstCode"]: "firstCodeGiven", ["awaitingFirstCode", "succeed"]: "succeeded",
        ["awaitingFirstCode", "fail"]: "failed",
        ["firstCodeGiven", "refuse"]: "awaitingFirstCode", ["firstCodeGiven", "askSecondCode"]: "awaitingSecondCode",
        ["firstCodeGiven", "succeed"]: "succeeded", ["firstCodeGiven", "fail"]: "failed",
        ["awaitingSecondCode", "giveSecondCode"]: "secondCodeGiven", ["awaitingSecondCode", "succeed"]: "succeeded",
        ["awaitingSecondCode", "fail"]: "failed",
        ["secondCodeGiven", "refuse"]: "awaitingSecondCode", ["secondCodeGiven", "succeed"]: "succeeded",
        ["secondCodeGiven", "fail"]: "failed",
    ]

    @Test(arguments: BankSessionState.allCases, BankSessionEventKind.allCases)
    func `an event leads where the table says, and nowhere else`(
        state: BankSessionState, event: BankSessionEventKind
    ) {
        #expect(state.after(event)?.rawValue == Self.table[[state.rawValue, event.rawValue]])
    }

    @Test func `a session is over where nothing more can happen to it`() {
        let ends = BankSessionState.allCases.filter { state in
            BankSessionEventKind.allCases.allSatisfy { state.after($0) == nil }
        }
        #expect(BankSessionState.allCases.filter(\.isOver) == ends)
    }

    @Test func `from every state there is a way to the end`() {
        for state in BankSessionState.allCases where !state.isOver { #expect(state.after(.fail) == .failed) }
    }

    /// What the bank's words make of a session that waits for them: everything else leaves it as it is.
    static let words: [[String]: String] = [
        ["credentialsGiven", "credentials"]: "awaitingSignIn", ["credentialsGiven", "signedIn"]: "signedIn",
        ["credentialsGiven", "first"]: "awaitingFirstCode", ["credentialsGiven", "refused"]: "failed",
        ["signedIn", "credentials"]: "awaitingSignIn", ["signedIn", "first"]: "awaitingFirstCode",
        ["signedIn", "transferred"]: "succeeded", ["signedIn", "refused"]: "failed",
        ["awaitingFirstCode", "transferred"]: "succeeded", ["awaitingFirstCode", "refused"]: "failed",
        ["firstCodeGiven", "first"]: "awaitingFirstCode", ["firstCodeGiven", "second"]: "awaitingSecondCode",
        ["firstCodeGiven", "transferred"]: "succeeded", ["firstCodeGiven", "refused"]: "failed",
        ["awaitingSecondCode", "transferred"]: "succeeded", ["awaitingSecondCode", "refused"]: "failed",
        ["secondCodeGiven", "second"]: "awaitingSecondCode", ["secondCodeGiven", "transferred"]: "succeeded",
        ["secondCodeGiven", "refused"]: "failed",
    ]

    @Test(arguments: BankSessionState.allCases, Self.allWords.map(\.name))
    func `the bank's word leads where the state allows`(state: BankSessionState, name: String) throws {
        let word = try #require(Self.allWords.first { $0.name == name }?.word)
        let session = session(state)
        let next = session.hearing(word, at: noon)
        #expect(next?.state.rawValue == Self.words[[state.rawValue, name]])
        guard let next else { return }
        #expect(next.version == session.version + 1)
        #expect((next.ended != nil) == next.state.isOver)
    }

    static let allWords: [(name: String, word: BankWord)] = [
        ("credentials", .asksCredentials(.wrongCredentials)), ("signedIn", .signedIn),
        ("first", .asksCode(.first, .wrongCode)), ("second", .asksCode(.second, nil)),
        ("transferred", .transferred(BankCredit(key: "IB1", amount: baht(100), creditedAt: noon))),
        ("refused", .refused(.insufficientFunds)), ("unknown", .unknown(reason: "no answer")),
    ]

    @Test func `why the bank asks again is kept until it asks for something else`() throws {
        let again = try #require(session(.firstCodeGiven).hearing(.asksCode(.first, .wrongCode), at: noon))
        #expect(again.problem == .wrongCode)
        let given = try again.giving(.first)
        #expect(given.problem == nil)
        #expect(given.hearing(.asksCode(.second, nil), at: noon)?.problem == nil)
        #expect(session(.signedIn).hearing(.refused(.insufficientFunds), at: noon)?.problem == .insufficientFunds)
    }

    @Test func `a bank that asks again and does not say why was not reached`() throws {
        let words: [(BankSessionState, BankWord)] = [
            (.credentialsGiven, .asksCredentials(nil)), (.signedIn, .asksCredentials(nil)),
            (.firstCodeGiven, .asksCode(.first, nil)), (.secondCodeGiven, .asksCode(.second, nil)),
        ]
        for (state, word) in words {
            #expect(session(state).hearing(word, at: noon)?.problem == .unreachable, "\(state)")
        }
        #expect(session(.signedIn).hearing(.asksCode(.first, nil), at: noon)?.problem == nil)
        let again = try #require(session(.firstCodeGiven).hearing(.asksCode(.first, nil), at: noon))
        #expect(try again.giving(.first).problem == nil)
    }

    @Test func `what a payer knew before their last try says nothing of it`() {
        #expect(BankWord.asksCode(.first, .wrongCode).beyond(.wrongCode) == .asksCode(.first, nil))
        #expect(BankWord.asksCode(.first, .wrongCode).beyond(nil) == .asksCode(.first, .wrongCode))
        #expect(BankWord.asksCredentials(.wrongCredentials).beyond(.wrongCredentials) == .asksCredentials(nil))
        #expect(BankWord.refused(.locked).beyond(.locked) == .refused(.locked))
    }

    @Test(arguments: BankSessionState.allCases)
    func `the payer does only what the page asks for`(state: BankSessionState) {
        let session = session(state)
        #expect((try? session.opened(at: noon)) == nil || state == .created)
        #expect((try? session.givingCredentials()) == nil || state == .awaitingSignIn)
        #expect((try? session.choosingQR()) == nil || state == .awaitingSignIn)
        #expect((try? session.paidByQR(at: noon)) == nil || state == .awaitingSignIn)
        #expect((try? session.giving(.first)) == nil || state == .awaitingFirstCode)
        #expect((try? session.giving(.second)) == nil || state == .awaitingSecondCode)
        #expect((try? session.failed(.expired, at: noon)) == nil || !state.isOver)
    }

    @Test func `a merchant is told of the beginning and of the end, each once`() throws {
        let created = session(.created)
        let opened = try created.opened(at: noon)
        #expect(opened.opened == noon && opened.event(after: created) == .started)
        let given = try opened.givingCredentials()
        #expect(given.event(after: opened) == nil)
        let back = try #require(given.hearing(.asksCredentials(.wrongCredentials), at: noon))
        #expect(back.event(after: given) == nil)
        #expect(try back.failed(.cancelled, at: noon).event(after: back) == .failed)
        #expect(opened.event(after: opened) == nil)
        let code = session(.firstCodeGiven)
        let paid = code.hearing(.transferred(BankCredit(key: "k", amount: baht(1), creditedAt: noon)), at: noon)
        // The deposit's own event tells of the money.
        #expect(paid?.state == .succeeded && paid?.event(after: code) == nil)
    }

    private func session(_ state: BankSessionState) -> BankSession {
        BankSession(
            payment: ID(high: 1, low: 2), version: 4, token: String(repeating: "a", count: 32), bank: "014",
            kind: .personal, state: state)
    }
}
