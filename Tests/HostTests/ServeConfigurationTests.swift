import ArgumentParser
import Crypto
import KPayment
import Logging
import NIOSSL
import Rails
import Store
import Testing
import Webhooks
import WireKit

@testable import mekong

@Suite struct ServeConfigurationTests {
    let folder: ConfigurationFolder

    init() throws { folder = try ConfigurationFolder() }

    private func hex(_ key: SymmetricKey) -> String { key.withUnsafeBytes { Hex.encode(Array($0)) } }

    @Test func `what must be said is enough, and the rest is safe`() throws {
        let configuration = try folder.read()
        #expect(configuration.publicURL == "https://pay.example.com")
        #expect(configuration.dialects == [KPayment.id])
        #expect(hex(configuration.masterKey) == ConfigurationFolder.masterKey)
        #expect(configuration.database == .sqlite(path: folder.database))
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.port == 8080)
        #expect(configuration.tls == nil)
        #expect(configuration.proxies.isEmpty)
        #expect(configuration.rails.acquirer.capabilities.brands.isEmpty)
        #expect(!configuration.egress.allowsLoopback && !configuration.egress.allowsPrivate)
        #expect(configuration.logLevel == nil)
    }

    @Test func `everything can be said in the file`() throws {
        let configuration = try folder.read(
            [.publicURL: "\"https://pay.example.com/\"", .databaseURL: nil],
            and: """
                [database]
                url = "postgresql://mekong@a,b/mekong?target_session_attrs=read-write&sslmode=verify-full"
                [listen]
                host = "::"
                port = 8443
                [tls]
                certificate_file = "\(folder.path)/tls.pem"
                key_file = "\(folder.path)/tls.key"
                [proxies]
                trusted = ["10.0.0.0/8", "2001:db8::5"]
                [webhooks]
                allow_private = true
                [log]
                level = "Debug"
                """)
        #expect(configuration.publicURL == "https://pay.example.com")
        #expect(
            configuration.database
                == .postgresql(
                    url: "postgresql://mekong@a,b/mekong?target_session_attrs=read-write&sslmode=verify-full"))
        #expect(configuration.host == "::")
        #expect(configuration.port == 8443)
        #expect(configuration.tls?.certificateChain.count == 1)
        #expect(!configuration.proxies.isEmpty)
        #expect(configuration.egress.allowsLoopback && configuration.egress.allowsPrivate)
        #expect(configuration.logLevel == .debug)
    }

    @Test func `everything can be said in the environment, without a file`() throws {
        let configuration = try ServeConfiguration.read(
            flags: [:],
            environment: [
                "MEKONG_PUBLIC_URL": "https://pay.example.com", "MEKONG_DIALECTS": "kpayment",
                "MEKONG_MASTER_KEY": ConfigurationFolder.masterKey, "MEKONG_DATABASE_URL": "postgres://h/d",
                "MEKONG_RAILS_CARD": "none", "MEKONG_LISTEN_HOST": "0.0.0.0", "MEKONG_LISTEN_PORT": "8443",
                "MEKONG_TLS_CERTIFICATE_FILE": folder.path + "/tls.pem",
                "MEKONG_TLS_KEY_FILE": folder.path + "/tls.key",
                "MEKONG_PROXIES_TRUSTED": "10.0.0.0/8, 192.0.2.1", "MEKONG_WEBHOOKS_ALLOW_PRIVATE": "true",
                "MEKONG_LOG_LEVEL": "info", "MEKONG_DATABASE_URL_FILE": "",
            ], file: nil)
        #expect(configuration.database == .postgresql(url: "postgres://h/d"))
        #expect(configuration.port == 8443)
        #expect(configuration.tls != nil)
        #expect(configuration.egress.allowsPrivate)
        #expect(configuration.logLevel == .info)
        let caller = configuration.proxies.caller(
            peer: try #require(IPAddress("192.0.2.1")), forwardedFor: ["198.51.100.7"])
        #expect(caller.description == "198.51.100.7")
    }

    @Test func `flags decide over the environment, and the environment over the file`() throws {
        let environment = ["MEKONG_LISTEN_PORT": "2", "MEKONG_LISTEN_HOST": "env.test"]
        let configuration = try folder.read(
            flags: [.listenPort: "3"], environment: environment,
            and: "listen.port = 1\nlisten.host = \"file.test\"\nlog.level = \"info\"")
        #expect(configuration.port == 3)
        #expect(configuration.host == "env.test")
        #expect(configuration.logLevel == .info)
    }

    @Test func `a secret and the file that holds it are one setting, and the first source decides`() throws {
        let other = String(ConfigurationFolder.masterKey.reversed())
        #expect(hex(try folder.read(environment: ["MEKONG_MASTER_KEY": other]).masterKey) == other)
        let file = try folder.put("other.key", "  \(other) \n\n")
        #expect(
            hex(
                try folder.read(
                    flags: [.masterKeyFile: file], environment: ["MEKONG_MASTER_KEY": ConfigurationFolder.masterKey]
                ).masterKey) == other)
        let url = try folder.put("url", "postgresql://mekong:pass@h/d\n")
        #expect(
            try folder.read([.databaseURL: nil, .databaseURLFile: "\"\(url)\""]).database
                == .postgresql(url: "postgresql://mekong:pass@h/d"))
    }

    @Test func `an empty variable, and another program's, are as if they were not there`() throws {
        let environment = [
            "MEKONG_LISTEN_PORT": "", "MEKONG_PORT_8080_TCP": "tcp://10.0.0.1:8080", "MEKONG_SERVICE_HOST": "10.0.0.1",
            "mekong_listen_port": "9", "LISTEN_PORT": "9",
        ]
        #expect(try folder.read(environment: environment).port == 8080)
    }

    @Test func `a command that needs the database alone reads no more than that`() throws {
        let file = try folder.put("some.toml", "database.url = \"sqlite:\(folder.database)\"\nlisten.port = 0\n")
        #expect(
            try ServeConfiguration.database(environment: [:], file: file) == .sqlite(path: folder.database))
        let other = ["MEKONG_DATABASE_URL": "postgres://h/d"]
        #expect(try ServeConfiguration.database(environment: other, file: file) == .postgresql(url: "postgres://h/d"))
        #expect(throws: ConfigurationFaults.self) {
            try ServeConfiguration.database(environment: [:], file: folder.path + "/none.toml")
        }
    }

    @Test func `every setting but the master key has a flag, and its own name everywhere`() throws {
        let arguments = Setting.allCases.filter { $0 != .masterKey && $0 != .statementsKey }.flatMap { [$0.flag, $0.rawValue] }
        let flags = try ServeFlags.parse(arguments).values
        #expect(flags.count == Setting.allCases.count - 2)
        for (setting, value) in flags { #expect(value == setting.rawValue) }
        #expect(Set(Setting.allCases.map(\.variable)).count == Setting.allCases.count)
        #expect(Setting.databaseURLFile.variable == "MEKONG_DATABASE_URL_FILE")
    }
}
