/// Any code known here, for whoever scans one without knowing what it is.
public enum MerchantQR: Hashable, Sendable {
    case promptPay(PromptPayQR)
    case billPayment(BillPaymentQR)
    case khqr(KHQRCode)

    /// Reads a payload of any scheme: the Thai ones by their application's id, KHQR by its country.
    /// - Throws: `EMVQRError`; `.unknownScheme` when it is none of them.
    public init(decoding text: String) throws(EMVQRError) {
        let payload = try EMVPayload(decoding: text)
        if payload.value("58") == "KH" {
            self = .khqr(try KHQRCode(decoding: text))
        } else if try payload.template("30")?.value("00") == BillPaymentQR.applicationID {
            self = .billPayment(try BillPaymentQR(decoding: text))
        } else if try payload.template("29")?.value("00") == PromptPayQR.applicationID {
            self = .promptPay(try PromptPayQR(decoding: text))
        } else {
            throw .unknownScheme
        }
    }
}
