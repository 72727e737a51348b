import Checkout
import Gateway
import Hummingbird
import Payments
import WireKit

/// `/pg?token=`: the payer signs in to their bank, types in its codes, and comes back to the shop (Appendix C).
///
/// The token in the address is all that a form goes by, so that the page of one deposit moves no other. Steps out of
/// turn, as from a second tab, change nothing and show where the deposit stands.
extension KissVipsAPI {
    func addPGPages(to router: Router<MekongContext>) {
        router.get("/pg") { request, context in
            await page(request, context, secret: "token") { visit in
                try await showPG(visit, report(visit))
            }
        }
        let steps: [(name: String, act: @Sendable (PageVisit) async throws -> Response?)] = [
            ("sign-in", { try await signIn($0) }), ("otp1", { try await confirm($0, .first) }),
            ("otp2", { try await confirm($0, .second) }),
            (
                "qr",
                { visit in
                    _ = try await gateway.payByQR(visit.secret, dialect: KissVips.id)
                    return nil
                }
            ),
            (
                "cancel",
                { visit in
                    _ = try await gateway.cancelBankSession(visit.secret, dialect: KissVips.id)
                    return nil
                }
            ),
        ]
        for step in steps {
            router.post(RouterPath("/pg/" + step.name)) { request, context in
                await page(request, context, secret: "token") { visit in
                    try await step.act(visit) ?? .seeOther(pgPath("", visit.secret))
                }
            }
            addWayBack(from: "/pg/" + step.name, secret: "token", to: { pgPath("", $0.secret) }, in: router)
        }
        router.get("/pg/status") { request, context in
            await page(request, context, secret: "token") { visit in
                var report = try await gateway.bankSession(visit.secret, dialect: KissVips.id)
                // A page that waits for the bank makes us ask it.
                if report.session.state.isUnresolved {
                    report = try await gateway.visitBankSession(visit.secret, dialect: KissVips.id)
                }
                return WaitingPage.status(
                    isWaiting: report.session.state.letter == visit.query["seen"]
                        && !report.payment.isOver(at: gateway.clock.now()),
                    secondsLeft: secondsLeft(report.payment))
            }
        }
        router.get("/pg/qr.png") { request, context in
            await page(request, context, secret: "token") { visit in
                let report = try await gateway.bankSession(visit.secret, dialect: KissVips.id)
                guard let payload = try promptPayPayload(report.payment) else { throw GatewayFault.notFound }
                return try QRImage(payload, as: .png).response()
            }
        }
    }

    /// The session of a payer who has come. For a look at the page's head it is as it would be, and nothing is stored.
    private func report(_ visit: PageVisit) async throws -> BankSessionReport {
        guard visit.isLook else { return try await gateway.visitBankSession(visit.secret, dialect: KissVips.id) }
        let report = try await gateway.bankSession(visit.secret, dialect: KissVips.id)
        let opened = try? report.session.opened(at: gateway.clock.now())
        return BankSessionReport(session: opened ?? report.session, payment: report.payment)
    }

    private func signIn(_ visit: PageVisit) async throws -> Response? {
        let report = try await gateway.bankSession(visit.secret, dialect: KissVips.id)
        guard report.session.state == .awaitingSignIn, !report.paysByQR else { return nil }
        let entry = SignInEntry(visit.form)
        guard entry.problems.isEmpty else {
            var page = bankPage(visit, report, .signIn)
            page.problems = entry.problems
            page.userName = entry.shownUserName
            return page.response(status: .unprocessableContent)
        }
        _ = try await gateway.signIn(
            visit.secret, dialect: KissVips.id, userName: entry.userName, password: entry.password)
        return nil
    }

    private func confirm(_ visit: PageVisit, _ which: BankCode) async throws -> Response? {
        let report = try await gateway.bankSession(visit.secret, dialect: KissVips.id)
        guard report.session.state == (which == .first ? .awaitingFirstCode : .awaitingSecondCode) else { return nil }
        let entry = CodeEntry(visit.form[which == .first ? "otp1" : "otp2"])
        if let problem = entry.problem {
            var page = bankPage(visit, report, which == .first ? .first : .second)
            page.problems = [problem]
            return page.response(status: .unprocessableContent)
        }
        _ = try await gateway.confirm(visit.secret, dialect: KissVips.id, which, entry.code)
        return nil
    }
}

extension KissVipsAPI {
    private func pgPath(_ step: String, _ token: String) -> String {
        "/pg\(step.isEmpty ? "" : "/" + step)?token=" + percentEncode(token)
    }

    /// Where the deposit stands.
    private func showPG(_ visit: PageVisit, _ report: BankSessionReport) throws -> Response {
        switch report.session.state {
        case .created, .credentialsGiven, .signedIn, .firstCodeGiven, .secondCodeGiven:
            return waitingPage(visit, report, .bank).response()
        case .awaitingSignIn where report.paysByQR:
            var page = waitingPage(
                visit, report,
                .promptPay(picture: pgPath("qr.png", visit.secret), payee: payee(report.payment)))
            page.secondsLeft = secondsLeft(report.payment)
            page.cancelPath = pgPath("cancel", visit.secret)
            return page.response()
        case .awaitingSignIn: return bankPage(visit, report, .signIn).response()
        case .awaitingFirstCode: return bankPage(visit, report, .first).response()
        case .awaitingSecondCode: return bankPage(visit, report, .second).response()
        case .succeeded, .failed:
            return OutcomePage(
                frame: visit.frame, purchase: purchase(report.payment), outcome: report.outcome, back: back(report)
            ).response()
        }
    }

    private func bankPage(_ visit: PageVisit, _ report: BankSessionReport, _ step: BankPage.Step) -> BankPage {
        let action =
            switch step {
            case .signIn: "sign-in"
            case .first: "otp1"
            case .second: "otp2"
            }
        var page = BankPage(
            frame: visit.frame, purchase: purchase(report.payment),
            bank: BankPage.Bank(
                name: bankName(report.session.bank, visit.frame.language),
                logo: KissVips.logoPath(report.session.bank), isBusiness: report.session.kind == .business),
            step: step, action: pgPath(action, visit.secret))
        switch report.session.problem {
        case .wrongCredentials: page.problems = [.wrongCredentials]
        case .wrongCode: page.problems = [.wrongCode]
        case .unreachable: page.problems = [.unreachable]
        default: break
        }
        page.until = String(report.payment.expiry.bangkok.dropFirst(11).prefix(5))
        let hasProxy = (try? promptPayPayload(report.payment)) ?? nil
        if step == .signIn, hasProxy != nil { page.qrPath = pgPath("qr", visit.secret) }
        page.cancelPath = pgPath("cancel", visit.secret)
        return page
    }

    /// A bank's name as payers know it; Thai banks have none in Khmer.
    private func bankName(_ code: String, _ language: Language) -> String {
        switch language {
        case .english, .khmer: ThaiBank.named(code)?.name ?? code
        case .thai: BankConfig.of(code: code)?.thaiName ?? code
        }
    }

    private func waitingPage(_ visit: PageVisit, _ report: BankSessionReport, _ kind: WaitingPage.Kind) -> WaitingPage {
        WaitingPage(
            frame: visit.frame, purchase: purchase(report.payment), kind: kind, path: pgPath("", visit.secret),
            statusPath: pgPath("status", visit.secret) + "&seen=" + report.session.state.letter)
    }

    /// The way to `postback_url`, with `token`, `status` and `ref` in its query.
    private func back(_ report: BankSessionReport) -> BackToShop? {
        let echo = PGEcho(report.payment.echo)
        return BackToShop(
            to: echo.postbackURL,
            with: [("token", report.session.token), ("status", report.session.state.letter), ("ref", echo.ref)])
    }
}

extension BankSessionReport {
    fileprivate var outcome: OutcomePage.Outcome {
        if session.state == .succeeded { return .paid }
        switch session.problem {
        case .locked: return .locked
        case .insufficientFunds: return .insufficientFunds
        case .cancelled: return paysByQR ? .cancelledQR : .cancelled
        case .expired: return paysByQR ? .expiredQR : .expired
        case .lineUsed: return .lineUsed
        case .refused, .wrongCode, .wrongCredentials, .unreachable, nil: return .refused
        }
    }
}
