import EMVQR
import Money
import Payments

/// The simulated rails on which payers pay by themselves: Thai QR, WeChat Pay, Alipay, UnionPay and Pay PLUS, on the
/// bank's own books.
public struct SandboxPush: PushRail {
    let bank: SandboxBank
    /// The address of a wallet's page, but for the invitation's id at its end.
    let pages: String
    let now: @Sendable () -> Instant

    /// - Parameter pages: where the simulated wallets' pages are, with a slash at the end.
    public init(bank: SandboxBank, pages: String, now: @escaping @Sendable () -> Instant) {
        self.bank = bank
        self.pages = pages
        self.now = now
    }

    public func present(_ request: PresentationRequest) async -> RailOutcome<Presentation> {
        guard let payload = payload(request) else { return .declined(code: PushCode.noPicture) }
        let invitation = SandboxInvitation(request, payload: payload)
        let now = now()
        let answer = try? await bank.write { db -> RailOutcome<Presentation> in
            var books = try PushBooks(db, invitation.payment, at: now)
            let fault = try books.fault(for: .present, of: invitation.rail)
            if fault?.kind == .unavailable { return .declined(code: PushCode.unreachable(invitation.rail)) }
            let reference = request.reference.description
            if books.entry(reference) == nil {
                let code: String =
                    if let fault, fault.kind == .decline {
                        fault.code
                    } else if books.approved(.cancel) != nil {
                        PushCode.isCancelled(invitation.rail)
                    } else {
                        SandboxAcquirer.approved
                    }
                try books.add(.present, reference, invitation.amount, code: code, on: invitation.rail)
                if code == SandboxAcquirer.approved { try invitation.insert(in: db) }
            }
            guard fault?.kind != .timeout, let entry = books.entry(reference) else {
                return .unknown(reason: "timeout")
            }
            return entry.isApproved
                ? .approved(Presentation(payload: invitation.payload)) : .declined(code: entry.code)
        }
        return answer ?? .unknown(reason: "the bank's books cannot be written")
    }

    public func status(of payment: ID<Payment>) async -> PushStatus {
        let now = now()
        let status = try? await bank.read { db -> PushStatus in
            let books = try PushBooks(db, payment, at: now)
            if let paid = books.approved(.authorize) {
                return .paid(
                    PushReceipt(
                        approval: RailApproval(code: paid.approval ?? ""),
                        channel: try SandboxInvitation.channel(payment, in: db), paidAt: paid.at))
            }
            if let code = books.refusedPayment { return .declined(code: code) }
            if books.approved(.cancel) != nil { return .cancelled }
            return books.invitation == nil ? .notFound : .open
        }
        return status ?? .unknown
    }

    public func perform(_ request: FollowUpRequest) async -> RailOutcome<RailApproval> {
        let now = now()
        let reference = request.reference
        let answer = try? await bank.write { db -> RailOutcome<RailApproval> in
            var books = try PushBooks(db, reference.payment, at: now)
            let rail = books.invitation?.rail ?? .qr
            let fault = try books.fault(for: reference.kind, of: rail)
            if fault?.kind == .unavailable { return .declined(code: PushCode.unreachable(rail)) }
            if books.entry(reference.description) == nil {
                var code = try Self.code(for: reference.kind, books)
                if let fault, fault.kind == .decline { code = fault.code }
                try books.add(reference.kind, reference.description, request.amount, code: code, on: rail)
            }
            guard fault?.kind != .timeout, let entry = books.entry(reference.description) else {
                return .unknown(reason: "timeout")
            }
            return entry.isApproved
                ? .approved(RailApproval(code: entry.approval ?? "")) : .declined(code: entry.code)
        }
        return answer ?? .unknown(reason: "the bank's books cannot be written")
    }

    public func inquire(_ reference: RailReference) async -> RailInquiry {
        guard let entries = try? await bank.entries(of: reference.payment) else { return .unknown }
        guard let entry = entries.last(where: { $0.reference == reference.description }) else { return .notFound }
        return entry.isApproved
            ? .approved(RailApproval(code: entry.approval ?? "")) : .declined(code: entry.code)
    }

    /// What the bank's own books say to a follow-up: `00`, or why not.
    private static func code(for kind: RailReference.Kind, _ books: PushBooks) throws -> String {
        let rail = books.invitation?.rail ?? .qr
        switch kind {
        case .cancel: return books.approved(.authorize) == nil ? SandboxAcquirer.approved : PushCode.isPaid(rail)
        case .void:
            guard rail == .qr else {
                let isPaid = books.approved(.authorize) != nil && books.approved(.void) == nil
                return isPaid ? SandboxAcquirer.approved : SandboxAcquirer.noSuchRecord
            }
            return try voidCode(books)
        case .authorize, .reverse, .capture, .refund, .present: return SandboxAcquirer.noSuchRecord
        }
    }

    /// A QR payment is given back only through K PLUS, on its own day, and not while the settlement runs.
    private static func voidCode(_ books: PushBooks) throws -> String {
        guard let paid = books.approved(.authorize) else { return "EMQSNP" }
        if books.approved(.void) != nil { return "EMQRV" }
        if books.invitation?.scheme == .promptPay,
            try SandboxInvitation.channel(books.payment, in: books.db) != SandboxPayer.kplus
        {
            return "EMQRVOTCH"
        }
        guard CivilDay(bangkok: paid.at) == CivilDay(bangkok: books.now) else { return "EMQRVOD" }
        let untilMidnight = books.now.nextBangkokMidnight.seconds(since: books.now)
        return untilMidnight <= settlementSeconds ? "EMQRCVS" : SandboxAcquirer.approved
    }

    /// For so long before midnight in Bangkok the bank's settlement runs.
    private static let settlementSeconds: Int64 = 120

    /// What the payer is shown; nil where the merchant id is no biller's, or the amount is not in baht.
    private func payload(_ request: PresentationRequest) -> String? {
        let id = request.invitation.id.hex
        if request.invitation.form == .redirect { return pages + id }
        switch request.invitation.scheme {
        case .promptPay:
            let digits = id.uppercased()
            let code = try? BillPaymentQR(
                billerID: request.acceptor, reference1: String(digits.prefix(16)),
                reference2: String(digits.suffix(16)), amount: request.amount, use: .once)
            return code?.payload
        case .weChatPay: return "weixin://wxpay/bizpayurl?pr=" + id
        case .payPlus: return "kplus://pay?token=" + id
        case .alipay: return "https://qr.alipay.com/" + id
        case .unionPay: return "https://qr.95516.com/" + id
        // Nobody is shown anything: the payer is told an account number.
        case .bankTransfer: return nil
        }
    }
}

/// Codes of the simulated push rails: the bank's own for QR, those of the card networks for pages.
enum PushCode {
    static func unreachable(_ rail: SandboxFaults.Rail) -> String {
        rail == .qr ? "EMIU" : SandboxAcquirer.unreachable
    }
    /// QR type is not allowed.
    static let noPicture = "EMIQR"
    static func isCancelled(_ rail: SandboxFaults.Rail) -> String { rail == .qr ? "EMQRC" : cancelledByCustomerCode }
    static func isPaid(_ rail: SandboxFaults.Rail) -> String { rail == .qr ? "EMQRP" : "94" }
}
