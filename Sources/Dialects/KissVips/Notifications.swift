import Gateway
import Payments
import WireKit

/// Appendix E: what a merchant is told, once each.
extension KissVips {
    public func notice(of event: PaymentEvent, _ report: PaymentReport, to merchant: Merchant) -> NoticeContent? {
        if event == .received, report.payment.isPGDeposit { return noticeOfPGDeposit(report.payment) }
        guard event == .received, report.payment.isPromptPayDeposit else { return nil }
        let message = PromptPayMessage(self, report.payment)
        return NoticeContent(url: wireAddress(message.callbackURL), body: message.notice, isOnce: true)
    }

    /// The transfer is started once the bank is told of it; what goes wrong then is its failure.
    public func notice(of event: PayoutEvent, _ payout: Payout, to merchant: Merchant) -> NoticeContent? {
        let message = TransferMessage(payout)
        guard event != .created, let url = message.callbackURL else { return nil }
        return NoticeContent(url: wireAddress(url), body: message.notice, isOnce: true)
    }
}
