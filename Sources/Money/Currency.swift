/// A currency by its ISO 4217 alphabetic code. The raw value is that code in upper case.
public enum Currency: String, CaseIterable, Sendable, Hashable, Codable {
    case THB, USD, EUR, GBP, JPY, AUD, CAD, CHF, CNY, HKD, SGD, NZD
    case SEK, NOK, DKK, INR, KRW, TWD, MYR, IDR, PHP, VND, BND, MMK
    case PKR, LKR, BDT, AED, SAR, QAR, KWD, BHD, OMR, ZAR, RUB, BRL
    case KHR

    /// Decimals of the minor unit after ISO 4217: 0, 2 or 3.
    public var exponent: Int {
        switch self {
        case .JPY, .KRW, .VND: 0
        case .KWD, .BHD, .OMR: 3
        default: 2
        }
    }

    /// How many minor units make one unit: 1, 100 or 1000.
    public var minorUnitsPerUnit: Int64 {
        switch exponent {
        case 0: 1
        case 2: 100
        default: 1000
        }
    }

    /// The ISO 4217 numeric code, 1...999. On a wire it is written with three digits (AUD is "036").
    public var numericCode: Int {
        switch self {
        case .AED: 784
        case .AUD: 36
        case .BDT: 50
        case .BHD: 48
        case .BND: 96
        case .BRL: 986
        case .CAD: 124
        case .CHF: 756
        case .CNY: 156
        case .DKK: 208
        case .EUR: 978
        case .GBP: 826
        case .HKD: 344
        case .IDR: 360
        case .INR: 356
        case .JPY: 392
        case .KHR: 116
        case .KRW: 410
        case .KWD: 414
        case .LKR: 144
        case .MMK: 104
        case .MYR: 458
        case .NOK: 578
        case .NZD: 554
        case .OMR: 512
        case .PHP: 608
        case .PKR: 586
        case .QAR: 634
        case .RUB: 643
        case .SAR: 682
        case .SEK: 752
        case .SGD: 702
        case .THB: 764
        case .TWD: 901
        case .USD: 840
        case .VND: 704
        case .ZAR: 710
        }
    }
}
