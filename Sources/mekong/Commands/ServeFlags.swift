import ArgumentParser

/// What `mekong serve` takes on its command line, one flag for each setting but the master key itself: what stands
/// on a command line can be read by every user of the machine.
struct ServeFlags: ParsableArguments {
    @Option(help: "The configuration file, in TOML.")
    var config: String?

    @Option(name: .customLong("public-url"), help: "The address that payers and merchants reach.")
    var publicURL: String?

    @Option(help: "The APIs to serve, divided by commas.")
    var dialects: String?

    @Option(help: "A file that holds the master key: 64 hex digits.")
    var masterKeyFile: String?

    @Option(name: .customLong("database-url"), help: "sqlite:PATH or postgresql://… Keep a password in a file instead.")
    var databaseURL: String?

    @Option(name: .customLong("database-url-file"), help: "A file that holds the database's URL.")
    var databaseURLFile: String?

    @Option(help: "The address to listen on.")
    var listenHost: String?

    @Option(help: "The port to listen on.")
    var listenPort: String?

    @Option(help: "A PEM file with the TLS certificate and those above it.")
    var tlsCertificateFile: String?

    @Option(help: "A PEM file with the certificate's key.")
    var tlsKeyFile: String?

    @Option(help: "Addresses whose X-Forwarded-For is believed, as CIDR blocks divided by commas.")
    var proxiesTrusted: String?

    @Option(help: "Where card payments go; today only none.")
    var railsCard: String?

    @Option(help: "Whether webhooks may go to this machine and to private networks: true or false.")
    var webhooksAllowPrivate: String?

    @Option(help: "A file that holds the key with which statements are handed in: 32 characters or more.")
    var statementsKeyFile: String?

    @Option(help: "The folder with maps of CSV statements' columns.")
    var statementsMaps: String?

    @Option(help: "The most that a statement handed in may have, in MiB.")
    var statementsLimitMib: String?

    @Option(help: "The least level that is logged.")
    var logLevel: String?

    /// Those that were given.
    var values: [Setting: String] {
        let all: [(Setting, String?)] = [
            (.publicURL, publicURL), (.dialects, dialects), (.masterKeyFile, masterKeyFile),
            (.databaseURL, databaseURL),
            (.databaseURLFile, databaseURLFile), (.listenHost, listenHost), (.listenPort, listenPort),
            (.certificateFile, tlsCertificateFile), (.certificateKeyFile, tlsKeyFile),
            (.trustedProxies, proxiesTrusted), (.cardRail, railsCard), (.privateWebhooks, webhooksAllowPrivate),
            (.statementsKeyFile, statementsKeyFile), (.statementsMaps, statementsMaps),
            (.statementsLimit, statementsLimitMib), (.logLevel, logLevel),
        ]
        return all.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
}
