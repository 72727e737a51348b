import Payments

/// A bank as `get_bank_config` lists it.
struct BankConfig: Sendable, Hashable {
    /// The number by which this API names it. It never changes.
    let id: Int64
    /// Three digits, as the clearing system numbers banks.
    let code: String
    let name: String
    /// How `get_deposit_accounts` calls it.
    let label: String
    /// Appendix A, Bank Config Status: A takes transfers and deposits, D does not.
    var isActive = true

    var status: String { isActive ? "A" : "D" }

    /// The bank's name in Thai, for pages.
    var thaiName: String { ThaiBank.named(code)?.thaiName ?? name }

    /// Every bank of the list, by its id.
    static let all: [BankConfig] = [
        BankConfig(id: 1, code: "002", name: "BANGKOK BANK PUBLIC COMPANY LTD.", label: "BBL"),
        BankConfig(id: 2, code: "004", name: "KASIKORNBANK", label: "KBank"),
        BankConfig(id: 3, code: "006", name: "KRUNG THAI BANK PUBLIC COMPANY LTD.", label: "KTB"),
        BankConfig(id: 4, code: "011", name: "TMBTHANACHART BANK PUBLIC COMPANY LTD.", label: "TTB"),
        BankConfig(id: 5, code: "014", name: "SIAM COMMERCIAL BANK PUBLIC COMPANY LTD.", label: "SCB"),
        BankConfig(id: 6, code: "022", name: "CIMB THAI BANK PUBLIC COMPANY LTD.", label: "CIMB"),
        BankConfig(id: 7, code: "024", name: "UNITED OVERSEAS BANK (THAI) PUBLIC COMPANY LTD.", label: "UOB"),
        BankConfig(id: 8, code: "025", name: "BANK OF AYUDHYA PUBLIC COMPANY LTD.", label: "BAY"),
        BankConfig(id: 9, code: "030", name: "GOVERNMENT SAVINGS BANK", label: "GSB"),
        BankConfig(id: 10, code: "033", name: "GOVERNMENT HOUSING BANK", label: "GHB"),
        BankConfig(id: 11, code: "034", name: "BANK FOR AGRICULTURE AND AGRICULTURAL COOPERATIVES", label: "BAAC"),
        // It has become part of TMBThanachart Bank.
        BankConfig(id: 12, code: "065", name: "THANACHART BANK PUBLIC COMPANY LTD.", label: "TBANK", isActive: false),
        BankConfig(id: 13, code: "067", name: "TISCO BANK PUBLIC COMPANY LTD.", label: "TISCO"),
        BankConfig(id: 14, code: "069", name: "KIATNAKIN PHATRA BANK PUBLIC COMPANY LTD.", label: "KKP"),
        BankConfig(
            id: 15, code: "070", name: "INDUSTRIAL AND COMMERCIAL BANK OF CHINA (THAI) PUBLIC COMPANY LTD.",
            label: "ICBC"),
        BankConfig(id: 16, code: "071", name: "THAI CREDIT BANK PUBLIC COMPANY LTD.", label: "TCRB"),
        BankConfig(id: 17, code: "073", name: "LAND AND HOUSES BANK PUBLIC COMPANY LTD.", label: "LH BANK"),
    ]

    /// The bank with this id of the list.
    static func of(_ id: Int64) -> BankConfig? { all.first { $0.id == id } }

    /// The bank with this three-digit code.
    static func of(code: String) -> BankConfig? { all.first { $0.code == code } }
}
