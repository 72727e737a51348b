import Configuration

/// Everything that `mekong serve` can be told, by its name in the configuration file.
enum Setting: String, CaseIterable, Sendable {
    case publicURL = "public_url"
    case dialects
    case masterKey = "master_key"
    case masterKeyFile = "master_key_file"
    case databaseURL = "database.url"
    case databaseURLFile = "database.url_file"
    case listenHost = "listen.host"
    case listenPort = "listen.port"
    case certificateFile = "tls.certificate_file"
    case certificateKeyFile = "tls.key_file"
    case trustedProxies = "proxies.trusted"
    case cardRail = "rails.card"
    case privateWebhooks = "webhooks.allow_private"
    case statementsKey = "statements.key"
    case statementsKeyFile = "statements.key_file"
    case statementsMaps = "statements.maps"
    case statementsLimit = "statements.limit_mib"
    case logLevel = "log.level"

    var components: [String] { rawValue.split(separator: ".").map(String.init) }

    var key: AbsoluteConfigKey { AbsoluteConfigKey(components) }

    /// Its name in the environment, such as `MEKONG_LISTEN_PORT`.
    var variable: String { Self.variablePrefix + unprefixedVariable }

    static let variablePrefix = "MEKONG_"

    /// The same without the prefix.
    var unprefixedVariable: String { rawValue.uppercased().replacing(".", with: "_") }

    /// Its name on the command line, such as `--listen-port`.
    var flag: String { "--" + rawValue.replacing(".", with: "-").replacing("_", with: "-") }

    /// How its value is written.
    var type: ConfigType {
        switch self {
        case .dialects, .trustedProxies: .stringArray
        case .listenPort, .statementsLimit: .int
        case .privateWebhooks: .bool
        default: .string
        }
    }
}
