/// What the pages say on which a payer pays from their own bank.
enum BankWords {
    static let table: PageWords.Table = [
        ("signInTitle", "Sign in to your bank", "เข้าสู่ระบบธนาคารของคุณ", "ចូលគណនីធនាគាររបស់អ្នក"),
        (
            "signInIntro", "Use the user name and password of your internet banking. The shop never sees them.",
            "ใช้ชื่อผู้ใช้และรหัสผ่านอินเทอร์เน็ตแบงก์กิ้งของคุณ ร้านค้าจะไม่เห็นข้อมูลนี้",
            "សូមប្រើឈ្មោះអ្នកប្រើ និងពាក្យសម្ងាត់នៃសេវាធនាគារតាមអ៊ីនធឺណិតរបស់អ្នក។ ហាងមិនអាចឃើញព័ត៌មាននេះទេ។"
        ),
        ("personal", "Personal account", "บัญชีบุคคลธรรมดา", "គណនីបុគ្គល"),
        ("business", "Business account", "บัญชีธุรกิจ", "គណនីអាជីវកម្ម"),
        ("usernameLabel", "User name", "ชื่อผู้ใช้", "ឈ្មោះអ្នកប្រើ"),
        ("usernameMissing", "Please fill in your user name.", "กรุณากรอกชื่อผู้ใช้", "សូមបញ្ចូលឈ្មោះអ្នកប្រើ។"),
        ("passwordLabel", "Password", "รหัสผ่าน", "ពាក្យសម្ងាត់"),
        ("passwordMissing", "Please fill in your password.", "กรุณากรอกรหัสผ่าน", "សូមបញ្ចូលពាក្យសម្ងាត់។"),
        ("tooLong", "This is too long.", "ข้อความยาวเกินไป", "អត្ថបទនេះវែងពេក។"),
        ("signInButton", "Sign in", "เข้าสู่ระบบ", "ចូលគណនី"),
        ("firstTitle", "Confirm the transfer", "ยืนยันการโอนเงิน", "បញ្ជាក់ការផ្ទេរប្រាក់"),
        (
            "firstIntro", "Your bank has sent a code (OTP) to your phone. Type it in to transfer the amount.",
            "ธนาคารได้ส่งรหัส OTP ไปยังโทรศัพท์ของคุณ กรุณากรอกรหัสเพื่อโอนเงิน",
            "ធនាគាររបស់អ្នកបានផ្ញើលេខកូដ OTP ទៅទូរស័ព្ទរបស់អ្នក។ សូមបញ្ចូលលេខកូដ ដើម្បីផ្ទេរប្រាក់។"
        ),
        ("firstLabel", "Code (OTP)", "รหัส OTP", "លេខកូដ OTP"),
        ("secondTitle", "One more code", "กรอกรหัสอีกครั้ง", "លេខកូដមួយទៀត"),
        (
            "secondIntro", "Your bank asks for a second code, which it has just sent. Then the transfer is made.",
            "ธนาคารขอรหัสที่สอง ซึ่งเพิ่งส่งให้คุณ จากนั้นจึงจะโอนเงิน",
            "ធនាគាររបស់អ្នកស្នើសុំលេខកូដទីពីរ ដែលទើបតែបានផ្ញើជូន។ បន្ទាប់មក ប្រាក់នឹងត្រូវបានផ្ទេរ។"
        ),
        ("secondLabel", "Second code (OTP)", "รหัส OTP ที่สอง", "លេខកូដ OTP ទីពីរ"),
        ("codeMissing", "Please fill in the code.", "กรุณากรอกรหัส", "សូមបញ្ចូលលេខកូដ។"),
        ("confirmButton", "Confirm", "ยืนยัน", "បញ្ជាក់"),
        (
            "wrongCredentials", "Your bank does not know this user name and password. Please try again.",
            "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง กรุณาลองอีกครั้ง", "ឈ្មោះអ្នកប្រើ ឬពាក្យសម្ងាត់មិនត្រឹមត្រូវទេ។ សូមព្យាយាមម្ដងទៀត។"
        ),
        (
            "wrongCode", "The code is wrong. Please try again.",
            "รหัสไม่ถูกต้อง กรุณาลองอีกครั้ง", "លេខកូដមិនត្រឹមត្រូវទេ។ សូមព្យាយាមម្ដងទៀត។"
        ),
        (
            "unreachable", "Your bank could not be reached. Nothing was taken; please try again.",
            "ไม่สามารถติดต่อธนาคารของคุณได้ ยังไม่มีการตัดเงิน กรุณาลองอีกครั้ง",
            "មិនអាចទាក់ទងធនាគាររបស់អ្នកបានទេ។ មិនមានការកាត់ប្រាក់ទេ។ សូមព្យាយាមម្ដងទៀត។"
        ),
        (
            "simulatedNote", "A simulated bank: any user name and password sign in, and the code is 123456.",
            "ธนาคารจำลอง: ใช้ชื่อผู้ใช้และรหัสผ่านใดก็ได้ และรหัส OTP คือ 123456",
            "ធនាគារសាកល្បង៖ អាចប្រើឈ្មោះអ្នកប្រើ និងពាក្យសម្ងាត់ណាក៏បាន ហើយលេខកូដ OTP គឺ 123456។"
        ),
        ("untilText", "Please finish by {}.", "กรุณาทำรายการให้เสร็จก่อน {} น.", "សូមបញ្ចប់មុនម៉ោង {}។"),
        ("or", "or", "หรือ", "ឬ"),
        ("qrButton", "Pay by PromptPay QR", "ชำระด้วย QR พร้อมเพย์", "ទូទាត់ដោយ PromptPay QR"),
    ]
}

/// What the pages say that end a deposit.
enum OutcomeWords {
    static let table: PageWords.Table = [
        ("paidTitle", "Payment received", "ได้รับการชำระเงินแล้ว", "បានទទួលការទូទាត់ហើយ"),
        ("paidText", "Thank you. The shop has been told.", "ขอบคุณ ร้านค้าได้รับแจ้งแล้ว", "សូមអរគុណ។ ហាងបានទទួលដំណឹងហើយ។"),
        ("failedTitle", "Payment not completed", "ชำระเงินไม่สำเร็จ", "ការទូទាត់មិនបានសម្រេច"),
        (
            "locked", "There were too many wrong tries, and your bank has stopped this payment. Nothing was taken.",
            "กรอกผิดหลายครั้งเกินไป ธนาคารจึงระงับรายการนี้ ไม่มีการตัดเงิน",
            "ការបញ្ចូលខុសមានច្រើនដងពេក ហើយធនាគាររបស់អ្នកបានបញ្ឈប់ការទូទាត់នេះ។ មិនមានការកាត់ប្រាក់ទេ។"
        ),
        (
            "insufficientFunds", "There is too little money in your account. Nothing was taken.",
            "ยอดเงินในบัญชีไม่เพียงพอ ไม่มีการตัดเงิน", "ទឹកប្រាក់ក្នុងគណនីរបស់អ្នកមិនគ្រប់គ្រាន់ទេ។ មិនមានការកាត់ប្រាក់ទេ។"
        ),
        (
            "refused", "Your bank does not carry out this transfer. Nothing was taken.",
            "ธนาคารไม่อนุมัติการโอนเงินนี้ ไม่มีการตัดเงิน", "ធនាគាររបស់អ្នកមិនអនុញ្ញាតការផ្ទេរប្រាក់នេះទេ។ មិនមានការកាត់ប្រាក់ទេ។"
        ),
        (
            "cancelled", "You have cancelled this payment. Nothing was taken.",
            "คุณยกเลิกรายการนี้แล้ว ไม่มีการตัดเงิน", "អ្នកបានបោះបង់ការទូទាត់នេះ។ មិនមានការកាត់ប្រាក់ទេ។"
        ),
        (
            "cancelledQR", "You have cancelled this payment. If you have paid, please tell the shop.",
            "คุณยกเลิกรายการนี้แล้ว หากคุณชำระเงินแล้ว กรุณาแจ้งร้านค้า",
            "អ្នកបានបោះបង់ការទូទាត់នេះ។ ប្រសិនបើអ្នកបានទូទាត់ហើយ សូមជូនដំណឹងដល់ហាង។"
        ),
        (
            "expired", "The time for this payment is over. Nothing was taken.",
            "หมดเวลาชำระเงินแล้ว ไม่มีการตัดเงิน", "ពេលវេលាទូទាត់បានផុតកំណត់ហើយ។ មិនមានការកាត់ប្រាក់ទេ។"
        ),
        (
            "expiredQR", "The time for this payment is over. If you have paid, please tell the shop.",
            "หมดเวลาชำระเงินแล้ว หากคุณชำระเงินแล้ว กรุณาแจ้งร้านค้า",
            "ពេលវេលាទូទាត់បានផុតកំណត់ហើយ។ ប្រសិនបើអ្នកបានទូទាត់ហើយ សូមជូនដំណឹងដល់ហាង។"
        ),
        (
            "lineUsed", "Your money has arrived, and the shop has it. Please ask the shop about your order.",
            "ร้านค้าได้รับเงินของคุณแล้ว กรุณาสอบถามร้านค้าเกี่ยวกับรายการของคุณ",
            "ហាងបានទទួលប្រាក់របស់អ្នកហើយ។ សូមសួរហាងអំពីការបញ្ជាទិញរបស់អ្នក។"
        ),
        ("unknownTitle", "This page does not exist", "ไม่พบหน้านี้", "រកមិនឃើញទំព័រនេះទេ"),
        (
            "unknownText", "The address is wrong, or the payment is long over.",
            "ที่อยู่ไม่ถูกต้อง หรือรายการนี้สิ้นสุดไปนานแล้ว", "អាសយដ្ឋានមិនត្រឹមត្រូវ ឬការទូទាត់នេះបានបញ្ចប់យូរហើយ។"
        ),
        ("unavailableTitle", "Please try again", "กรุณาลองใหม่อีกครั้ง", "សូមព្យាយាមម្ដងទៀត"),
        (
            "unavailableText", "The payment service cannot answer just now.",
            "ระบบชำระเงินไม่สามารถให้บริการได้ในขณะนี้", "សេវាទូទាត់មិនអាចឆ្លើយតបបានទេនៅពេលនេះ។"
        ),
    ]
}
