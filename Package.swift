// swift-tools-version: 6.1
import PackageDescription

// What each part may know is drawn in docs/architecture.md and held by Tests/ArchitectureTests.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func part(
    _ name: String, path: String? = nil, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, exclude: [], resources: resources, swiftSettings: settings)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil
) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdHTTP2 = Target.Dependency.product(name: "HummingbirdHTTP2", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
    name: "mekong",
    products: [.executable(name: "mekong", targets: ["mekong"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: [
        part("Money"),
        .systemLibrary(
            name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(
            name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        part("EMVQR", ["Money", "CQREncode", "CPNG"]),
        part("GroupCommit"),
        part("Ledger", ["Money"]),
        part("Payments", ["Money", "Ledger"]),
        .systemLibrary(
            name: "CPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        part("Store", ["Payments", "GroupCommit", "CPQ", grdb, grdbSQLite, logging, metrics]),
        part("Rails", ["Payments", "GroupCommit", "EMVQR", grdb]),
        part("Gateway", ["Store", "Rails", crypto, logging, metrics]),
        part("Webhooks", ["Gateway", asyncHTTPClient, crypto, lifecycle, logging, metrics, nio, nioHTTP1, nioPosix]),
        part("WireKit", ["Money", httpTypes, hummingbird, logging, metrics, nio]),
        part(
            "Checkout", ["Gateway", "WireKit", "EMVQR", httpTypes, hummingbird, mustache],
            resources: [.embedInCode("Templates"), .embedInCode("Assets")]
        ),
        part(
            "KPayment", path: "Sources/Dialects/KPayment",
            ["Gateway", "WireKit", "Checkout", crypto, httpTypes, hummingbird, logging, nio]),
        part(
            "KissVips", path: "Sources/Dialects/KissVips",
            ["Gateway", "WireKit", "Checkout", "EMVQR", crypto, httpTypes, hummingbird, logging, nio]),
        part(
            "JWTPay", path: "Sources/Dialects/JWTPay",
            ["Gateway", "WireKit", "EMVQR", crypto, httpTypes, hummingbird, logging, nio]),
        part("Statements", ["Payments", crypto]),
        .executableTarget(
            name: "mekong",
            dependencies: [
                "KPayment", "KissVips", "JWTPay", "Statements", "Webhooks", argumentParser, configuration, coreMetrics,
                crypto, httpTypes, hummingbird,
                hummingbirdCore, hummingbirdHTTP2, hummingbirdTLS, lifecycle, logging, nio, nioHTTP1, nioSSL,
                nioTLS, toml,
                unixSignals,
            ],
            swiftSettings: settings),

        .target(
            name: "TestSupport",
            dependencies: ["Gateway", "Ledger", "Money", "Payments", subprocess, systemPackage],
            path: "Tests/Support", swiftSettings: settings),
        // A test target as the others are, since it sees the inside of the executable.
        tests(
            "APISupport",
            [
                "TestSupport", "mekong", "Gateway", "Store", "Rails", "Payments", "WireKit", "Webhooks", httpTypes,
                hummingbird, hummingbirdTesting, logging, nio,
            ]),
        tests("MoneyTests", ["TestSupport", "Money"]),
        tests("EMVQRTests", ["TestSupport", "EMVQR", "Money"]),
        tests("LedgerTests", ["TestSupport", "Ledger", "Money"]),
        tests("WireKitTests", ["TestSupport", "WireKit"]),
        tests("PaymentsTests", ["TestSupport", "Payments", "Ledger", "Money"]),
        tests("StoreTests", ["TestSupport", "Store", "Payments", "Ledger", "Money", grdb, logging]),
        tests(
            "GatewayTests",
            ["TestSupport", "Gateway", "Rails", "Store", "Payments", "Ledger", "Money", crypto, grdb, logging]),
        tests("GroupCommitTests", ["TestSupport", "GroupCommit"]),
        tests(
            "WebhooksTests",
            [
                "TestSupport", "Webhooks", "Gateway", "Store", "Rails", "Payments", "Money", crypto, lifecycle, logging,
                nio, nioHTTP1,
                nioPosix,
            ]),
        tests(
            "CheckoutTests",
            ["Checkout", "WireKit", "Payments", "Money", httpTypes, hummingbird, hummingbirdTesting]),
        tests(
            "KPaymentTests",
            [
                "APISupport", "TestSupport", "mekong", "KPayment", "Gateway", "Store", "Rails", "Payments", "Money",
                "WireKit", "Webhooks", crypto, httpTypes, hummingbird, hummingbirdTesting, logging, nio,
            ],
            resources: [.copy("Golden")]),
        tests(
            "SandboxTests",
            [
                "APISupport", "TestSupport", "mekong", "KPayment", "Gateway", "Store", "Rails", "Payments", "WireKit",
                "Webhooks", httpTypes, hummingbird, hummingbirdTesting, logging, nio,
            ]),
        tests(
            "HostTests",
            [
                "TestSupport", "mekong", "Gateway", "Rails", "Store", "Payments", "WireKit", coreMetrics, configuration,
                crypto, httpTypes, hummingbird, hummingbirdTesting, lifecycle, logging, nio, nioEmbedded, nioTLS,
            ]),
        tests(
            "KissVipsTests",
            [
                "APISupport", "TestSupport", "mekong", "KissVips", "EMVQR", "Gateway", "Store", "Rails", "Payments",
                "Ledger", "Money", "WireKit", "Webhooks", crypto, httpTypes, hummingbird, hummingbirdTesting, logging,
                nio,
            ],
            resources: [.copy("Golden")]),
        tests(
            "JWTPayTests",
            [
                "APISupport", "TestSupport", "mekong", "JWTPay", "EMVQR", "Gateway", "Store", "Rails", "Payments",
                "Ledger", "Money", "WireKit", "Webhooks", crypto, httpTypes, hummingbird, hummingbirdTesting, logging,
                nio,
            ],
            resources: [.copy("Golden")]),
        tests(
            "StatementsTests", ["Statements", "Payments", "Money"], resources: [.copy("Samples")]),
        tests("ArchitectureTests", []),
        tests(
            "ProcessTests",
            ["TestSupport", "mekong", "WireKit", asyncHTTPClient, crypto, nio, nioHTTP1, nioPosix, nioSSL, nioTLS]),
    ]
)
