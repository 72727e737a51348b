import Crypto
import Logging
import NIOSSL
import Payments
import Rails
import Store
import Webhooks
import WireKit

/// What `mekong serve` is told, checked.
struct ServeConfiguration: Sendable {
    let publicURL: String
    let dialects: [DialectID]
    let masterKey: SymmetricKey
    let database: DatabaseLocation
    let host: String
    let port: Int
    /// What sets the port, for messages.
    let portSetting: String
    /// Nil where HTTP is served in the clear, as behind a proxy.
    let tls: TLSConfiguration?
    let proxies: TrustedProxies
    let rails: Rails
    let egress: EgressPolicy
    /// Who may hand in statements over HTTP; nil where nobody may.
    let statements: StatementAccess?
    /// Nil where nothing was said.
    let logLevel: Logger.Level?

    /// Reads flags, environment and file, in this order of precedence. Throws `ConfigurationFaults`, with everything
    /// that is wrong.
    static func read(
        flags: [Setting: String], environment: [String: String], file: String?
    ) throws(ConfigurationFaults) -> ServeConfiguration {
        var reader = SettingReader.opening(flags: flags, environment: environment, file: file)
        let publicURL = reader.publicURL()
        let dialects = reader.dialects()
        let masterKey = reader.masterKey()
        let database = reader.database()
        let host = reader.listenHost()
        let port = reader.listenPort()
        let tls = reader.tls()
        let proxies = reader.trustedProxies()
        let rails = reader.rails()
        let allowsPrivate = reader.flag(.privateWebhooks)?.value ?? false
        let statements = reader.statements()
        let logLevel = reader.logLevel()
        guard reader.faults.isEmpty, let publicURL, let masterKey, let database, let rails else {
            throw ConfigurationFaults(faults: reader.faults)
        }
        return ServeConfiguration(
            publicURL: publicURL, dialects: dialects, masterKey: masterKey, database: database, host: host,
            port: port.value, portSetting: port.origin, tls: tls, proxies: TrustedProxies(proxies), rails: rails,
            egress: EgressPolicy(allowsLoopback: allowsPrivate, allowsPrivate: allowsPrivate),
            statements: statements, logLevel: logLevel)
    }

    /// The database alone, for commands that need nothing else. Throws `ConfigurationFaults`.
    static func database(
        environment: [String: String], file: String
    ) throws(ConfigurationFaults) -> DatabaseLocation {
        var reader = SettingReader.opening(flags: [:], environment: environment, file: file)
        let database = reader.database()
        guard reader.faults.isEmpty, let database else { throw ConfigurationFaults(faults: reader.faults) }
        return database
    }
}
