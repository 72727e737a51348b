import Checkout
import Payments
import WireKit

/// What a payer has typed in to sign in to their bank. It goes to the bank and nowhere else.
struct SignInEntry {
    let userName: Secret<String>
    let password: Secret<String>
    let problems: [BankPage.Problem]

    init(_ form: FormFields) {
        let name = form["username"] ?? ""
        let word = form["password"] ?? ""
        userName = Secret(name)
        password = Secret(word)
        var problems: [BankPage.Problem] = []
        if name.isBlank { problems.append(.usernameMissing) }
        if name.utf16.count > BankPage.longest.userName { problems.append(.usernameTooLong) }
        if word.isEmpty { problems.append(.passwordMissing) }
        if word.utf16.count > BankPage.longest.password { problems.append(.passwordTooLong) }
        self.problems = problems
    }

    /// The user name as the form shows it again.
    var shownUserName: String { String(userName.expose().prefix(BankPage.longest.userName)) }
}

/// A one-time code that a payer has typed in, without the spaces that phones put into it.
struct CodeEntry {
    let code: Secret<String>
    let problem: BankPage.Problem?

    init(_ text: String?) {
        let digits = (text ?? "").filter { !$0.isWhitespace }
        code = Secret(digits)
        problem = digits.isEmpty ? .codeMissing : digits.utf16.count > BankPage.longest.code ? .codeTooLong : nil
    }
}

extension String {
    fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
