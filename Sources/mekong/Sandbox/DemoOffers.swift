import Money
import Payments
import WireKit

/// What the demo merchant offers beyond plain payment: everything that the K-Payment document's samples ask for, and
/// for each way to be refused something to be refused by. The dialect's README lists them.
enum DemoOffers {
    /// 10.00 baht cost 2.50 and 0.18 of tax, as in the samples of `convfee`.
    static let convenienceFee = ConvenienceFee(
        rate: Rate(partsPerMillion: 250_000), vat: Rate(partsPerMillion: 70_000))

    static let campaigns = [
        Campaign(
            id: "00000001", validFrom: day("20200101").bangkokMidnight, validTo: day("21000101").bangkokMidnight),
        Campaign(
            id: "00000002", validFrom: day("20200101").bangkokMidnight, validTo: day("21000101").bangkokMidnight,
            brands: [.visa, .mastercard], prefixes: ["441770", "540488"]),
        Campaign(
            id: "00000003", validFrom: day("20210925").bangkokMidnight, validTo: day("20211101").bangkokMidnight),
    ]

    /// A merchant that bears interest pays 3 % more.
    private static let interest = Rate(partsPerMillion: 30_000)

    static let instalments = InstalmentOffers(
        schemes: [
            .init(id: "0001", interest: .merchant, terms: [3, 6, 10], merchantRate: interest),
            .init(id: "0002", interest: .cardholder, terms: [3, 6, 10, 12]),
            .init(id: "888888", interest: .merchant, terms: [10], merchantRate: interest),
        ],
        plans: [
            plan(.supplier, "003", "99903", "123456", [3, 6, 10]),
            plan(.merchant, "4", "99903", "999901", [3, 6, 10], rate: interest),
            plan(.cardholder, "2", "00003", "001234", [3, 6, 10]),
            plan(.cardholder, "4", "99903", "999902", [3, 6, 10]),
            plan(.shared, "4", "99903", "999904", [3, 6, 10], rate: Rate(partsPerMillion: 15_000)),
            plan(.cardholder, "3", "99903", "100001", [6, 10], prices: (300_000, 5_000_000), name: "Phone"),
            // The sample line of the Installment Plan Report, long over.
            InstalmentOffers.Plan(
                promotion: "0% 72 MONTHS", validFrom: day("20210925"), validTo: day("20211031"),
                interest: .cardholder, product: "ALL PRODUCT", supplier: "99902", productType: "3", model: "999999",
                planID: "999", modelName: "Galaxy Z Flip3 5G", minimumPrice: baht(10_000),
                maximumPrice: baht(99_999_999_900), terms: [2, 3, 6, 12, 72]),
        ])

    private static func plan(
        _ interest: Instalment.InterestPayer, _ productType: String, _ supplier: String, _ model: String,
        _ terms: [Int], prices: (Int64, Int64) = (1, 99_999_999_900), name: String = "ALL MODEL", rate: Rate? = nil
    ) -> InstalmentOffers.Plan {
        InstalmentOffers.Plan(
            promotion: "DEMO", validFrom: day("20200101"), validTo: day("20991231"), interest: interest,
            product: "ALL PRODUCT", supplier: supplier, productType: productType, model: model, planID: "999",
            modelName: name, minimumPrice: baht(prices.0), maximumPrice: baht(prices.1), terms: terms,
            merchantRate: rate)
    }

    private static func baht(_ satang: Int64) -> Money { Money(minorUnits: satang, .THB) }

    /// A day by its eight digits.
    private static func day(_ digits: String) -> CivilDay {
        let midnight = CivilTime(compactDate: digits)?.microseconds(offsetSeconds: CivilTime.bangkok)
        return CivilDay(bangkok: Instant(microseconds: midnight ?? 0))
    }
}
