import Testing

/// Tables 7.1 and 7.2 of the document, copied from there.
struct DocumentCard: Sendable, CustomTestStringConvertible {
    let number: String
    let brand: String
    /// `00` approves, `500` never answers.
    let code: String

    var testDescription: String { "\(number) \(code)" }

    /// 7.1 for full MCC.
    static let with3DS = [
        DocumentCard(number: "5239620007270264", brand: "mastercard", code: "00"),
        DocumentCard(number: "5404888000072727", brand: "mastercard", code: "00"),
        DocumentCard(number: "5404888005380836", brand: "mastercard", code: "00"),
        DocumentCard(number: "5411768003140872", brand: "mastercard", code: "00"),
        DocumentCard(number: "5411768003141953", brand: "mastercard", code: "00"),
        DocumentCard(number: "2221000604647064", brand: "mastercard", code: "01"),
        DocumentCard(number: "5596886582263266", brand: "mastercard", code: "05"),
        DocumentCard(number: "5149504001969007", brand: "mastercard", code: "51"),
        DocumentCard(number: "5265434283867885", brand: "mastercard", code: "51"),
        DocumentCard(number: "4417706600005830", brand: "visa", code: "00"),
        DocumentCard(number: "3564580000056476", brand: "jcb", code: "00"),
    ]

    /// 7.1 for full DCC.
    static let with3DSForDCC = [
        DocumentCard(number: "5239620007270264", brand: "mastercard", code: "00"),
        DocumentCard(number: "4417706600005830", brand: "visa", code: "00"),
    ]

    /// 7.2 for full MCC.
    static let without3DS = [
        DocumentCard(number: "5431289719925031", brand: "mastercard", code: "00"),
        DocumentCard(number: "5565694828631115", brand: "mastercard", code: "00"),
        DocumentCard(number: "2221000604647064", brand: "mastercard", code: "01"),
        DocumentCard(number: "5596886582263266", brand: "mastercard", code: "05"),
        DocumentCard(number: "5265434283867885", brand: "mastercard", code: "51"),
        DocumentCard(number: "5363314260912204", brand: "mastercard", code: "500"),
        DocumentCard(number: "4024007134786226", brand: "visa", code: "00"),
        DocumentCard(number: "4485169016314923", brand: "visa", code: "00"),
        DocumentCard(number: "4877300371267473", brand: "visa", code: "01"),
        DocumentCard(number: "4532741632025415", brand: "visa", code: "05"),
        DocumentCard(number: "4147602662715373", brand: "visa", code: "51"),
        DocumentCard(number: "4024007121398514", brand: "visa", code: "500"),
        DocumentCard(number: "3536353014086177", brand: "jcb", code: "00"),
        DocumentCard(number: "3540000981507917", brand: "jcb", code: "01"),
        DocumentCard(number: "3539074482135968", brand: "jcb", code: "05"),
        DocumentCard(number: "3528730936342392", brand: "jcb", code: "51"),
        DocumentCard(number: "3532598050794027", brand: "jcb", code: "500"),
    ]

    /// 7.2 for full DCC.
    static let without3DSForDCC = [
        DocumentCard(number: "5372074248113841", brand: "mastercard", code: "00"),
        DocumentCard(number: "4205203648166408", brand: "visa", code: "00"),
    ]
}
