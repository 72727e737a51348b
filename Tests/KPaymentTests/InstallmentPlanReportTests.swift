import APISupport
import Foundation
import KPayment
import Money
import Payments
import Testing
import WireKit

/// The Installment Plan Report (4.1.1.1).
@Suite struct InstallmentPlanReportTests {
    private static func day(_ digits: String) throws -> CivilDay {
        let time = try #require(CivilTime(compactDate: digits))
        return CivilDay(bangkok: Instant(microseconds: time.microseconds(offsetSeconds: CivilTime.bangkok)))
    }

    private static func plan(
        _ first: String, _ last: String, supplier: String = "99902", promotion: String = "0% INTEREST",
        change: (inout Words) -> Void = { _ in }
    ) throws -> InstalmentOffers.Plan {
        var words = Words()
        change(&words)
        return InstalmentOffers.Plan(
            promotion: promotion, validFrom: try day(first), validTo: try day(last), interest: words.interest,
            product: words.product, supplier: supplier, productType: words.productType, model: words.model,
            planID: words.planID, modelName: words.modelName,
            minimumPrice: Money(minorUnits: words.prices.0, .THB),
            maximumPrice: Money(minorUnits: words.prices.1, .THB), terms: words.terms, cardType: words.cardType)
    }

    /// The specification's sample values.
    struct Words {
        var interest = Instalment.InterestPayer.cardholder
        var product = "ALL PRODUCT"
        var productType = "3"
        var model = "999999"
        var planID = "999"
        var modelName = "Galaxy Z Flip3 5G"
        var prices: (Int64, Int64) = (10_000, 99_999_999_900)
        var terms = [2, 3, 6, 12, 72]
        var cardType = "C"
    }

    private static func offers() throws -> InstalmentOffers {
        InstalmentOffers(
            schemes: [],
            plans: [
                try plan("20210925", "20211031"), try plan("20210925", "20211031", supplier: "99903"),
                try plan("20200101", "20210924"), try plan("20220101", "20220131"),
                try plan("20211001", "20211231", promotion: "Say \"yes\", now") {
                    $0 = Words(
                        interest: .merchant, product: "=1+1", productType: "004", model: "00012", planID: "01",
                        modelName: "-40°", prices: (1, 9_950), terms: [10], cardType: "K")
                },
            ])
    }

    @Test func `the file has the specification's columns and one line for each plan of the supplier and days`() throws {
        let report = InstallmentPlanReport(
            try Self.offers(), supplier: "99902", from: try Self.day("20210925"), to: try Self.day("20211231"))
        let url = try #require(Bundle.module.url(forResource: "Golden/installment-plan-report", withExtension: "csv"))
        let golden = try String(contentsOf: url, encoding: .utf8).replacingOccurrences(of: "\n", with: "\r\n")
        #expect(report.csv == golden)
        #expect(report.fileName == "Installment Plan Report_99902_250921311221.csv")
    }

    @Test func `without plans there is the heading alone`() throws {
        let report = InstallmentPlanReport(
            try Self.offers(), supplier: "1", from: try Self.day("20210925"), to: try Self.day("20211231"))
        #expect(report.csv.hasPrefix("SeqNo.,") && report.csv.hasSuffix(",CardType\r\n"))
        #expect(report.csv.components(separatedBy: "\r\n").count == 2)
    }

    @Test func `a supplier's number names no folder`() throws {
        let day = try Self.day("20210925")
        let report = InstallmentPlanReport(try Self.offers(), supplier: "../a b\"1-2\r\n", from: day, to: day)
        #expect(report.fileName == "Installment Plan Report_ab1-2_250921250921.csv")
    }

    @Test(arguments: ["=A1", "+1", "-1", "@x", "\tx", "\rx"])
    func `a name that a spreadsheet would run is written as text`(name: String) throws {
        let offers = InstalmentOffers(
            schemes: [], plans: [try Self.plan("20210925", "20210925", promotion: name)])
        let day = try Self.day("20210925")
        let csv = InstallmentPlanReport(offers, supplier: "99902", from: day, to: day).csv
        #expect(csv.contains("1,'\(name),") || csv.contains("1,\"'\(name)\","))
    }
}
