import Money
import Payments

/// An entry of a camt.053 statement, as it was read.
struct CamtEntry {
    let line: Int
    var reference: String?
    var amount = ""
    var currency = ""
    var indicator = ""
    var reversal = ""
    var status: String?
    var booked: (text: String, isMoment: Bool)?
    var value: (text: String, isMoment: Bool)?
    var servicerReference: String?
    var batchCount: String?
    var information: String?
    var parts: [CamtPart] = []
    /// Why it cannot be read, if that showed already.
    var fault: String?

    /// The most transactions of one entry that are read.
    static let mostParts = 20_000

    init(line: Int) { self.line = line }
}

/// One transaction of an entry: of a batch there are several.
struct CamtPart {
    var servicerReference: String?
    var transactionID: String?
    var endToEnd: String?
    var amount: String?
    var currency = ""
    var indicator: String?
    var payerName: String?
    var payerAccount: String?
    var payerBIC: String?
    var payerClearing: String?
    var remittance: [String] = []
    var information: String?
    var accepted: String?
}

extension CamtEntry {
    /// Takes in the text of an element.
    mutating func take(_ text: String, _ mark: CamtMark, currency code: String?) {
        switch mark {
        case .entryReference: reference = text
        case .amount: (amount, currency) = (text, code ?? "")
        case .indicator: indicator = text
        case .reversal: reversal = text
        case .status: status = text.isEmpty ? status : text
        case .bookedDate: booked = (text, false)
        case .bookedTime: booked = (text, true)
        case .valueDate: value = (text, false)
        case .valueTime: value = (text, true)
        case .servicerReference: servicerReference = text
        case .batchCount: batchCount = text
        case .entryInformation: information = text
        default:
            guard !parts.isEmpty else { return }
            parts[parts.count - 1].take(text, mark, currency: code)
        }
    }
}

extension CamtPart {
    mutating func take(_ text: String, _ mark: CamtMark, currency code: String?) {
        switch mark {
        case .partServicerReference: servicerReference = text
        case .partTransactionID: transactionID = text
        case .partEndToEnd: endToEnd = text
        // Both where both stand: the part's own comes first.
        case .partAmount: if amount == nil { (amount, currency) = (text, code ?? "") }
        case .partIndicator: indicator = text
        case .payerName: payerName = text
        case .payerAccount: payerAccount = text
        case .payerBIC: payerBIC = text
        case .payerClearing: payerClearing = text
        case .remittance: if remittance.count < 16 { remittance.append(text) }
        case .partInformation: information = text
        case .acceptedTime: accepted = accepted ?? text
        default: break
        }
    }
}
