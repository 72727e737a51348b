import Gateway
import Payments
import Store

/// Notices that are sent once: each is marked as sent before it is, so that no crash and no second worker sends it
/// again. What was marked and not sent when the process dies is lost, as the API that asks for this says; one that is
/// asked to stop takes the mark back from what has not left it yet. An attempt that sent nothing, as the look-up of the
/// name or the connection failed, is made again a few seconds later, a few times.
extension DeliveryWorker {
    /// How long after an attempt that sent nothing the next is made, in seconds; none after the last.
    private static let pauses: [Int64] = [5, 10, 20]

    func deliverOnce(_ delivery: Delivery) async {
        let (notice, number) = (delivery.notice, delivery.attempts + 1)
        var begin = Changes(at: gateway.clock.now())
        if delivery.owner != gateway.process { begin.add(.claimNotice(delivery, by: gateway.process)) }
        begin.add(.beginOnlyAttempt(notice, number: number, at: begin.at))
        // What was not marked, or of what nobody knows whether it was, is not sent.
        guard await begins(notice, with: begin) else { return }
        let mark = SendMark()
        let attempt = await attempt(notice, mark)
        var end = Changes(at: gateway.clock.now())
        if Task.isCancelled, !mark.wasSent {
            end.add(.takeBackOnlyAttempt(notice, number: number))
            await keep(end, of: notice)
        } else if !mark.wasSent, attempt.status == nil, Self.pauses.indices.contains(number - 1) {
            let next = end.at.adding(seconds: Self.pauses[number - 1])
            end.add(.deferOnlyAttempt(notice, number: number, attempt, next: next))
            if await keep(end, of: notice) { count(.pending) }
            lanes.note(notice.merchant, at: next)
        } else {
            end.add(.endOnlyAttempt(notice, number: number, attempt))
            await keep(end, of: notice)
            count(attempt.succeeded ? .delivered : .exhausted)
        }
    }
}
