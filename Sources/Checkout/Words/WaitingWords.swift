/// What the pages say that wait for a payer's phone.
enum WaitingWords {
    static let table: PageWords.Table = [
        ("thaiQRTitle", "Scan to pay", "สแกนเพื่อชำระเงิน", "ស្កេនដើម្បីទូទាត់"),
        (
            "thaiQRIntro", "Open the app of your bank or wallet and scan this Thai QR.",
            "เปิดแอปธนาคารหรืออีวอลเล็ต แล้วสแกน Thai QR นี้", "សូមបើកកម្មវិធីធនាគារ ឬកាបូបឌីជីថលរបស់អ្នក រួចស្កេន Thai QR នេះ។"
        ),
        ("weChatTitle", "Pay with WeChat Pay", "ชำระด้วย WeChat Pay", "ទូទាត់ដោយ WeChat Pay"),
        (
            "weChatIntro", "Open WeChat and scan this QR code.",
            "เปิด WeChat แล้วสแกน QR นี้", "សូមបើក WeChat រួចស្កេន QR នេះ។"
        ),
        ("phoneTitle", "Confirm on your phone", "ยืนยันในโทรศัพท์ของคุณ", "បញ្ជាក់នៅលើទូរស័ព្ទរបស់អ្នក"),
        (
            "phoneIntro", "We have sent a request to {}. Open your bank's app and confirm it there.",
            "เราได้ส่งคำขอไปที่ {} แล้ว กรุณาเปิดแอปธนาคารเพื่อยืนยัน",
            "យើងបានផ្ញើសំណើទៅ {} ហើយ។ សូមបើកកម្មវិធីធនាគាររបស់អ្នក ដើម្បីបញ្ជាក់។"
        ),
        ("promptPayTitle", "Scan to pay", "สแกนเพื่อชำระเงิน", "ស្កេនដើម្បីទូទាត់"),
        (
            "promptPayIntro", "Scan this PromptPay QR with the app of your bank and pay the amount shown.",
            "สแกน QR พร้อมเพย์นี้ด้วยแอปธนาคาร แล้วชำระตามจำนวนที่แสดง",
            "សូមស្កេន PromptPay QR នេះដោយកម្មវិធីធនាគាររបស់អ្នក ហើយទូទាត់តាមចំនួនដែលបានបង្ហាញ។"
        ),
        ("payeeLabel", "To", "โอนให้", "អ្នកទទួល"),
        ("creditTitle", "Thank you", "ขอบคุณ", "សូមអរគុណ"),
        (
            "creditIntro", "We are looking for your payment at the shop's bank. You may wait here or go back.",
            "ระบบกำลังตรวจสอบยอดเงินกับธนาคารของร้านค้า คุณสามารถรอที่หน้านี้ หรือกลับไปที่ร้านค้าได้",
            "យើងកំពុងពិនិត្យការទូទាត់របស់អ្នកជាមួយធនាគាររបស់ហាង។ អ្នកអាចរង់ចាំនៅទីនេះ ឬត្រឡប់ទៅហាងវិញ។"
        ),
        ("creditWaiting", "Looking for your payment…", "กำลังตรวจสอบการชำระเงิน…", "កំពុងពិនិត្យការទូទាត់…"),
        ("preparingTitle", "One moment, please", "กรุณารอสักครู่", "សូមរង់ចាំបន្តិច"),
        (
            "preparingIntro", "The bank is still preparing this payment. The page goes on by itself.",
            "ธนาคารกำลังเตรียมรายการนี้ หน้านี้จะดำเนินการต่อโดยอัตโนมัติ",
            "ធនាគារកំពុងរៀបចំការទូទាត់នេះ។ ទំព័រនេះនឹងបន្តដោយស្វ័យប្រវត្តិ។"
        ),
        ("preparingWaiting", "Waiting for the bank…", "กำลังรอธนาคาร…", "កំពុងរង់ចាំធនាគារ…"),
        ("bankTitle", "Your bank is at work", "ธนาคารกำลังดำเนินการ", "ធនាគារកំពុងដំណើរការ"),
        (
            "bankIntro", "Your bank has not said yet what became of the transfer. Please do not pay again.",
            "ธนาคารยังไม่แจ้งผลการโอนเงิน กรุณาอย่าชำระซ้ำ", "ធនាគាររបស់អ្នកមិនទាន់ជូនដំណឹងអំពីលទ្ធផលនៃការផ្ទេរប្រាក់ទេ។ សូមកុំទូទាត់ម្ដងទៀត។"
        ),
        ("bankWaiting", "Waiting for your bank…", "กำลังรอผลจากธนาคาร…", "កំពុងរង់ចាំធនាគាររបស់អ្នក…"),
        ("lookButton", "Look again", "ตรวจสอบอีกครั้ง", "ពិនិត្យម្ដងទៀត"),
        ("pictureText", "QR code for this payment", "QR สำหรับรายการนี้", "កូដ QR សម្រាប់ការទូទាត់នេះ"),
        ("saveButton", "Save the picture", "บันทึกรูป", "រក្សាទុករូបភាព"),
        (
            "saveNote", "On this phone? Save the picture and open it from your bank's app.",
            "ใช้โทรศัพท์เครื่องนี้อยู่? บันทึกรูปแล้วเปิดจากแอปธนาคาร",
            "កំពុងប្រើទូរស័ព្ទនេះមែនទេ? សូមរក្សាទុករូបភាព រួចបើកពីកម្មវិធីធនាគាររបស់អ្នក។"
        ),
        ("idLabel", "QR ID", "QR ID", "លេខសម្គាល់ QR"),
        ("timeLabel", "Time left", "เวลาที่เหลือ", "ពេលវេលានៅសល់"),
        ("waitingText", "Waiting for your payment…", "กำลังรอการชำระเงิน…", "កំពុងរង់ចាំការទូទាត់របស់អ្នក…"),
        ("checkButton", "I have paid", "ฉันชำระแล้ว", "ខ្ញុំបានទូទាត់ហើយ"),
        ("expiredTitle", "The time is up", "หมดเวลาแล้ว", "ផុតពេលកំណត់ហើយ"),
        (
            "expiredText", "This code has expired. Nothing was taken. Please try again at the shop.",
            "QR นี้หมดอายุแล้ว ไม่มีการตัดเงิน กรุณาลองใหม่ที่ร้านค้า",
            "កូដ QR នេះបានផុតកំណត់ហើយ។ មិនមានការកាត់ប្រាក់ទេ។ សូមព្យាយាមម្ដងទៀតនៅហាង។"
        ),
        ("cancelledTitle", "The payment was cancelled", "รายการถูกยกเลิก", "ការទូទាត់ត្រូវបានបោះបង់"),
        ("cancelledText", "Nothing was taken.", "ไม่มีการตัดเงิน", "មិនមានការកាត់ប្រាក់ទេ។"),
        ("failedTitle", "Payment not completed", "ชำระเงินไม่สำเร็จ", "ការទូទាត់មិនបានសម្រេច"),
        (
            "failedText", "Nothing was taken. You can try again.",
            "ไม่มีการตัดเงิน คุณสามารถลองใหม่ได้", "មិនមានការកាត់ប្រាក់ទេ។ អ្នកអាចព្យាយាមម្ដងទៀត។"
        ),
        ("payPlusTitle", "Pay by phone", "ชำระด้วยโทรศัพท์มือถือ", "ទូទាត់តាមទូរស័ព្ទ"),
        (
            "payPlusIntro", "We send a request to the app of your bank, where you confirm it.",
            "เราจะส่งคำขอไปยังแอปธนาคารของคุณเพื่อให้คุณยืนยัน", "យើងនឹងផ្ញើសំណើទៅកម្មវិធីធនាគាររបស់អ្នក ដើម្បីឱ្យអ្នកបញ្ជាក់។"
        ),
        ("numberLabel", "Mobile number", "หมายเลขโทรศัพท์มือถือ", "លេខទូរស័ព្ទ"),
        (
            "numberHint", "Registered with K PLUS or PromptPay",
            "ที่ลงทะเบียนกับ K PLUS หรือพร้อมเพย์", "បានចុះឈ្មោះជាមួយ K PLUS ឬ PromptPay"
        ),
        (
            "numberMissing", "Please fill in your mobile number.",
            "กรุณากรอกหมายเลขโทรศัพท์มือถือ", "សូមបញ្ចូលលេខទូរស័ព្ទរបស់អ្នក។"
        ),
        (
            "numberWrong", "A Thai mobile number has ten digits and begins with 0.",
            "หมายเลขโทรศัพท์มือถือมี 10 หลักและขึ้นต้นด้วย 0", "លេខទូរស័ព្ទថៃមាន 10 ខ្ទង់ ហើយចាប់ផ្ដើមដោយលេខ 0។"
        ),
        (
            "numberUnknown", "No bank app is registered under this number.",
            "ไม่พบแอปธนาคารที่ลงทะเบียนด้วยหมายเลขนี้", "រកមិនឃើញកម្មវិធីធនាគារដែលបានចុះឈ្មោះដោយលេខនេះទេ។"
        ),
        ("sendButton", "Send the request", "ส่งคำขอ", "ផ្ញើសំណើ"),
        ("openAppButton", "Open K PLUS", "เปิดแอป K PLUS", "បើក K PLUS"),
        ("or", "or", "หรือ", "ឬ"),
    ]
}
