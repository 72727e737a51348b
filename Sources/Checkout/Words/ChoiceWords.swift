/// What the pages say on which a payer chooses between cards, currencies and instalments.
enum ChoiceWords {
    static let table: PageWords.Table = [
        ("savedTitle", "Choose a card", "เลือกบัตร"),
        ("savedIntro", "Please choose one of your cards.", "กรุณาเลือกบัตรของคุณ"),
        ("expires", "Expires {}", "หมดอายุ {}"),
        ("expired", "Expired", "หมดอายุแล้ว"),
        ("otherCardButton", "Use another card", "ใช้บัตรอื่น"),
        ("choiceMissing", "Please choose one.", "กรุณาเลือกหนึ่งรายการ"),
        ("payButton", "Pay {}", "ชำระเงิน {}"),
        ("plainPayButton", "Pay", "ชำระเงิน"),
        ("currencyTitle", "Choose the currency", "เลือกสกุลเงิน"),
        ("cardCurrencyLabel", "Your card's currency", "สกุลเงินของบัตร"),
        ("rateLabel", "Exchange rate", "อัตราแลกเปลี่ยน"),
        ("marginLabel", "Mark-up included", "ส่วนต่างที่รวมแล้ว"),
        ("shopAmountLabel", "Amount at the shop", "ยอดของร้านค้า"),
        ("cardAmountLabel", "Amount in your currency", "ยอดในสกุลเงินของคุณ"),
        (
            "acceptLabel", "I accept the payment currency and exchange rate as stated above.",
            "ข้าพเจ้ายอมรับสกุลเงินและอัตราแลกเปลี่ยนตามที่ระบุข้างต้น"
        ),
        (
            "acceptNote", "Cardholder selected transaction currency is final.",
            "สกุลเงินที่ผู้ถือบัตรเลือกแล้วไม่สามารถเปลี่ยนแปลงได้"
        ),
        (
            "acceptMissing", "To pay in your card's currency, please accept the exchange rate first.",
            "หากต้องการชำระด้วยสกุลเงินของบัตร กรุณายอมรับอัตราแลกเปลี่ยนก่อน"
        ),
        ("instalmentsLabel", "Instalments", "ผ่อนชำระ"),
        ("monthsCount", "{} months", "{} เดือน"),
        ("monthlyLabel", "Each month", "ชำระต่อเดือน"),
        ("totalLabel", "In all", "ยอดรวม"),
        ("interestLabel", "Interest per month", "ดอกเบี้ยต่อเดือน"),
        ("noInterest", "0 %, the shop bears it", "0% ร้านค้ารับภาระ"),
        ("supplierInterest", "0 %, the maker bears it", "0% ผู้ผลิตรับภาระ"),
        ("monthlyAmount", "{} a month", "{} ต่อเดือน"),
    ]
}
