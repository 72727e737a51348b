import Checkout
import Payments

/// Why a payment came to nothing, as far as its payer can do something about it.
enum PayerFailure: CaseIterable {
    case cancelled, wrongCode, noFunds, overLimit, expiredCard, wrongCard, noAnswer, tooLate, refused

    /// By the code of the document's table (Appendix, “Failure Code for Card Payment”), or the core's own.
    init(_ code: String?) {
        switch code {
        case "17", invitationCancelledCode: self = .cancelled
        case invitationExpiredCode: self = .tooLate
        case "50", "55": self = .wrongCode
        case "51": self = .noFunds
        case "61", "65": self = .overLimit
        case "33", "54": self = .expiredCard
        case "14", "15", "25", "56": self = .wrongCard
        case "22", "68", "91", "500", "600": self = .noAnswer
        default: self = .refused
        }
    }

    /// A sentence for the payer. A bank that refuses for another reason tells it to its cardholder alone.
    func advice(_ language: Language) -> String {
        switch language {
        case .english: english
        case .thai: thai
        case .khmer: khmer
        }
    }

    private var english: String {
        switch self {
        case .cancelled: "You have cancelled the payment."
        case .wrongCode: "The one-time code was not right. Please try again at the shop."
        case .noFunds: "There is not enough money on the card. Please try another one."
        case .overLimit: "The amount is over the card's limit. Please try another card or ask your bank."
        case .expiredCard: "The card has expired. Please try another one."
        case .wrongCard: "The bank does not know this card. Please check the number."
        case .noAnswer: "Your bank did not answer in time. Please try again at the shop."
        case .tooLate: "The time to pay is over. Please try again at the shop."
        case .refused: "Your bank has refused the payment. Please try another card or ask your bank."
        }
    }

    private var thai: String {
        switch self {
        case .cancelled: "คุณได้ยกเลิกรายการ"
        case .wrongCode: "รหัส OTP ไม่ถูกต้อง กรุณาลองใหม่ที่ร้านค้า"
        case .noFunds: "วงเงินในบัตรไม่เพียงพอ กรุณาใช้บัตรอื่น"
        case .overLimit: "จำนวนเงินเกินวงเงินของบัตร กรุณาใช้บัตรอื่นหรือติดต่อธนาคาร"
        case .expiredCard: "บัตรหมดอายุแล้ว กรุณาใช้บัตรอื่น"
        case .wrongCard: "ธนาคารไม่พบบัตรนี้ กรุณาตรวจสอบหมายเลขบัตร"
        case .noAnswer: "ธนาคารไม่ตอบกลับภายในเวลาที่กำหนด กรุณาลองใหม่ที่ร้านค้า"
        case .tooLate: "หมดเวลาชำระเงินแล้ว กรุณาลองใหม่ที่ร้านค้า"
        case .refused: "ธนาคารไม่อนุมัติรายการ กรุณาใช้บัตรอื่นหรือติดต่อธนาคาร"
        }
    }

    private var khmer: String {
        switch self {
        case .cancelled: "អ្នកបានបោះបង់ការទូទាត់។"
        case .wrongCode: "លេខកូដ OTP មិនត្រឹមត្រូវទេ។ សូមព្យាយាមម្ដងទៀតនៅហាង។"
        case .noFunds: "ទឹកប្រាក់ក្នុងកាតមិនគ្រប់គ្រាន់ទេ។ សូមប្រើកាតផ្សេង។"
        case .overLimit: "ចំនួនទឹកប្រាក់លើសកម្រិតនៃកាត។ សូមប្រើកាតផ្សេង ឬសួរធនាគាររបស់អ្នក។"
        case .expiredCard: "កាតបានផុតកំណត់ហើយ។ សូមប្រើកាតផ្សេង។"
        case .wrongCard: "ធនាគារមិនស្គាល់កាតនេះទេ។ សូមពិនិត្យលេខកាត។"
        case .noAnswer: "ធនាគាររបស់អ្នកមិនបានឆ្លើយតបទាន់ពេលទេ។ សូមព្យាយាមម្ដងទៀតនៅហាង។"
        case .tooLate: "ពេលវេលាទូទាត់បានផុតហើយ។ សូមព្យាយាមម្ដងទៀតនៅហាង។"
        case .refused: "ធនាគាររបស់អ្នកបានបដិសេធការទូទាត់។ សូមប្រើកាតផ្សេង ឬសួរធនាគាររបស់អ្នក។"
        }
    }
}
