/// What the simulated wallets say.
enum WalletWords {
    static let table: PageWords.Table = [
        ("simulated", "Simulated wallet", "กระเป๋าเงินจำลอง", "កាបូបឌីជីថលសាកល្បង"),
        (
            "walletIntro", "Press Pay to play a payer who pays, or Cancel for one who does not.",
            "กด Pay เพื่อจำลองผู้ชำระเงิน หรือกดยกเลิก", "ចុច Pay ដើម្បីសាកល្បងជាអ្នកដែលបង់ប្រាក់ ឬចុច Cancel ជាអ្នកដែលមិនបង់។"
        ),
        ("payButton", "Pay", "ชำระเงิน (Pay)", "ទូទាត់ (Pay)"),
        ("cancelButton", "Cancel", "ยกเลิก (Cancel)", "បោះបង់ (Cancel)"),
        ("confirmButton", "Confirm", "ยืนยัน", "បញ្ជាក់"),
        ("unionPayTitle", "UnionPay card payment", "ชำระด้วยบัตร UnionPay", "ទូទាត់ដោយកាត UnionPay"),
        ("numberLabel", "Card number", "หมายเลขบัตร", "លេខកាត"),
        ("expiryLabel", "Expiry date", "วันหมดอายุ", "កាលបរិច្ឆេទផុតកំណត់"),
        ("expiryHint", "MM/YY", "ดด/ปป", "ខខ/ឆឆ"),
        ("codeLabel", "CVN2", "CVN2", "លេខកូដ CVN2"),
        ("pinLabel", "PIN", "รหัส PIN", "លេខកូដ PIN"),
        ("smsTitle", "Confirm with the SMS code", "ยืนยันด้วยรหัส SMS", "បញ្ជាក់ដោយលេខកូដ SMS"),
        (
            "smsIntro", "UnionPay has sent a code to your phone.",
            "UnionPay ได้ส่งรหัสไปยังโทรศัพท์ของคุณ", "UnionPay បានផ្ញើលេខកូដទៅទូរស័ព្ទរបស់អ្នកហើយ។"
        ),
        ("smsLabel", "SMS code", "รหัส SMS", "លេខកូដ SMS"),
        ("numberWrong", "This card is not taken.", "ไม่รับบัตรนี้", "កាតនេះមិនត្រូវបានទទួលយកទេ។"),
        ("expiryWrong", "The expiry date is no date to come.", "วันหมดอายุไม่ถูกต้อง", "កាលបរិច្ឆេទផុតកំណត់មិនត្រឹមត្រូវទេ។"),
        ("codeWrong", "The CVN2 has three or four digits.", "CVN2 ไม่ถูกต้อง", "លេខកូដ CVN2 មិនត្រឹមត្រូវទេ។"),
        ("pinWrong", "The PIN is wrong.", "รหัส PIN ไม่ถูกต้อง", "លេខកូដ PIN មិនត្រឹមត្រូវទេ។"),
        ("smsWrong", "The code is wrong.", "รหัสไม่ถูกต้อง", "លេខកូដមិនត្រឹមត្រូវទេ។"),
        (
            "unreachable", "Your bank could not be reached. Nothing was paid; please try again.",
            "ไม่สามารถติดต่อธนาคารของคุณได้ ยังไม่มีการตัดเงิน กรุณาลองอีกครั้ง",
            "មិនអាចទាក់ទងធនាគាររបស់អ្នកបានទេ។ មិនមានការកាត់ប្រាក់ទេ។ សូមព្យាយាមម្ដងទៀត។"
        ),
        (
            "problemsTitle", "Please look at the fields marked below.",
            "กรุณาตรวจสอบช่องที่ทำเครื่องหมายไว้", "សូមពិនិត្យប្រអប់ដែលបានសម្គាល់ខាងក្រោម។"
        ),
    ]
}
