/// What all pages say.
enum CommonWords {
    static let table: PageWords.Table = [
        ("testBadge", "Test mode", "โหมดทดสอบ", "របៀបសាកល្បង"),
        (
            "testNote", "This is a test. No money moves.",
            "นี่คือการทดสอบ ไม่มีการตัดเงินจริง", "នេះជាការសាកល្បង។ មិនមានការកាត់ប្រាក់ពិតទេ។"
        ),
        ("close", "Close", "ปิด", "បិទ"),
        ("secured", "Secured by Mekong", "ปลอดภัยด้วย Mekong", "ធានាសុវត្ថិភាពដោយ Mekong"),
        ("amountLabel", "Amount", "จำนวนเงิน", "ចំនួនទឹកប្រាក់"),
        ("cancelButton", "Cancel", "ยกเลิก", "បោះបង់"),
        ("backButton", "Back to the shop", "กลับไปที่ร้านค้า", "ត្រឡប់ទៅហាងវិញ"),
        ("tryAgainButton", "Try again", "ลองอีกครั้ง", "ព្យាយាមម្ដងទៀត"),
    ]
}
