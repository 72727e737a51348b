/// What the pages say on which a payer pays from their own bank.
enum BankWords {
    static let table: PageWords.Table = [
        ("signInTitle", "Sign in to your bank", "เข้าสู่ระบบธนาคารของคุณ"),
        (
            "signInIntro", "Use the user name and password of your internet banking. The shop never sees them.",
            "ใช้ชื่อผู้ใช้และรหัสผ่านอินเทอร์เน็ตแบงก์กิ้งของคุณ ร้านค้าจะไม่เห็นข้อมูลนี้"
        ),
        ("personal", "Personal account", "บัญชีบุคคลธรรมดา"),
        ("business", "Business account", "บัญชีธุรกิจ"),
        ("usernameLabel", "User name", "ชื่อผู้ใช้"),
        ("usernameMissing", "Please fill in your user name.", "กรุณากรอกชื่อผู้ใช้"),
        ("passwordLabel", "Password", "รหัสผ่าน"),
        ("passwordMissing", "Please fill in your password.", "กรุณากรอกรหัสผ่าน"),
        ("tooLong", "This is too long.", "ข้อความยาวเกินไป"),
        ("signInButton", "Sign in", "เข้าสู่ระบบ"),
        ("firstTitle", "Confirm the transfer", "ยืนยันการโอนเงิน"),
        (
            "firstIntro", "Your bank has sent a code (OTP) to your phone. Type it in to transfer the amount.",
            "ธนาคารได้ส่งรหัส OTP ไปยังโทรศัพท์ของคุณ กรุณากรอกรหัสเพื่อโอนเงิน"
        ),
        ("firstLabel", "Code (OTP)", "รหัส OTP"),
        ("secondTitle", "One more code", "กรอกรหัสอีกครั้ง"),
        (
            "secondIntro", "Your bank asks for a second code, which it has just sent. Then the transfer is made.",
            "ธนาคารขอรหัสที่สอง ซึ่งเพิ่งส่งให้คุณ จากนั้นจึงจะโอนเงิน"
        ),
        ("secondLabel", "Second code (OTP)", "รหัส OTP ที่สอง"),
        ("codeMissing", "Please fill in the code.", "กรุณากรอกรหัส"),
        ("confirmButton", "Confirm", "ยืนยัน"),
        (
            "wrongCredentials", "Your bank does not know this user name and password. Please try again.",
            "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง กรุณาลองอีกครั้ง"
        ),
        ("wrongCode", "The code is wrong. Please try again.", "รหัสไม่ถูกต้อง กรุณาลองอีกครั้ง"),
        (
            "simulatedNote", "A simulated bank: any user name and password sign in, and the code is 123456.",
            "ธนาคารจำลอง: ใช้ชื่อผู้ใช้และรหัสผ่านใดก็ได้ และรหัส OTP คือ 123456"
        ),
        ("untilText", "Please finish by {}.", "กรุณาทำรายการให้เสร็จก่อน {} น."),
        ("or", "or", "หรือ"),
        ("qrButton", "Pay by PromptPay QR", "ชำระด้วย QR พร้อมเพย์"),
    ]
}

/// What the pages say that end a deposit.
enum OutcomeWords {
    static let table: PageWords.Table = [
        ("paidTitle", "Payment received", "ได้รับการชำระเงินแล้ว"),
        ("paidText", "Thank you. The shop has been told.", "ขอบคุณ ร้านค้าได้รับแจ้งแล้ว"),
        ("failedTitle", "Payment not completed", "ชำระเงินไม่สำเร็จ"),
        (
            "locked", "There were too many wrong tries, and your bank has stopped this payment. Nothing was taken.",
            "กรอกผิดหลายครั้งเกินไป ธนาคารจึงระงับรายการนี้ ไม่มีการตัดเงิน"
        ),
        (
            "insufficientFunds", "There is too little money in your account. Nothing was taken.",
            "ยอดเงินในบัญชีไม่เพียงพอ ไม่มีการตัดเงิน"
        ),
        (
            "refused", "Your bank does not carry out this transfer. Nothing was taken.",
            "ธนาคารไม่อนุมัติการโอนเงินนี้ ไม่มีการตัดเงิน"
        ),
        ("cancelled", "You have cancelled this payment. Nothing was taken.", "คุณยกเลิกรายการนี้แล้ว ไม่มีการตัดเงิน"),
        ("expired", "The time for this payment is over. Nothing was taken.", "หมดเวลาชำระเงินแล้ว ไม่มีการตัดเงิน"),
        (
            "expiredQR", "The time for this payment is over. If you have paid, please tell the shop.",
            "หมดเวลาชำระเงินแล้ว หากคุณชำระเงินแล้ว กรุณาแจ้งร้านค้า"
        ),
        (
            "lineUsed", "Your money has arrived, and the shop has it. Please ask the shop about your order.",
            "ร้านค้าได้รับเงินของคุณแล้ว กรุณาสอบถามร้านค้าเกี่ยวกับรายการของคุณ"
        ),
        ("unknownTitle", "This page does not exist", "ไม่พบหน้านี้"),
        (
            "unknownText", "The address is wrong, or the payment is long over.",
            "ที่อยู่ไม่ถูกต้อง หรือรายการนี้สิ้นสุดไปนานแล้ว"
        ),
        ("unavailableTitle", "Please try again", "กรุณาลองใหม่อีกครั้ง"),
        (
            "unavailableText", "The payment service cannot answer just now.",
            "ระบบชำระเงินไม่สามารถให้บริการได้ในขณะนี้"
        ),
    ]
}
