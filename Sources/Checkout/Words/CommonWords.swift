/// What all pages say.
enum CommonWords {
    static let table: PageWords.Table = [
        ("testBadge", "Test mode", "โหมดทดสอบ"),
        ("testNote", "This is a test. No money moves.", "นี่คือการทดสอบ ไม่มีการตัดเงินจริง"),
        ("close", "Close", "ปิด"),
        ("secured", "Secured by Mekong", "ปลอดภัยด้วย Mekong"),
        ("amountLabel", "Amount", "จำนวนเงิน"),
        ("cancelButton", "Cancel", "ยกเลิก"),
        ("backButton", "Back to the shop", "กลับไปที่ร้านค้า"),
        ("tryAgainButton", "Try again", "ลองอีกครั้ง"),
    ]
}
