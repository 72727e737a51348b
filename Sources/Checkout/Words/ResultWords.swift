/// What the pages say that end something.
enum ResultWords {
    static let table: PageWords.Table = [
        ("cardTakenTitle", "Your card was accepted", "รับข้อมูลบัตรแล้ว"),
        (
            "cardTakenText", "The shop is now completing your payment. Please do not close this page.",
            "ร้านค้ากำลังดำเนินการชำระเงินของคุณ กรุณาอย่าปิดหน้านี้"
        ),
        ("cardSavedTitle", "Your card is ready", "บัตรของคุณพร้อมใช้งาน"),
        ("cardSavedText", "The shop is now saving it for you.", "ร้านค้ากำลังบันทึกบัตรให้คุณ"),
        ("paidTitle", "Payment received", "ได้รับการชำระเงินแล้ว"),
        ("paidText", "Thank you. The shop has been told.", "ขอบคุณ ร้านค้าได้รับแจ้งแล้ว"),
        ("continueButton", "Continue", "ดำเนินการต่อ"),
        ("setUpWrongTitle", "This payment cannot begin", "ไม่สามารถเริ่มการชำระเงินได้"),
        (
            "setUpWrongText", "The shop has not set it up as it should be. Nothing was taken. Please tell the shop.",
            "ร้านค้าตั้งค่าการชำระเงินไม่ถูกต้อง ไม่มีการตัดเงิน กรุณาแจ้งร้านค้า"
        ),
        ("setUpWrongDetails", "For the shop's developer", "สำหรับผู้พัฒนาของร้านค้า"),
        ("unavailableTitle", "Please try again", "กรุณาลองใหม่อีกครั้ง"),
        (
            "unavailableText", "The payment service cannot answer just now. Nothing was taken.",
            "ระบบชำระเงินไม่สามารถให้บริการได้ในขณะนี้ ไม่มีการตัดเงิน"
        ),
        ("failedTitle", "Payment not completed", "ชำระเงินไม่สำเร็จ"),
    ]
}
