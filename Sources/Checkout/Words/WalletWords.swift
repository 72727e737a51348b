/// What the simulated wallets say.
enum WalletWords {
    static let table: PageWords.Table = [
        ("simulated", "Simulated wallet", "กระเป๋าเงินจำลอง"),
        (
            "walletIntro", "Press Pay to play a payer who pays, or Cancel for one who does not.",
            "กด Pay เพื่อจำลองผู้ชำระเงิน หรือกดยกเลิก"
        ),
        ("payButton", "Pay", "ชำระเงิน (Pay)"),
        ("cancelButton", "Cancel", "ยกเลิก (Cancel)"),
        ("confirmButton", "Confirm", "ยืนยัน"),
        ("unionPayTitle", "UnionPay card payment", "ชำระด้วยบัตร UnionPay"),
        ("numberLabel", "Card number", "หมายเลขบัตร"),
        ("expiryLabel", "Expiry date", "วันหมดอายุ"),
        ("expiryHint", "MM/YY", "ดด/ปป"),
        ("codeLabel", "CVN2", "CVN2"),
        ("pinLabel", "PIN", "รหัส PIN"),
        ("smsTitle", "Confirm with the SMS code", "ยืนยันด้วยรหัส SMS"),
        ("smsIntro", "UnionPay has sent a code to your phone.", "UnionPay ได้ส่งรหัสไปยังโทรศัพท์ของคุณ"),
        ("smsLabel", "SMS code", "รหัส SMS"),
        ("numberWrong", "This card is not taken.", "ไม่รับบัตรนี้"),
        ("expiryWrong", "The expiry date is not the card's.", "วันหมดอายุไม่ถูกต้อง"),
        ("codeWrong", "The CVN2 is not the card's.", "CVN2 ไม่ถูกต้อง"),
        ("pinWrong", "The PIN is wrong.", "รหัส PIN ไม่ถูกต้อง"),
        ("smsWrong", "The code is wrong.", "รหัสไม่ถูกต้อง"),
        ("problemsTitle", "Please look at the fields marked below.", "กรุณาตรวจสอบช่องที่ทำเครื่องหมายไว้"),
    ]
}
