/// What the pages say that end something.
enum ResultWords {
    static let table: PageWords.Table = [
        ("cardTakenTitle", "Your card was accepted", "รับข้อมูลบัตรแล้ว", "កាតរបស់អ្នកត្រូវបានទទួលយក"),
        (
            "cardTakenText", "The shop is now completing your payment. Please do not close this page.",
            "ร้านค้ากำลังดำเนินการชำระเงินของคุณ กรุณาอย่าปิดหน้านี้", "ហាងកំពុងបញ្ចប់ការទូទាត់របស់អ្នក។ សូមកុំបិទទំព័រនេះ។"
        ),
        ("cardSavedTitle", "Your card is ready", "บัตรของคุณพร้อมใช้งาน", "កាតរបស់អ្នករួចរាល់ហើយ"),
        ("cardSavedText", "The shop is now saving it for you.", "ร้านค้ากำลังบันทึกบัตรให้คุณ", "ហាងកំពុងរក្សាទុកកាតនេះជូនអ្នក។"),
        ("paidTitle", "Payment received", "ได้รับการชำระเงินแล้ว", "បានទទួលការទូទាត់ហើយ"),
        ("paidText", "Thank you. The shop has been told.", "ขอบคุณ ร้านค้าได้รับแจ้งแล้ว", "សូមអរគុណ។ ហាងបានទទួលដំណឹងហើយ។"),
        ("continueButton", "Continue", "ดำเนินการต่อ", "បន្ត"),
        ("setUpWrongTitle", "This payment cannot begin", "ไม่สามารถเริ่มการชำระเงินได้", "មិនអាចចាប់ផ្ដើមការទូទាត់បានទេ"),
        (
            "setUpWrongText", "The shop has not set it up as it should be. Nothing was taken. Please tell the shop.",
            "ร้านค้าตั้งค่าการชำระเงินไม่ถูกต้อง ไม่มีการตัดเงิน กรุณาแจ้งร้านค้า",
            "ហាងមិនបានកំណត់ការទូទាត់នេះឱ្យត្រឹមត្រូវទេ។ មិនមានការកាត់ប្រាក់ទេ។ សូមជូនដំណឹងដល់ហាង។"
        ),
        ("setUpWrongDetails", "For the shop's developer", "สำหรับผู้พัฒนาของร้านค้า", "សម្រាប់អ្នកអភិវឌ្ឍន៍របស់ហាង"),
        ("unavailableTitle", "Please try again", "กรุณาลองใหม่อีกครั้ง", "សូមព្យាយាមម្ដងទៀត"),
        (
            "unavailableText", "The payment service cannot answer just now. Nothing was taken.",
            "ระบบชำระเงินไม่สามารถให้บริการได้ในขณะนี้ ไม่มีการตัดเงิน", "សេវាទូទាត់មិនអាចឆ្លើយតបបានទេនៅពេលនេះ។ មិនមានការកាត់ប្រាក់ទេ។"
        ),
        (
            "notNowTitle", "This payment is not possible now",
            "ไม่สามารถชำระรายการนี้ได้ในขณะนี้", "មិនអាចធ្វើការទូទាត់នេះបានទេនៅពេលនេះ"
        ),
        (
            "overLimitText",
            "It is over the shop's limit for one payment or for the day. Nothing was taken. Please ask the shop.",
            "รายการนี้เกินวงเงินของร้านค้าต่อรายการหรือต่อวัน ไม่มีการตัดเงิน กรุณาติดต่อร้านค้า",
            "ការទូទាត់នេះលើសកម្រិតរបស់ហាងសម្រាប់មួយប្រតិបត្តិការ ឬមួយថ្ងៃ។ មិនមានការកាត់ប្រាក់ទេ។ សូមសួរហាង។"
        ),
        (
            "notTakenText", "The shop cannot be paid in this way just now. Nothing was taken. Please ask the shop.",
            "ร้านค้าไม่สามารถรับชำระด้วยวิธีนี้ได้ในขณะนี้ ไม่มีการตัดเงิน กรุณาติดต่อร้านค้า",
            "ហាងមិនអាចទទួលការទូទាត់តាមវិធីនេះបានទេនៅពេលនេះ។ មិនមានការកាត់ប្រាក់ទេ។ សូមសួរហាង។"
        ),
        ("endedTitle", "This page has ended", "หน้านี้สิ้นสุดแล้ว", "ទំព័រនេះបានបញ្ចប់"),
        (
            "endedText", "The payment is over or the address is wrong. Please go back to the shop.",
            "รายการสิ้นสุดแล้วหรือที่อยู่ไม่ถูกต้อง กรุณากลับไปที่ร้านค้า",
            "ការទូទាត់បានបញ្ចប់ ឬអាសយដ្ឋានមិនត្រឹមត្រូវ។ សូមត្រឡប់ទៅហាងវិញ។"
        ),
        ("failedTitle", "Payment not completed", "ชำระเงินไม่สำเร็จ", "ការទូទាត់មិនបានសម្រេច"),
    ]
}
