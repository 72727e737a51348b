import Money
import Payments
import WireKit

/// What is answered, member by member as in the document's samples.
enum Messages {
    static func deposit(
        _ deposit: Payment, to account: CollectionAccount, by request: DepositRequest, of merchant: Merchant
    ) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("status", "success")
            json.member("message", "Create Success")
            json.memberObject("data") { json in
                json.member("merchantId", merchant.id.rawValue)
                json.member("referenceId", OrderEcho(deposit.echo).number)
                json.member("transactionId", request.reference)
                json.member("status", Order.Status.pending.rawValue)
                json.member("amount", number: deposit.amount.text)
                json.member("depositAmount", number: deposit.net(merchant.depositFees).text)
                json.member("qrcode", deposit.payload)
                json.member("bankAccountNumber", account.account)
                json.member("bankAccountName", account.name)
                json.member("bankName", ThaiBank.named(account.bank)?.shortCode ?? account.bank)
                json.member("promptpayNumber", account.promptPay)
                json.member("expireDate", deposit.method.invitation.map { text(of: $0.expires) })
                json.memberObject("customerData") { json in
                    json.member("bankAccountNumber", request.account)
                    json.member("bankName", request.bank.shortCode)
                    json.member("name", request.name)
                }
            }
        }
        return json.bytes
    }

    static func withdrawal(_ order: Order) -> [UInt8] {
        success { json in
            json.member("order_no", order.echo.number)
            json.member("agent_order_no", order.echo.reference)
            json.member("amount", number: order.echo.amount.text)
            json.member("fee", number: order.fee.text)
            json.member("transfer_amount", number: order.transfer.text)
            json.member("status", order.status.rawValue)
        }
    }

    static func balance(_ available: Money) -> [UInt8] {
        success { json in
            json.member("balance", number: available.text)
            json.member("currency", available.currency.rawValue)
        }
    }

    static func order(_ order: Order) -> [UInt8] {
        success { json in
            json.member("order_no", order.echo.number)
            json.member("agent_order_no", order.echo.reference)
            json.member("status", order.status.rawValue)
            json.member("amount", number: order.echo.amount.text)
            json.member("fee", number: order.fee.text)
            json.member("actual_amount", number: order.actual.text)
            json.member("created_at", text(of: order.created))
            json.member("completed_at", order.completed.map(text))
        }
    }

    static func signature(_ signature: String, over payload: JSON) -> [UInt8] {
        success { json in
            json.member("signature", signature)
            json.member("algorithm", "HS256")
            json.member("payload", json: payload)
        }
    }

    static func banks(_ banks: [ThaiBank]) -> [UInt8] {
        success { json in
            json.memberArray("banks") { json in
                for bank in banks {
                    json.elementObject { json in
                        json.member("code", bank.shortCode)
                        json.member("name", bank.documentName)
                        json.member("name_th", bank.thaiName)
                        json.member("active", bank.isInUse)
                    }
                }
            }
        }
    }

    /// - Parameter uptime: in seconds, digits with one decimal.
    static func health(at now: Instant, uptime: String) -> [UInt8] {
        success("OK") { json in
            json.member("status", "healthy")
            json.member("timestamp", text(of: now))
            json.member("uptime", number: uptime)
        }
    }

    /// `{"code":200,"message":…,"data":…}`.
    private static func success(
        _ message: String = "Success", _ data: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("code", 200)
            json.member("message", message)
            json.memberObject("data", data)
        }
        return json.bytes
    }

    private static func text(of instant: Instant) -> String {
        CivilTime(microseconds: instant.microseconds, offsetSeconds: 0).iso8601Milliseconds()
    }
}
