import Money
import Payments
import WireKit

/// The plans of one supplier as the bank's CSV file, from which shops take what they send in `smartpay` (4.1.1.1,
/// “Installment Plan Report Specification”).
public struct InstallmentPlanReport: Sendable {
    private let plans: [InstalmentOffers.Plan]
    private let supplier: String
    private let first: CivilDay
    private let last: CivilDay

    /// The plans of a supplier that are valid on any day from `first` to `last`.
    public init(_ offers: InstalmentOffers, supplier: String, from first: CivilDay, to last: CivilDay) {
        plans = offers.plans.filter {
            $0.supplier == supplier && $0.validFrom <= last && first <= $0.validTo
        }
        self.supplier = supplier
        self.first = first
        self.last = last
    }

    /// `Installment Plan Report_SupplierNo_DDMMYYDDMMYY.csv`. Of the supplier's number letters, digits and hyphens are
    /// kept, so that it names no folder.
    public var fileName: String {
        let number = String(supplier.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        return "Installment Plan Report_\(number)_\(Self.short(first))\(Self.short(last)).csv"
    }

    private static let columns = [
        "SeqNo.", "PromotionName", "ValidFrom", "ValidTo", "IPanMode", "ProductName", "SupplierNo.", "ProductType",
        "ModelNo.", "PlanID", "ModelName", "MinPrice", "MaxPrice", "PaymentTerm", "CardType",
    ]

    /// The file's text, UTF-8, after RFC 4180: lines end with CR LF, fields are quoted where they must be.
    public var csv: String {
        let lines = [Self.columns] + plans.enumerated().map { Self.fields($0.element, number: $0.offset + 1) }
        return lines.map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func fields(_ plan: InstalmentOffers.Plan, number: Int) -> [String] {
        [
            String(number), harmless(plan.promotion), long(plan.validFrom), long(plan.validTo),
            plan.interest.ipanMode, harmless(plan.product), plan.supplier, plan.productType, plan.model, plan.planID,
            harmless(plan.modelName), plan.minimumPrice.text, plan.maximumPrice.text,
            plan.terms.map(String.init).joined(separator: ","), plan.cardType,
        ]
    }

    /// Names are free text: one that a spreadsheet would run as a formula gets an apostrophe before it.
    private static func harmless(_ name: String) -> String {
        let starts: [Unicode.Scalar] = ["=", "+", "-", "@", "\t", "\r", "\n"]
        return name.unicodeScalars.first.map(starts.contains) ?? false ? "'" + name : name
    }

    private static func quoted(_ field: String) -> String {
        let special: [Unicode.Scalar] = [",", "\"", "\r", "\n"]
        guard field.unicodeScalars.contains(where: special.contains) else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// DD/MM/YYYY of the Christian era.
    private static func long(_ day: CivilDay) -> String {
        let parts = parts(day)
        return "\(parts.day)/\(parts.month)/\(parts.year)"
    }

    /// DDMMYY.
    private static func short(_ day: CivilDay) -> String {
        let parts = parts(day)
        return "\(parts.day)\(parts.month)\(parts.year.suffix(2))"
    }

    private static func parts(_ day: CivilDay) -> (day: Substring, month: Substring, year: Substring) {
        let time = CivilTime(microseconds: day.bangkokMidnight.microseconds, offsetSeconds: CivilTime.bangkok)
        let text = time.compactDate()
        return (text.suffix(2), text.dropFirst(4).prefix(2), text.prefix(4))
    }
}
