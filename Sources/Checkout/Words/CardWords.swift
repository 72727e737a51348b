/// What the pages for a new card say.
enum CardWords {
    static let table: PageWords.Table = [
        ("payTitle", "Pay by card", "ชำระเงินด้วยบัตร", "ទូទាត់ដោយកាត"),
        ("saveTitle", "Save a card", "บันทึกบัตร", "រក្សាទុកកាត"),
        ("saveIntro", "Please fill in your card.", "กรุณากรอกข้อมูลบัตรของคุณ", "សូមបញ្ចូលព័ត៌មានកាតរបស់អ្នក។"),
        ("takenCards", "Cards taken", "บัตรที่รับ", "កាតដែលទទួលយក"),
        (
            "problemsTitle", "Please look at the fields marked below.",
            "กรุณาตรวจสอบช่องที่ทำเครื่องหมายไว้", "សូមពិនិត្យប្រអប់ដែលបានសម្គាល់ខាងក្រោម។"
        ),
        ("numberLabel", "Card number", "หมายเลขบัตร", "លេខកាត"),
        ("nameLabel", "Name on card", "ชื่อบนบัตร", "ឈ្មោះលើកាត"),
        ("expiryLabel", "Expiry date", "วันหมดอายุ", "កាលបរិច្ឆេទផុតកំណត់"),
        ("expiryHint", "MM / YY", "ดด / ปป", "ខខ / ឆឆ"),
        ("codeLabel", "Security code", "รหัสความปลอดภัย", "លេខកូដសុវត្ថិភាព"),
        ("codeHelp", "Three digits on the back", "ตัวเลข 3 หลักหลังบัตร", "លេខ 3 ខ្ទង់នៅខាងក្រោយកាត"),
        ("consent", "Remember this card at this shop", "จดจำบัตรนี้ไว้กับร้านค้านี้", "ចងចាំកាតនេះសម្រាប់ហាងនេះ"),
        (
            "consentNote", "Your card is kept encrypted by the payment gateway. The shop never sees its number.",
            "ระบบชำระเงินเก็บข้อมูลบัตรแบบเข้ารหัส ร้านค้าจะไม่เห็นหมายเลขบัตรของคุณ",
            "ប្រព័ន្ធទូទាត់រក្សាទុកព័ត៌មានកាតរបស់អ្នកជាទម្រង់អ៊ិនគ្រីប។ ហាងមិនអាចឃើញលេខកាតរបស់អ្នកទេ។"
        ),
        ("payButton", "Pay {}", "ชำระเงิน {}", "ទូទាត់ {}"),
        ("plainPayButton", "Pay", "ชำระเงิน", "ទូទាត់"),
        ("saveButton", "Save", "บันทึก", "រក្សាទុក"),
        (
            "numberWrong", "This is not a card number. Please check the digits.",
            "หมายเลขบัตรไม่ถูกต้อง กรุณาตรวจสอบตัวเลข", "លេខកាតមិនត្រឹមត្រូវទេ។ សូមពិនិត្យលេខឡើងវិញ។"
        ),
        ("numberMissing", "Please fill in the card number.", "กรุณากรอกหมายเลขบัตร", "សូមបញ្ចូលលេខកាត។"),
        (
            "brandRefused", "This shop does not take this kind of card.",
            "ร้านค้านี้ไม่รับบัตรประเภทนี้", "ហាងនេះមិនទទួលកាតប្រភេទនេះទេ។"
        ),
        ("nameMissing", "Please fill in the name on the card.", "กรุณากรอกชื่อบนบัตร", "សូមបញ្ចូលឈ្មោះលើកាត។"),
        ("nameWrong", "The name is too long.", "ชื่อยาวเกินไป", "ឈ្មោះវែងពេក។"),
        ("expiryMissing", "Please fill in the expiry date.", "กรุณากรอกวันหมดอายุ", "សូមបញ្ចូលកាលបរិច្ឆេទផុតកំណត់។"),
        (
            "expiryWrong", "Write month and year as on the card, such as 05/29.",
            "กรุณากรอกเดือนและปีตามบัตร เช่น 05/29", "សូមបញ្ចូលខែ និងឆ្នាំដូចនៅលើកាត ឧទាហរណ៍ 05/29។"
        ),
        ("expiryPast", "This card has expired.", "บัตรนี้หมดอายุแล้ว", "កាតនេះបានផុតកំណត់ហើយ។"),
        ("codeMissing", "Please fill in the security code.", "กรุณากรอกรหัสความปลอดภัย", "សូមបញ្ចូលលេខកូដសុវត្ថិភាព។"),
        (
            "codeWrong", "The security code has three or four digits.",
            "รหัสความปลอดภัยเป็นตัวเลข 3 หรือ 4 หลัก", "លេខកូដសុវត្ថិភាពមាន 3 ឬ 4 ខ្ទង់។"
        ),
        (
            "campaignCard", "This card takes no part in the shop's promotion. Please use another one.",
            "บัตรนี้ไม่ร่วมรายการส่งเสริมการขายของร้านค้า กรุณาใช้บัตรอื่น",
            "កាតនេះមិនចូលរួមក្នុងការផ្តល់ជូនពិសេសរបស់ហាងទេ។ សូមប្រើកាតផ្សេង។"
        ),
        (
            "feeNote", "With {} a fee is added. You see the total before you pay.",
            "บัตร {} มีค่าธรรมเนียมเพิ่ม คุณจะเห็นยอดรวมก่อนชำระเงิน",
            "កាត {} មានកម្រៃសេវាបន្ថែម។ អ្នកនឹងឃើញចំនួនសរុបមុនពេលទូទាត់។"
        ),
    ]
}
