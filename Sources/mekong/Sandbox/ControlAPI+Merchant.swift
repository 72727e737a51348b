import Gateway
import JWTPay
import KPayment
import KissVips
import Money
import Payments
import Store
import WireKit

extension ControlAPI {
    /// `GET /sandbox/credentials`. An API that is not built yet leaves its key out.
    func credentials() -> [UInt8] {
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.memberObject("kpayment") { json in
                json.member("public_key", DemoMerchant.kpaymentPublicKey)
                json.member("secret_key", DemoMerchant.kpaymentSecretKey)
                json.memberObject("mids") { json in
                    for (key, mid) in DemoMerchant.mids { json.member(key, mid) }
                }
            }
            json.memberObject("kissvips") { json in
                json.member("merchant_code", DemoMerchant.kissvipsMerchantCode)
                json.member("api_key", DemoMerchant.kissvipsKey)
            }
            json.memberObject("jwtpay") { json in
                json.member("merchant_id", DemoMerchant.id.rawValue)
                json.member("api_key", DemoMerchant.jwtpayKey)
            }
            json.memberObject("statements") { $0.member("key", DemoMerchant.statementsKey) }
        }
        return json.bytes
    }

    /// `PUT /sandbox/merchant`: any subset of the demo merchant's settings; null clears.
    @Sendable func putMerchant(_ body: JSONObject) async throws -> [UInt8] {
        guard var merchant = host.gateway.directory.merchant(DemoMerchant.id) else {
            throw Fault.notFound("there is no demo merchant")
        }
        for (name, value) in body.members {
            switch name {
            case "kpayment": try applyKPayment(value, to: &merchant)
            case "jwtpay": try applyAddresses(value, of: JWTPay.id, to: &merchant)
            case "kissvips": try applyAddresses(value, of: KissVips.id, to: &merchant)
            case "limits": try applyLimits(value, to: &merchant)
            default: throw Fault.senseless("\(name) is no API of this sandbox")
            }
        }
        var changes = Changes(at: host.clock.now())
        changes.add(try MerchantDirectory.change(putting: merchant))
        try await host.gateway.store.commit(changes)
        try await host.gateway.directory.refresh(from: host.gateway.store)
        return Self.done
    }

    private func applyKPayment(_ value: JSON, to merchant: inout Merchant) throws {
        var settings = merchant.settings(KPayment.id)
        if value.isNull {
            settings = DialectSettings(limits: settings.limits)
            for index in merchant.acceptors.indices { merchant.acceptors[index].capturesItself = true }
        } else if value.objectValue == nil {
            throw Fault.senseless("kpayment must be an object")
        }
        for (name, value) in value.objectValue?.members ?? [] {
            switch name {
            case "notify_url": settings.notifyURL = try url(name, value)
            case "callback_url": settings.callbackURL = try pageURL(name, value)
            case "ip_whitelist": settings.allowedAddresses = try addresses(name, value)
            case "register3d": settings.allowsCardVerification = try flag(name, value)
            case "auto_capture":
                let capturesItself = try flag(name, value)
                for index in merchant.acceptors.indices { merchant.acceptors[index].capturesItself = capturesItself }
            default: throw Fault.senseless("kpayment has no setting \(name)")
            }
        }
        merchant.dialects[KPayment.id.rawValue] = settings
    }

    /// The settings of an API that has no others.
    private func applyAddresses(_ value: JSON, of dialect: DialectID, to merchant: inout Merchant) throws {
        var settings = merchant.settings(dialect)
        if value.isNull {
            settings.allowedAddresses = []
        } else if value.objectValue == nil {
            throw Fault.senseless("\(dialect) must be an object")
        }
        for (name, value) in value.objectValue?.members ?? [] {
            guard name == "ip_whitelist" else { throw Fault.senseless("\(dialect) has no setting \(name)") }
            settings.allowedAddresses = try addresses(name, value)
        }
        merchant.dialects[dialect.rawValue] = settings
    }

    private func applyLimits(_ value: JSON, to merchant: inout Merchant) throws {
        if value.isNull {
            for name in merchant.dialects.keys { merchant.dialects[name]?.limits = Limits() }
            return
        }
        guard let object = value.objectValue else { throw Fault.senseless("limits must be an object") }
        for (name, value) in object.members {
            let dialect = DialectID(rawValue: name)
            guard ServedDialect.known.contains(dialect) else {
                throw Fault.senseless("\(name) is no API of this sandbox")
            }
            var settings = merchant.settings(dialect)
            settings.limits = value.isNull ? Limits() : try limits(value, settings.limits)
            merchant.dialects[name] = settings
        }
    }

    private func limits(_ value: JSON, _ current: Limits) throws -> Limits {
        guard let object = value.objectValue else { throw Fault.senseless("limits must be objects") }
        var limits = current
        for (name, value) in object.members {
            switch name {
            case "per_transaction": limits.perTransaction = try baht(name, value)
            case "per_day": limits.perDay = try baht(name, value)
            case "count_per_day":
                limits.countPerDay = value.isNull ? nil : value.numberText.flatMap(Int64.init)
                if !value.isNull, limits.countPerDay ?? -1 < 0 {
                    throw Fault.senseless("count_per_day must be a whole number")
                }
            default: throw Fault.senseless("there is no limit \(name)")
            }
        }
        return limits
    }

    private func baht(_ name: String, _ value: JSON) throws -> Int64? {
        if value.isNull { return nil }
        guard let text = value.stringValue ?? value.numberText, let money = try? Money(parsing: text, in: .THB),
            !money.isNegative
        else { throw Fault.senseless("\(name) must be an amount in baht") }
        return money.minorUnits
    }

    private func url(_ name: String, _ value: JSON) throws -> String? {
        if value.isNull { return nil }
        guard let text = value.stringValue, isCallableAddress(text) else {
            throw Fault.senseless("\(name) must be an http or https URL without a user's name")
        }
        return text
    }

    /// An address to which pages send the payer's browser: one that browsers and pages understand alike.
    private func pageURL(_ name: String, _ value: JSON) throws -> String? {
        guard let text = try url(name, value) else { return nil }
        guard WebOrigin(of: text) != nil else {
            throw Fault.senseless("\(name) must be an http or https URL with a plain host and no user's name")
        }
        return text
    }

    private func addresses(_ name: String, _ value: JSON) throws -> [String] {
        if value.isNull { return [] }
        guard let elements = value.arrayValue else { throw Fault.senseless("\(name) must be a list of addresses") }
        return try elements.map { element in
            guard let text = element.stringValue else { throw Fault.senseless("\(name) must be a list of addresses") }
            do {
                _ = try AddressRange(parsing: text)
            } catch {
                throw Fault.senseless("\(name): \(error)")
            }
            return text
        }
    }

    private func flag(_ name: String, _ value: JSON) throws -> Bool {
        // Cleared, a setting is what a fresh start has.
        if value.isNull { return true }
        guard let flag = value.boolValue else { throw Fault.senseless("\(name) must be true or false") }
        return flag
    }
}
