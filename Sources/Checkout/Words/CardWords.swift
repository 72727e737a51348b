/// What the pages for a new card say.
enum CardWords {
    static let table: PageWords.Table = [
        ("payTitle", "Pay by card", "ชำระเงินด้วยบัตร"),
        ("saveTitle", "Save a card", "บันทึกบัตร"),
        ("saveIntro", "Please fill in your card.", "กรุณากรอกข้อมูลบัตรของคุณ"),
        ("takenCards", "Cards taken", "บัตรที่รับ"),
        ("problemsTitle", "Please look at the fields marked below.", "กรุณาตรวจสอบช่องที่ทำเครื่องหมายไว้"),
        ("numberLabel", "Card number", "หมายเลขบัตร"),
        ("nameLabel", "Name on card", "ชื่อบนบัตร"),
        ("expiryLabel", "Expiry date", "วันหมดอายุ"),
        ("expiryHint", "MM / YY", "ดด / ปป"),
        ("codeLabel", "Security code", "รหัสความปลอดภัย"),
        ("codeHelp", "Three digits on the back", "ตัวเลข 3 หลักหลังบัตร"),
        (
            "consent", "Remember this card at this shop", "จดจำบัตรนี้ไว้กับร้านค้านี้"
        ),
        (
            "consentNote", "Your card is kept encrypted by the payment gateway. The shop never sees its number.",
            "ระบบชำระเงินเก็บข้อมูลบัตรแบบเข้ารหัส ร้านค้าจะไม่เห็นหมายเลขบัตรของคุณ"
        ),
        ("payButton", "Pay {}", "ชำระเงิน {}"),
        ("plainPayButton", "Pay", "ชำระเงิน"),
        ("saveButton", "Save", "บันทึก"),
        ("numberWrong", "This is not a card number. Please check the digits.", "หมายเลขบัตรไม่ถูกต้อง กรุณาตรวจสอบตัวเลข"),
        ("numberMissing", "Please fill in the card number.", "กรุณากรอกหมายเลขบัตร"),
        ("brandRefused", "This shop does not take this kind of card.", "ร้านค้านี้ไม่รับบัตรประเภทนี้"),
        ("nameMissing", "Please fill in the name on the card.", "กรุณากรอกชื่อบนบัตร"),
        ("nameWrong", "The name is too long.", "ชื่อยาวเกินไป"),
        ("expiryMissing", "Please fill in the expiry date.", "กรุณากรอกวันหมดอายุ"),
        ("expiryWrong", "Write month and year as on the card, such as 05/29.", "กรุณากรอกเดือนและปีตามบัตร เช่น 05/29"),
        ("expiryPast", "This card has expired.", "บัตรนี้หมดอายุแล้ว"),
        ("codeMissing", "Please fill in the security code.", "กรุณากรอกรหัสความปลอดภัย"),
        ("codeWrong", "The security code has three or four digits.", "รหัสความปลอดภัยเป็นตัวเลข 3 หรือ 4 หลัก"),
    ]
}
