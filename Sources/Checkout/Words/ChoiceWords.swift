/// What the pages say on which a payer chooses between cards, currencies and instalments.
enum ChoiceWords {
    static let table: PageWords.Table = [
        ("savedTitle", "Choose a card", "เลือกบัตร", "ជ្រើសរើសកាត"),
        ("savedIntro", "Please choose one of your cards.", "กรุณาเลือกบัตรของคุณ", "សូមជ្រើសរើសកាតណាមួយរបស់អ្នក។"),
        ("expires", "Expires {}", "หมดอายุ {}", "ផុតកំណត់ {}"),
        ("expired", "Expired", "หมดอายุแล้ว", "បានផុតកំណត់"),
        ("otherCardButton", "Use another card", "ใช้บัตรอื่น", "ប្រើកាតផ្សេង"),
        ("choiceMissing", "Please choose one.", "กรุณาเลือกหนึ่งรายการ", "សូមជ្រើសរើសមួយ។"),
        ("payButton", "Pay {}", "ชำระเงิน {}", "ទូទាត់ {}"),
        ("plainPayButton", "Pay", "ชำระเงิน", "ទូទាត់"),
        ("currencyTitle", "Choose the currency", "เลือกสกุลเงิน", "ជ្រើសរើសរូបិយប័ណ្ណ"),
        ("cardCurrencyLabel", "Your card's currency", "สกุลเงินของบัตร", "រូបិយប័ណ្ណរបស់កាត"),
        ("rateLabel", "Exchange rate", "อัตราแลกเปลี่ยน", "អត្រាប្ដូរប្រាក់"),
        ("marginLabel", "Mark-up included", "ส่วนต่างที่รวมแล้ว", "កម្រៃបន្ថែម (រួមបញ្ចូលហើយ)"),
        ("shopAmountLabel", "Amount at the shop", "ยอดของร้านค้า", "ចំនួនទឹកប្រាក់របស់ហាង"),
        ("cardAmountLabel", "Amount in your currency", "ยอดในสกุลเงินของคุณ", "ចំនួនទឹកប្រាក់ជារូបិយប័ណ្ណរបស់អ្នក"),
        (
            "acceptLabel", "I accept the payment currency and exchange rate as stated above.",
            "ข้าพเจ้ายอมรับสกุลเงินและอัตราแลกเปลี่ยนตามที่ระบุข้างต้น", "ខ្ញុំយល់ព្រមលើរូបិយប័ណ្ណទូទាត់ និងអត្រាប្ដូរប្រាក់ដូចដែលបានបញ្ជាក់ខាងលើ។"
        ),
        (
            "acceptNote", "Cardholder selected transaction currency is final.",
            "สกุลเงินที่ผู้ถือบัตรเลือกแล้วไม่สามารถเปลี่ยนแปลงได้", "រូបិយប័ណ្ណដែលម្ចាស់កាតបានជ្រើសរើស មិនអាចផ្លាស់ប្ដូរបានទេ។"
        ),
        (
            "acceptMissing", "To pay in your card's currency, please accept the exchange rate first.",
            "หากต้องการชำระด้วยสกุลเงินของบัตร กรุณายอมรับอัตราแลกเปลี่ยนก่อน",
            "ដើម្បីទូទាត់ជារូបិយប័ណ្ណរបស់កាត សូមយល់ព្រមលើអត្រាប្ដូរប្រាក់ជាមុនសិន។"
        ),
        ("instalmentsLabel", "Instalments", "ผ่อนชำระ", "បង់រំលស់"),
        ("monthsCount", "{} months", "{} เดือน", "{} ខែ"),
        ("monthlyLabel", "Each month", "ชำระต่อเดือน", "បង់ប្រចាំខែ"),
        ("totalLabel", "In all", "ยอดรวม", "សរុប"),
        ("interestLabel", "Interest per month", "ดอกเบี้ยต่อเดือน", "ការប្រាក់ប្រចាំខែ"),
        ("noInterest", "0 %, the shop bears it", "0% ร้านค้ารับภาระ", "0% ហាងរ៉ាប់រង"),
        ("supplierInterest", "0 %, the maker bears it", "0% ผู้ผลิตรับภาระ", "0% ក្រុមហ៊ុនផលិតរ៉ាប់រង"),
        ("monthlyAmount", "{} a month", "{} ต่อเดือน", "{} ក្នុងមួយខែ"),
        (
            "termsLegend", "Over how many months do you pay?", "ต้องการผ่อนชำระกี่เดือน",
            "តើអ្នកចង់បង់រំលស់ប៉ុន្មានខែ?"
        ),
        ("termMissing", "Please choose the number of months.", "กรุณาเลือกจำนวนเดือน", "សូមជ្រើសរើសចំនួនខែ។"),
        (
            "bankInterest", "Your bank tells you its interest.", "ธนาคารของคุณจะแจ้งอัตราดอกเบี้ย",
            "ធនាគាររបស់អ្នកនឹងប្រាប់អត្រាការប្រាក់។"
        ),
        ("feeTitle", "Please confirm the total", "กรุณายืนยันยอดรวม", "សូមបញ្ជាក់ចំនួនសរុប"),
        (
            "feeIntro", "Paying with this card costs a convenience fee. It is added to the amount.",
            "การชำระด้วยบัตรนี้มีค่าธรรมเนียมความสะดวก ซึ่งรวมเพิ่มจากจำนวนเงิน",
            "ការទូទាត់ដោយកាតនេះមានកម្រៃសេវា ដែលត្រូវបូកបន្ថែមលើចំនួនទឹកប្រាក់។"
        ),
        ("feeLabel", "Convenience fee", "ค่าธรรมเนียมความสะดวก", "កម្រៃសេវា"),
        ("feeTaxLabel", "VAT on the fee", "ภาษีมูลค่าเพิ่มของค่าธรรมเนียม", "អាករលើតម្លៃបន្ថែមនៃកម្រៃសេវា"),
        ("withFee", "{} with the fee", "{} รวมค่าธรรมเนียม", "{} រួមទាំងកម្រៃសេវា"),
        (
            "stepOver",
            "What you were shown no longer holds: its time is over, or it was used already. Please give your card again.",
            "ข้อมูลที่แสดงก่อนหน้านี้หมดอายุหรือถูกใช้ไปแล้ว กรุณาเลือกหรือกรอกบัตรอีกครั้ง",
            "ព័ត៌មានដែលបានបង្ហាញលែងមានសុពលភាព ព្រោះអស់ពេល ឬត្រូវបានប្រើរួចហើយ។ សូមជ្រើសរើស ឬបញ្ចូលកាតម្ដងទៀត។"
        ),
    ]
}
