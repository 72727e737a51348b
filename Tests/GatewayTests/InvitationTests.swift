import Gateway
import Money
import Payments
import Rails
import Store
import TestSupport
import Testing

/// What payers pay by themselves: one invitation for an order, money that comes once, and what becomes of the rest.
@Suite struct InvitationTests {
    @Test(arguments: [Invitation.Form.qr, .redirect])
    func `an invitation that is paid is money of its rail, and is settled without asking`(
        form: Invitation.Form
    ) async throws {
        try await Bench.with { bench in
            let payment = try await bench.pays(try await bench.invited(form))
            #expect(payment.state == .authorized && payment.channel == "kplus" && payment.approvalCode?.count == 6)
            let account = form == .qr ? "clearing:promptpay:THB" : "clearing:alipay:THB"
            #expect(try await bench.books() == [account: [0, 1100]])
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            // Nobody can settle a QR payment by hand; a wallet's merchant id here settles only by hand.
            #expect(try await bench.state(payment) == (form == .qr ? .settled : .authorized))
            #expect(try await bench.entries(of: payment) == ["present 00 1100", "authorize 00 1100"])
        }
    }

    @Test func `many presentations of one order at once are one payment`() async throws {
        try await Bench.with { bench in
            let order = try await bench.order(reference: bench.reference("R-of-order"))
            let processes = [bench.gateway, bench.another()]
            let reports = try await together(12) { index in
                let command = try bench.invitation(order, reference: bench.reference("R-of-order"))
                return try await processes[index % 2].present(command)
            }
            #expect(Set(reports.map(\.payment.id)).count == 1)
            #expect(try await bench.payments().count == 1)
            #expect(try await bench.order(order.id).payment == reports.first?.payment.id)
        }
    }

    @Test func `a word that comes many times at once is one payment`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.invited()
            try await bench.paysSilently(payment)
            let processes = [bench.gateway, bench.another()]
            bench.clock.advance(seconds: 61)
            _ = try await together(12) { index in
                if index % 3 == 0 {
                    _ = try await processes[index % 2].runDue()
                } else {
                    try await processes[index % 2].noticed(payment.id)
                }
            }
            #expect(try await bench.state(payment) == .authorized)
            #expect(try await bench.told(of: payment).count(of: "authorized -") == 1)
            #expect(try await bench.books() == ["clearing:promptpay:THB": [0, 1100]])
        }
    }

    @Test func `a word of nothing changes nothing`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.invited()
            try await bench.gateway.noticed(payment.id)
            try await bench.gateway.noticed(ID(high: 1, low: 2))
            let charge = try await bench.charge()
            try await bench.gateway.noticed(charge.id)
            #expect(try await bench.payment(payment.id) == payment)
            #expect(try await bench.payment(charge.id) == charge)
        }
    }

    @Test func `money without a word is found by the gateway itself`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.invited()
            try await bench.paysSilently(payment)
            try await bench.gateway.runDue()
            #expect(try await bench.state(payment) == .presented)
            bench.clock.advance(seconds: 61)
            try await bench.gateway.runDue()
            #expect(try await bench.state(payment) == .authorized)
        }
    }

    @Test func `money without a word is found by an inquiry`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.invited()
            try await bench.paysSilently(payment)
            let report = try await bench.gateway.report(on: payment.id, of: .shop, dialect: FakeDialect.id)
            #expect(report.payment.state == .authorized)
        }
    }

    @Test func `the rail is asked ever more seldom, and once more at the end`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.invited()
            var looks: [Int64] = []
            while let due = try await bench.store.read({ try $0.dueInstant(of: .payment(payment.id)) }) {
                looks.append(due.seconds(since: payment.created))
                bench.clock.set(due)
                try await bench.gateway.runDue()
            }
            #expect(looks == [60, 120, 240, 480, 960, 1920, 3599] || looks == [60, 120, 240, 480, 960, 1920, 3600])
            #expect(try await bench.state(payment) == .cancelled)
            #expect(try await bench.payment(payment.id).failureCode == "expired")
        }
    }

    @Test func `money wins against a cancellation that comes too late`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.invited()
            try await bench.paysSilently(payment)
            let report = try await bench.gateway.cancel(payment.id, of: .shop)
            #expect(report.payment.state == .authorized && report.payment.failureCode == nil)
            await expect(.fault(.refused(.wrongState(.authorized)))) {
                _ = try await bench.gateway.cancel(payment.id, of: .shop)
            }
        }
    }

    @Test func `of a payer and a cancellation at once one wins, and both books say which`() async throws {
        for _ in 0..<10 {
            try await Bench.with { bench in
                let payment = try await bench.invited()
                _ = try await together(2) { index in
                    if index == 0 {
                        _ = try await bench.payer.pay(payment.id)
                        try? await bench.gateway.noticed(payment.id)
                    } else {
                        _ = try? await bench.gateway.cancel(payment.id, of: .shop)
                    }
                }
                let state = try await bench.state(payment)
                let isPaid = try await bench.entries(of: payment).contains("authorize 00 1100")
                #expect(state == (isPaid ? .authorized : .cancelled))
            }
        }
    }

    @Test func `a cancelled invitation gives back what it took of the day, and tells`() async throws {
        try await Bench.with { bench in
            try await bench.put(merchant(limits: Limits(countPerDay: 1)))
            let payment = try await bench.invited()
            let other = try bench.invitation()
            await expect(.fault(.overDailyCount)) { _ = try await bench.gateway.present(other) }
            #expect(try await bench.gateway.cancel(payment.id, of: .shop).payment.state == .cancelled)
            #expect(try await bench.payer.pay(payment.id) == .cancelled)
            _ = try await bench.invited()
            #expect(try await bench.told(of: payment).last == "cancelled cancelled")
        }
    }

    @Test func `an order that is paid is paid`() async throws {
        try await Bench.with { bench in
            let order = try await bench.order()
            let command = try bench.invitation(order)
            let payment = try await bench.gateway.present(command).payment
            _ = try await bench.pays(payment)
            #expect(try await bench.order(order.id).isPaid)
            let again = try bench.invitation(order)
            await expect(.fault(.order(.paid))) { _ = try await bench.gateway.present(again) }
        }
    }

    @Test func `another merchant's order and invitation do not exist`() async throws {
        try await Bench.with { bench in
            let order = try await bench.order(of: .rival)
            await expect(.fault(.notFound)) {
                _ = try await bench.gateway.order(order.id, of: .shop, dialect: FakeDialect.id)
            }
            let payment = try await bench.invited()
            await expect(.fault(.notFound)) { _ = try await bench.gateway.cancel(payment.id, of: .rival) }
            await expect(.fault(.notFound)) { _ = try await bench.gateway.void(payment.id, of: .rival) }
        }
    }

    @Test func `a QR payment is voided through K PLUS alone`() async throws {
        try await Bench.with { bench in
            let own = try await bench.pays(try await bench.invited())
            #expect(try await bench.gateway.void(own.id, of: .shop).payment.state == .voided)
            let other = try await bench.pays(try await bench.invited(), channel: "scb")
            let report = try await bench.gateway.void(other.id, of: .shop)
            #expect(report.payment.state == .authorized && report.refusal == "EMQRVOTCH")
            #expect(try await bench.books() == ["clearing:promptpay:THB": [0, 1100]])
        }
    }

    @Test func `the rail hears of the shop's picture`() async throws {
        try await Bench.with { bench in
            let rail = HookedPush(bench.push)
            let address = "https://shop.example/a.png"
            for picture in [address, nil] {
                _ = try await bench.another(push: rail).present(bench.invitation(picture: picture))
            }
            #expect(rail.presented.map(\.picture) == [address, nil])
        }
    }

    @Test func `a rail that is not there offers nothing`() async throws {
        try await Bench.with { bench in
            let gateway = Gateway(
                store: bench.store, vault: bench.vault, directory: bench.directory, rails: .none, clock: bench.clock,
                entropy: bench.entropy, dialects: [FakeDialect()], logger: bench.gateway.logger)
            let command = try bench.invitation()
            await expect(.fault(.noRoute)) { _ = try await gateway.present(command) }
            #expect(try await bench.payments().isEmpty)
        }
    }
}
