import Gateway
import Payments
import Store
import Testing

@Suite struct InquiryTests {
    @Test func `a payment is found by its id and by the merchant's own name for it`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token(), reference: bench.reference("ORDER-7"))
            let payment = try await bench.gateway.charge(command).payment
            #expect(
                try await bench.gateway.report(on: payment.id, of: .shop, dialect: FakeDialect.id).payment == payment)
            #expect(try await bench.gateway.report(on: bench.reference("ORDER-7")).payment == payment)
        }
    }

    @Test func `what is not there, another's, or another API's is not found`() async throws {
        try await Bench.with { bench in
            let reference = bench.reference("ORDER-7")
            let payment = try await bench.gateway.charge(
                bench.command(await bench.token(), reference: reference)
            ).payment
            let (gateway, other) = (bench.gateway, DialectID(rawValue: "other"))
            let theirs = bench.reference("ORDER-7", of: .rival)
            let foreign = Alias(reference.kind, "ORDER-7", dialect: other, merchant: .shop)
            for ending in [
                await Ending.of { _ = try await gateway.report(on: payment.id, of: .rival, dialect: FakeDialect.id) },
                await Ending.of { _ = try await gateway.report(on: payment.id, of: .shop, dialect: other) },
                await Ending.of { _ = try await gateway.report(on: ID(high: 0, low: 0), of: .shop, dialect: other) },
                await Ending.of { _ = try await gateway.report(on: theirs) },
                await Ending.of { _ = try await gateway.report(on: foreign) },
                await Ending.of { _ = try await gateway.report(on: bench.reference("ORDER-8")) },
                await Ending.of { _ = try await gateway.report(on: .payment(payment.id), of: .rival) },
            ] {
                #expect(ending == .fault(.notFound))
            }
        }
    }

    @Test func `a settled payment is shown with its refunds, oldest first`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled()
            for satang in [Int64(100), 200, 300] { _ = try await bench.refund(payment, satang) }
            let report = try await bench.gateway.report(on: payment.id, of: .shop, dialect: FakeDialect.id)
            #expect(report.refunds.map(\.amount) == [baht(100), baht(200), baht(300)])
            #expect(report.payment.state == .settled)
        }
    }
}
