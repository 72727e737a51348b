import Testing

@testable import mekong

/// What is said of a configuration that cannot be served.
@Suite struct ServeFaultTests {
    let folder: ConfigurationFolder

    init() throws { folder = try ConfigurationFolder() }

    @Test func `what must be said and is not is named, all of it at once`() throws {
        let error = #expect(throws: ConfigurationFaults.self) {
            try ServeConfiguration.read(flags: [:], environment: [:], file: nil)
        }
        let lines = error?.faults.map(\.description) ?? []
        #expect(
            lines == [
                "public_url: is not set; write the address that payers and merchants reach, such as "
                    + "https://pay.example.com",
                "dialects: is not set; write some of [\"kpayment\", \"kissvips\"]",
                "master_key: is not set; write master_key_file with the path of a file that holds 64 hex digits",
                "database.url: is not set; write sqlite:/path/to/file or postgresql://…",
                "rails.card: is not set; write \"none\", which refuses every charge; this program has no card "
                    + "acquirer yet",
            ])
    }

    @Test(
        arguments: [
            (.publicURL, "\"pay.example.com\"", "is no http or https URL"),
            (.publicURL, "\"ftp://pay.example.com\"", "is no http or https URL"),
            (.publicURL, "\"https://\"", "is no http or https URL"),
            (.publicURL, "\"http://pay.example.com\"", "would have cards sent in the clear"),
            (.publicURL, "\"https://pay.example.com/path\"", "has more than scheme, host and port"),
            (.publicURL, "\"https://u:p@pay.example.com\"", "has more than scheme, host and port"),
            (.publicURL, "\"https://pay.example.com?a=b\"", "has more than scheme, host and port"),
            (.publicURL, "\"https://pay.example.com:70000\"", "is no http or https URL"),
            (.publicURL, "7", "is no text; write it in quotes"),
            (.dialects, "[]", "names none"),
            (.dialects, "[\"kpayment\", \"kpaymnt\"]", "kpaymnt is no API of this program"),
            (.dialects, "\"kpayment\"", "is no list of texts"),
            (.dialects, "[1]", "is no list of texts"),
            (.masterKeyFile, "\"/none/master.key\"", "the file /none/master.key does not exist"),
            (.masterKeyFile, "\"/\"", "/ is a folder"),
            (.databaseURL, "\"mysql://h/d\"", "a database begins with sqlite: or postgresql://"),
            (.databaseURL, "\"sqlite:\"", "sqlite: names no file"),
            (.databaseURL, "\"sqlite::memory:\"", "keeps nothing"),
            (.databaseURL, "\"sqlite:/none/such/x.sqlite\"", "the folder /none/such does not exist"),
            (.databaseURL, "\"sqlite:/tmp\"", "/tmp is a folder"),
            (.listenHost, "\"\"", "is no address of this machine"),
            (.listenHost, "\"http://x\"", "is no address of this machine"),
            (.listenPort, "0", "0 is no port; write one from 1 to 65535"),
            (.listenPort, "65536", "65536 is no port"),
            (.listenPort, "-1", "-1 is no port"),
            (.listenPort, "\"8080\"", "is no whole number; write it without quotes"),
            (.listenPort, "80.5", "is no whole number"),
            (.trustedProxies, "[\"10.0.0.1/8\"]", "10.0.0.1/8 has bits set behind its prefix of 8"),
            (.trustedProxies, "[\"0.0.0.0/0\"]", "0.0.0.0/0 is everyone"),
            (.trustedProxies, "[\"::/0\"]", "::/0 is everyone"),
            (.trustedProxies, "[\"proxy.test\"]", "proxy.test is no address or CIDR block"),
            (.trustedProxies, "[\"10.0.0.0/33\"]", "10.0.0.0/33 has no prefix length from 0 to 32"),
            (.cardRail, "\"sandbox\"", "the sandbox's banks pay no money and are not for production"),
            (.cardRail, "\"kbank\"", "kbank is no card acquirer"),
            (.privateWebhooks, "\"yes\"", "is neither true nor false"),
            (.privateWebhooks, "1", "is neither true nor false"),
            (.logLevel, "\"loud\"", "loud is no level; write one of trace, debug"),
            (.logLevel, "1979-05-27", "is no text"),
        ] as [(Setting, String, String)])
    func `a value that makes no sense is one line that names the setting, the file and the cure`(
        setting: Setting, value: String, problem: String
    ) throws {
        let lines = try folder.faults([setting: value])
        #expect(lines.count == 1)
        let line = try #require(lines.first)
        #expect(line.hasPrefix("\(setting.rawValue) (mekong.toml): "))
        #expect(line.contains(problem), "\(line)")
        #expect(line.contains(";") || line.contains("write"), "\(line)")
    }

    @Test func `a fault names the flag or the variable that it comes from`() throws {
        #expect(
            try folder.faults(flags: [.listenPort: "x"], environment: ["MEKONG_WEBHOOKS_ALLOW_PRIVATE": "maybe"]) == [
                "listen.port (--listen-port): is no whole number",
                "webhooks.allow_private (MEKONG_WEBHOOKS_ALLOW_PRIVATE): is neither true nor false; write one of them",
            ])
    }

    @Test func `a name that is no setting is a fault, with what may have been meant`() throws {
        #expect(
            try folder.faults(
                and: "databse.url = 1\nport = 2\nlisten.prot = 3\n\"log.level\" = 4\n[colour]\nname = \"red\"\n") == [
                    "\"log.level\" (mekong.toml): is no setting; did you mean log.level?",
                    "colour.name (mekong.toml): is no setting; take it out",
                    "databse.url (mekong.toml): is no setting; did you mean database.url?",
                    "listen.prot (mekong.toml): is no setting; did you mean listen.port?",
                    "port (mekong.toml): is no setting; did you mean listen.port?",
                ])
        #expect(
            try folder.faults(environment: ["MEKONG_DATABSE_URL": "x"]) == [
                "MEKONG_DATABSE_URL: is no setting of the environment; did you mean MEKONG_DATABASE_URL?"
            ])
    }

    @Test func `a file that is no TOML is named with the place, and nothing that stands in it is told`() throws {
        #expect(
            try folder.faults(and: "log.level = postgresql://u:hunter2@h/d\n").first
                == "mekong.toml: line 6, column 13 is not TOML; texts stand in quotes, a setting stands once, tables are "
                + "named as [name]")
        let missing = #expect(throws: ConfigurationFaults.self) {
            try ServeConfiguration.read(flags: [:], environment: [:], file: "/none/mekong.toml")
        }
        #expect(
            missing?.faults.map(\.description) == [
                "/none/mekong.toml: the file /none/mekong.toml does not exist; write the path of one that does"
            ])
    }

    @Test(
        arguments: [
            ("", "has 0 characters"), ("abc", "has 3 characters"), (String(repeating: "a", count: 63), "63 characters"),
            (String(repeating: "a", count: 65), "has 65 characters"),
            (String(repeating: "g", count: 64), "has something else than hex digits"),
            (String(repeating: "0", count: 64), "is a key that anyone would guess"),
            (String(repeating: "f", count: 64), "is a key that anyone would guess"),
            (String(repeating: "deadbeef", count: 8), "is a key that anyone would guess"),
            (String(repeating: "0123456789abcdef", count: 4), "is a key that anyone would guess"),
            (String(repeating: "00112233445566778899aabbccddeeff", count: 2), "is a key that anyone would guess"),
            (
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "is a key that anyone would guess"
            ),
        ])
    func `a master key that is none, or that anyone would guess, is refused and not shown`(
        text: String, problem: String
    ) throws {
        try folder.put("master.key", text + "\n")
        let lines = try folder.faults()
        #expect(lines.count == 1)
        let line = try #require(lines.first)
        #expect(line.hasPrefix("master_key (mekong.toml): ") && line.contains(problem), "\(line)")
        #expect(line.contains("openssl rand -hex 32"))
        #expect(text.isEmpty || !line.contains(text))
    }

    @Test func `a secret that stands beside its file in one place is refused`() throws {
        #expect(
            try folder.faults([.masterKey: "\"\(ConfigurationFolder.masterKey)\""]) == [
                "master_key (mekong.toml): stands beside master_key_file; write one of the two"
            ])
    }

    @Test func `a fault of the database's URL does not tell the password`() throws {
        let url = try folder.put("url", "mysql://mekong:hunter2@h/d")
        let lines = try folder.faults([.databaseURL: nil, .databaseURLFile: "\"\(url)\""])
        #expect(lines.count == 1)
        #expect(!lines.joined().contains("hunter2"))
    }

    private func tls(_ certificate: String?, _ key: String?) throws -> [String] {
        try folder.faults([
            .certificateFile: certificate.map { "\"\(folder.path)/\($0)\"" },
            .certificateKeyFile: key.map { "\"\(folder.path)/\($0)\"" },
        ])
    }

    @Test func `a certificate and its key come together, can be read, and belong together`() throws {
        #expect(try tls("tls.pem", "tls.key").isEmpty)
        #expect(
            try tls("tls.pem", nil) == ["tls.certificate_file (mekong.toml): stands alone; write tls.key_file too"])
        #expect(
            try tls(nil, "tls.key") == ["tls.key_file (mekong.toml): stands alone; write tls.certificate_file too"])
        #expect(
            try tls("none.pem", "none.key") == [
                "tls.certificate_file (mekong.toml): the file none.pem does not exist; write the path of one that does",
                "tls.key_file (mekong.toml): the file none.key does not exist; write the path of one that does",
            ])
        #expect(
            try tls("tls.key", "tls.key") == [
                "tls.certificate_file (mekong.toml): tls.key holds no certificate; write the path of a PEM file that "
                    + "begins with the server's own"
            ])
        #expect(
            try tls("tls.pem", "tls.pem") == [
                "tls.key_file (mekong.toml): tls.pem holds no private key, or one with a passphrase; write the path of "
                    + "a PEM file without one"
            ])
        #expect(
            try tls("tls.pem", "other.key") == [
                "tls.key_file (mekong.toml): the key in other.key does not belong to the certificate in tls.pem; write "
                    + "the path of the key that the certificate was made for"
            ])
    }
}
