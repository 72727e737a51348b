import Gateway
import Money
import Payments
import WireKit

/// `dcc_data`, `campaign_id` and `convfee` of every message (6.1, 6.5.2).
extension ChargeMessage {
    func conversion(_ json: inout JSONWriter) {
        let payment = report.payment
        guard let conversion = payment.terms.conversion else { return json.memberNull("dcc_data") }
        json.memberObject("dcc_data") { json in
            conversion.write(&json, of: payment.amount, mid: payment.acceptor)
        }
    }

    func campaign(_ json: inout JSONWriter) { json.member("campaign_id", report.payment.terms.campaign) }

    func surcharge(_ json: inout JSONWriter) {
        guard let surcharge = report.payment.terms.surcharge else { return json.memberNull("convfee") }
        json.memberObject("convfee") { json in
            json.member("convfee_amount", number: surcharge.fee.text)
            json.member("convfee_vat_amount", number: surcharge.vat.text)
            json.member("net_amount", number: surcharge.total.text)
        }
    }
}

extension Conversion {
    /// The members of `dcc_data`.
    func write(_ json: inout JSONWriter, of amount: Money, mid: String) {
        json.member("baht_amount", number: amount.text)
        json.member("rate", number: rate.text)
        json.member("converted_amount", number: converted.text)
        json.member("converted_currency_code", converted.currency.rawValue)
        json.member(
            "converted_currency_name", "\(converted.currency.rawValue) (\(converted.currency.englishName))")
        json.member("mid", mid)
    }
}

extension Currency {
    /// As `converted_currency_name` says it.
    var englishName: String {
        switch self {
        case .THB: "Thai Baht"
        case .USD: "US Dollar"
        case .EUR: "Euro"
        case .GBP: "Pound Sterling"
        case .JPY: "Japanese Yen"
        case .AUD: "Australian Dollar"
        case .CAD: "Canadian Dollar"
        case .CHF: "Swiss Franc"
        case .CNY: "Chinese Yuan"
        case .HKD: "Hong Kong Dollar"
        case .SGD: "Singapore Dollar"
        case .NZD: "New Zealand Dollar"
        case .SEK: "Swedish Krona"
        case .NOK: "Norwegian Krone"
        case .DKK: "Danish Krone"
        case .INR: "Indian Rupee"
        case .KRW: "South Korean Won"
        case .TWD: "New Taiwan Dollar"
        case .MYR: "Malaysian Ringgit"
        case .IDR: "Indonesian Rupiah"
        case .PHP: "Philippine Peso"
        case .VND: "Vietnamese Dong"
        case .BND: "Brunei Dollar"
        case .MMK: "Myanmar Kyat"
        case .PKR: "Pakistani Rupee"
        case .LKR: "Sri Lankan Rupee"
        case .BDT: "Bangladeshi Taka"
        case .AED: "UAE Dirham"
        case .SAR: "Saudi Riyal"
        case .QAR: "Qatari Riyal"
        case .KWD: "Kuwaiti Dinar"
        case .BHD: "Bahraini Dinar"
        case .OMR: "Omani Rial"
        case .ZAR: "South African Rand"
        case .RUB: "Russian Ruble"
        case .BRL: "Brazilian Real"
        case .KHR: "Cambodian Riel"
        }
    }
}
