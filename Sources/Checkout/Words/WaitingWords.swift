/// What the pages say that wait for a payer's phone.
enum WaitingWords {
    static let table: PageWords.Table = [
        ("thaiQRTitle", "Scan to pay", "สแกนเพื่อชำระเงิน"),
        (
            "thaiQRIntro", "Open the app of your bank or wallet and scan this Thai QR.",
            "เปิดแอปธนาคารหรืออีวอลเล็ต แล้วสแกน Thai QR นี้"
        ),
        ("weChatTitle", "Pay with WeChat Pay", "ชำระด้วย WeChat Pay"),
        ("weChatIntro", "Open WeChat and scan this QR code.", "เปิด WeChat แล้วสแกน QR นี้"),
        ("phoneTitle", "Confirm on your phone", "ยืนยันในโทรศัพท์ของคุณ"),
        (
            "phoneIntro", "We have sent a request to {}. Open your bank's app and confirm it there.",
            "เราได้ส่งคำขอไปที่ {} แล้ว กรุณาเปิดแอปธนาคารเพื่อยืนยัน"
        ),
        ("promptPayTitle", "Scan to pay", "สแกนเพื่อชำระเงิน"),
        (
            "promptPayIntro", "Scan this PromptPay QR with the app of your bank and pay the amount shown.",
            "สแกน QR พร้อมเพย์นี้ด้วยแอปธนาคาร แล้วชำระตามจำนวนที่แสดง"
        ),
        ("payeeLabel", "To", "โอนให้"),
        ("creditTitle", "Thank you", "ขอบคุณ"),
        (
            "creditIntro",
            "We are looking for your payment at the shop's bank. You may wait here or go back.",
            "ระบบกำลังตรวจสอบยอดเงินกับธนาคารของร้านค้า คุณสามารถรอที่หน้านี้ หรือกลับไปที่ร้านค้าได้"
        ),
        ("creditWaiting", "Looking for your payment…", "กำลังตรวจสอบการชำระเงิน…"),
        ("bankTitle", "Your bank is at work", "ธนาคารกำลังดำเนินการ"),
        (
            "bankIntro", "Your bank has not said yet what became of the transfer. Please do not pay again.",
            "ธนาคารยังไม่แจ้งผลการโอนเงิน กรุณาอย่าชำระซ้ำ"
        ),
        ("bankWaiting", "Waiting for your bank…", "กำลังรอผลจากธนาคาร…"),
        ("lookButton", "Look again", "ตรวจสอบอีกครั้ง"),
        ("pictureText", "QR code for this payment", "QR สำหรับรายการนี้"),
        ("saveButton", "Save the picture", "บันทึกรูป"),
        (
            "saveNote", "On this phone? Save the picture and open it from your bank's app.",
            "ใช้โทรศัพท์เครื่องนี้อยู่? บันทึกรูปแล้วเปิดจากแอปธนาคาร"
        ),
        ("idLabel", "QR ID", "QR ID"),
        ("timeLabel", "Time left", "เวลาที่เหลือ"),
        ("waitingText", "Waiting for your payment…", "กำลังรอการชำระเงิน…"),
        ("checkButton", "I have paid", "ฉันชำระแล้ว"),
        ("expiredTitle", "The time is up", "หมดเวลาแล้ว"),
        (
            "expiredText", "This code has expired. Nothing was taken. Please try again at the shop.",
            "QR นี้หมดอายุแล้ว ไม่มีการตัดเงิน กรุณาลองใหม่ที่ร้านค้า"
        ),
        ("cancelledTitle", "The payment was cancelled", "รายการถูกยกเลิก"),
        ("cancelledText", "Nothing was taken.", "ไม่มีการตัดเงิน"),
        ("failedTitle", "Payment not completed", "ชำระเงินไม่สำเร็จ"),
        ("failedText", "Nothing was taken. You can try again.", "ไม่มีการตัดเงิน คุณสามารถลองใหม่ได้"),
        ("payPlusTitle", "Pay by phone", "ชำระด้วยโทรศัพท์มือถือ"),
        (
            "payPlusIntro", "We send a request to the app of your bank, where you confirm it.",
            "เราจะส่งคำขอไปยังแอปธนาคารของคุณเพื่อให้คุณยืนยัน"
        ),
        ("numberLabel", "Mobile number", "หมายเลขโทรศัพท์มือถือ"),
        ("numberHint", "Registered with K PLUS or PromptPay", "ที่ลงทะเบียนกับ K PLUS หรือพร้อมเพย์"),
        ("numberMissing", "Please fill in your mobile number.", "กรุณากรอกหมายเลขโทรศัพท์มือถือ"),
        (
            "numberWrong", "A Thai mobile number has ten digits and begins with 0.",
            "หมายเลขโทรศัพท์มือถือมี 10 หลักและขึ้นต้นด้วย 0"
        ),
        ("numberUnknown", "No bank app is registered under this number.", "ไม่พบแอปธนาคารที่ลงทะเบียนด้วยหมายเลขนี้"),
        ("sendButton", "Send the request", "ส่งคำขอ"),
        ("openAppButton", "Open K PLUS", "เปิดแอป K PLUS"),
        ("or", "or", "หรือ"),
    ]
}
