import Checkout

/// What this dialect's pages say, in English, or in Thai or Khmer where the browser asks for it.
struct Words {
    let challenge: ChallengePage.Words
    let paid: MessagePage.Words
    private let failed: MessagePage.Words
    let wait: MessagePage.Words
    let unknownPage: MessagePage.Words
    let unavailable: MessagePage.Words
    let back: String
    let lookAgain: String
    let shopAmount: String

    init(_ acceptLanguage: String?) {
        self =
            switch Language.preferred(acceptLanguage) {
            case .english: .english
            case .thai: .thai
            case .khmer: .khmer
            }
    }

    private init(
        challenge: ChallengePage.Words, paid: MessagePage.Words, failed: MessagePage.Words, wait: MessagePage.Words,
        unknownPage: MessagePage.Words, unavailable: MessagePage.Words, back: String,
        lookAgain: String, shopAmount: String
    ) {
        self.challenge = challenge
        self.paid = paid
        self.failed = failed
        self.wait = wait
        self.unknownPage = unknownPage
        self.unavailable = unavailable
        self.back = back
        self.lookAgain = lookAgain
        self.shopAmount = shopAmount
    }

    /// The page for a payment that came to nothing, with what the payer can do about it.
    func failed(_ failure: PayerFailure) -> MessagePage.Words {
        failed.adding(failure.advice(challenge.language))
    }

    private static let english = Words(
        challenge: ChallengePage.Words(
            language: .english, title: "Confirm your payment",
            requestIntro: "Your bank wants to make sure that it is you. Ask for a one-time code to go on.",
            requestButton: "Request OTP", codeIntro: "Type in the one-time code that your bank has sent you.",
            codeLabel: "One-time code (OTP)", codeButton: "Confirm", cancelButton: "Cancel", merchant: "Merchant",
            amount: "Amount", card: "Card"),
        paid: MessagePage.Words(
            language: .english, kind: .success, title: "Payment approved", text: "Your payment was approved."),
        failed: MessagePage.Words(
            language: .english, kind: .failure, title: "Payment not completed",
            text: "Nothing was taken."),
        wait: MessagePage.Words(
            language: .english, kind: .neutral, title: "Still waiting for your bank",
            text: "Your bank has not answered yet. The shop will be told as soon as it has."),
        unknownPage: MessagePage.Words(
            language: .english, kind: .failure, title: "This page has ended",
            text: "The payment is over or the address is wrong. Please go back to the shop."),
        unavailable: MessagePage.Words(
            language: .english, kind: .failure, title: "Please try again",
            text: "The payment service cannot answer just now. Nothing was taken."),
        back: "Back to the shop", lookAgain: "Look again", shopAmount: "Amount at the shop")

    private static let thai = Words(
        challenge: ChallengePage.Words(
            language: .thai, title: "ยืนยันการชำระเงิน",
            requestIntro: "ธนาคารของคุณต้องการยืนยันตัวตนของคุณ กรุณาขอรหัส OTP เพื่อดำเนินการต่อ",
            requestButton: "ขอรหัส OTP (Request OTP)", codeIntro: "กรุณากรอกรหัส OTP ที่ธนาคารส่งให้คุณ",
            codeLabel: "รหัส OTP", codeButton: "ยืนยัน", cancelButton: "ยกเลิก", merchant: "ร้านค้า",
            amount: "จำนวนเงิน", card: "บัตร"),
        paid: MessagePage.Words(
            language: .thai, kind: .success, title: "ชำระเงินสำเร็จ", text: "รายการของคุณได้รับการอนุมัติแล้ว"),
        failed: MessagePage.Words(
            language: .thai, kind: .failure, title: "ชำระเงินไม่สำเร็จ", text: "ไม่มีการหักเงิน"),
        wait: MessagePage.Words(
            language: .thai, kind: .neutral, title: "กำลังรอธนาคารของคุณ",
            text: "ธนาคารยังไม่ตอบกลับ ร้านค้าจะได้รับแจ้งทันทีที่ทราบผล"),
        unknownPage: MessagePage.Words(
            language: .thai, kind: .failure, title: "หน้านี้สิ้นสุดแล้ว",
            text: "รายการสิ้นสุดแล้วหรือที่อยู่ไม่ถูกต้อง กรุณากลับไปที่ร้านค้า"),
        unavailable: MessagePage.Words(
            language: .thai, kind: .failure, title: "กรุณาลองใหม่อีกครั้ง",
            text: "ระบบชำระเงินไม่สามารถให้บริการได้ในขณะนี้ ไม่มีการหักเงิน"),
        back: "กลับไปที่ร้านค้า", lookAgain: "ตรวจสอบอีกครั้ง", shopAmount: "ยอดของร้านค้า")

    private static let khmer = Words(
        challenge: ChallengePage.Words(
            language: .khmer, title: "បញ្ជាក់ការទូទាត់",
            requestIntro: "ធនាគាររបស់អ្នកចង់ផ្ទៀងផ្ទាត់ថាជាអ្នក។ សូមស្នើលេខកូដ OTP ដើម្បីបន្ត។",
            requestButton: "ស្នើលេខកូដ OTP (Request OTP)", codeIntro: "សូមបញ្ចូលលេខកូដ OTP ដែលធនាគារបានផ្ញើឱ្យអ្នក។",
            codeLabel: "លេខកូដ OTP", codeButton: "បញ្ជាក់", cancelButton: "បោះបង់", merchant: "ហាង",
            amount: "ចំនួនទឹកប្រាក់", card: "កាត"),
        paid: MessagePage.Words(
            language: .khmer, kind: .success, title: "ការទូទាត់បានជោគជ័យ", text: "ការទូទាត់របស់អ្នកត្រូវបានអនុម័ត។"),
        failed: MessagePage.Words(
            language: .khmer, kind: .failure, title: "ការទូទាត់មិនបានសម្រេច", text: "មិនមានការកាត់ប្រាក់ទេ។"),
        wait: MessagePage.Words(
            language: .khmer, kind: .neutral, title: "កំពុងរង់ចាំធនាគាររបស់អ្នក",
            text: "ធនាគាររបស់អ្នកមិនទាន់ឆ្លើយតបទេ។ ហាងនឹងទទួលបានដំណឹងភ្លាមៗនៅពេលមានលទ្ធផល។"),
        unknownPage: MessagePage.Words(
            language: .khmer, kind: .failure, title: "ទំព័រនេះបានបញ្ចប់",
            text: "ការទូទាត់បានបញ្ចប់ ឬអាសយដ្ឋានមិនត្រឹមត្រូវ។ សូមត្រឡប់ទៅហាងវិញ។"),
        unavailable: MessagePage.Words(
            language: .khmer, kind: .failure, title: "សូមព្យាយាមម្ដងទៀត",
            text: "សេវាទូទាត់មិនអាចឆ្លើយតបបានទេនៅពេលនេះ។ មិនមានការកាត់ប្រាក់ទេ។"),
        back: "ត្រឡប់ទៅហាងវិញ", lookAgain: "ពិនិត្យម្ដងទៀត", shopAmount: "ចំនួនទឹកប្រាក់នៅហាង")
}
