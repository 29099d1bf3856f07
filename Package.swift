// swift-tools-version: 6.2

import PackageDescription

// Exact versions make a build reproducible without a committed Package.resolved.
let dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration.git", exact: "1.4.0", traits: []),
    .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics.git", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system.git", exact: "1.8.1"),
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache.git", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client.git", exact: "1.37.0", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess.git", exact: "1.0.2"),
    .package(url: "https://github.com/vapor/jwt-kit.git", exact: "5.7.1"),
]

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioWebSocket = Target.Dependency.product(name: "NIOWebSocket", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

/// For programs behind the fence: one file that starts fast, and needs no library from outside the folders that it may read.
let standalone = LinkerSetting.unsafeFlags(["-static-stdlib", "-use-ld=lld"])

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// What the capabilities are built on.
let foundations = [
    library("Wire"),
    library("Postgres", ["Wire", "CLibPQ", log]),
    library("Redis", ["CHiredis", log, lifecycle, nioCore, nioPosix]),
    library("Kernel", ["Wire", "Postgres", crypto, log]),
    library(
        "Web",
        [
            "Kernel", "Postgres", "Redis", "Variables", crypto, hummingbird, lifecycle, log, metrics, nioCore, nioHTTP1, nioPosix,
            nioWebSocket,
            .product(name: "HTTPTypes", package: "swift-http-types"),
            .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
            .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            .product(name: "Yams", package: "Yams"),
        ]
    ),
    library(
        "Outbound",
        [
            "Kernel", "Variables", metrics, nioCore, nioHTTP1, nioPosix,
            .product(name: "AsyncHTTPClient", package: "async-http-client"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ]
    ),
    library("Secrets", ["Kernel", "Postgres", "Variables", crypto]),
    library("Variables", [.product(name: "Configuration", package: "swift-configuration")]),
    library("Documents", [metrics, subprocess, system]),
    library("DocumentText", ["CArchive", "Documents"]),
    library("Mail", ["Variables", "CCurl", log]),
    library("Letters", [.product(name: "Mustache", package: "swift-mustache")]),
    library("Blobs", ["Kernel", "Outbound", "Postgres", "Variables", crypto]),
]

let capabilities = [
    library("Outbox", ["Kernel", "Postgres", "Letters", "Mail", crypto]),
    library(
        "Identity",
        [
            "Kernel", "Postgres", "Letters", "Mail", "Outbox", "Blobs", "Documents", "Variables", "CArgon2", crypto, log,
            .product(name: "JWTKit", package: "jwt-kit"),
        ]
    ),
    library("Presence", ["Kernel", "Redis"]),
    library("Companies", ["Kernel", "Postgres", "Mail", "Identity", "Notifications"]),
    library("CompanyLetters", ["Kernel", "Postgres", "Companies", "Identity", "Letters", "Mail", "Outbox"]),
    library("Candidates", ["Kernel", "Postgres", "Identity", "Resumes", "ResumeParsing"]),
    library("ResumeParsing", ["Documents", "CPhoneNumbers"]),
    library("Resumes", ["Kernel", "Postgres", "Blobs", "Documents", "ResumeParsing"]),
    library("Approvals", ["Kernel", "Postgres", "Identity", "Letters", "Notifications"]),
    library("Jobs", ["Kernel", "Postgres", "Approvals", "Identity", "Letters", "Notifications", "ResumeParsing"]),
    library(
        "Applications",
        [
            "Kernel", "Postgres", "Letters", "Mail", "Outbox", "Approvals", "Identity", "Notifications", "CompanyLetters", "Jobs",
            "Candidates",
            "Resumes", "ResumeParsing", crypto,
        ]
    ),
    library("InboundMail", ["Kernel", "Postgres", "Outbox", "Documents", "Applications", crypto]),
    library("Notifications", ["Kernel", "Postgres", "Identity", "Letters", "Mail", "Outbox", crypto]),
    library(
        "Sourcing",
        ["Kernel", "Postgres", "Applications", "Blobs", "Candidates", "Companies", "Identity", "Jobs", "Resumes", "ResumeParsing"]
    ),
    library("Administration", ["Kernel", "Postgres", "Identity", "Candidates", "Letters", "Outbox"]),
    library(
        "Erasure",
        [
            "Kernel", "Postgres", "Administration", "Applications", "Blobs", "Identity", "Jobs", "Letters", "Mail", "Notifications",
            "Outbox",
        ]
    ),
]

/// The generic consumers of the capabilities' declarations.
let consumers = [
    library("Rules", ["Kernel", "Letters", "Postgres", "Variables", crypto, log, metrics]),
    library("RuleFiles", ["Kernel", "Outbound", "Rules", "Variables", crypto]),
    library("Worker", ["Kernel", "Postgres", lifecycle, log, metrics]),
]

let libraries = foundations + capabilities + consumers
let allLibraries = libraries.map { Target.Dependency(stringLiteral: $0.name) }

let package = Package(
    name: "tenure",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "tenure", targets: ["tenure"]),
        .executable(name: "rule-runner", targets: ["rule-runner"]),
        .executable(name: "fence", targets: ["fence"]),
        .executable(name: "document-reader", targets: ["document-reader"]),
        .executable(name: "picture-reader", targets: ["picture-reader"]),
        .executable(name: "mail-reader", targets: ["mail-reader"]),
    ],
    dependencies: dependencies,
    targets: [
        // C and C++, with a module map or a shim each.
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
        .systemLibrary(name: "CLua", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CArchive", providers: [.apt(["libarchive-dev"])]),
        .target(name: "CConfine", linkerSettings: [.linkedLibrary("seccomp")]),
        .target(name: "CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "CPhoneNumbers", linkerSettings: [.linkedLibrary("phonenumber")]),
        .executableTarget(
            name: "rule-runner",
            dependencies: ["CConfine", "CLua"],
            linkerSettings: [.linkedLibrary("jansson"), .linkedLibrary("m")]
        ),
        .executableTarget(name: "fence", dependencies: ["CConfine"], linkerSettings: [standalone]),
        // gdk-pixbuf's pkg-config file contains a flag that SwiftPM warns about.
        .executableTarget(
            name: "picture-reader",
            cSettings: [
                .unsafeFlags(
                    ["/usr/include/gdk-pixbuf-2.0", "/usr/include/glib-2.0"].map { "-I\($0)" }
                        + ["x86_64", "aarch64"].map { "-I/usr/lib/\($0)-linux-gnu/glib-2.0/include" }
                )
            ],
            linkerSettings: [
                standalone, .linkedLibrary("gdk_pixbuf-2.0"), .linkedLibrary("gobject-2.0"), .linkedLibrary("glib-2.0"),
            ]
        ),
        .executableTarget(
            name: "mail-reader",
            cSettings: [
                .unsafeFlags(
                    ["/usr/include/gmime-3.0", "/usr/include/glib-2.0"].map { "-I\($0)" }
                        + ["x86_64", "aarch64"].map { "-I/usr/lib/\($0)-linux-gnu/glib-2.0/include" }
                )
            ],
            linkerSettings: [
                standalone, .linkedLibrary("gmime-3.0"), .linkedLibrary("gobject-2.0"), .linkedLibrary("glib-2.0"), .linkedLibrary("ical"),
                .linkedLibrary("jansson"),
            ]
        ),
        .executableTarget(
            name: "document-reader",
            dependencies: ["CConfine", "Documents", "DocumentText", "ResumeParsing"],
            swiftSettings: strict,
            linkerSettings: [
                standalone,
                .unsafeFlags(
                    ["CoreFoundation", "_FoundationICU", "_FoundationCShims", "_FoundationCollections", "stdc++"].map { "-l\($0)" }
                ),
            ]
        ),

        .executableTarget(
            name: "tenure",
            dependencies: allLibraries + [
                "CMalloc", lifecycle, log, metrics, .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),

        // Only for tests: a capability that has everything, a client that speaks WebSocket badly, and programs that share no code with
        // ours.
        .target(
            name: "Toy",
            dependencies: ["Kernel", "Postgres"],
            path: "Tests/Toy",
            resources: [.embedInCode("toy.html")],
            swiftSettings: strict
        ),
        .target(name: "SocketClient", path: "Tests/SocketClient", swiftSettings: strict),
        .target(name: "ChildProcesses", path: "Tests/ChildProcesses", swiftSettings: strict),
        tests("PostgresTests", ["Postgres", log]),
        tests("RedisTests", ["Redis", "ChildProcesses", log, nioCore, nioPosix]),
        tests("WireTests", ["Wire", "Kernel"]),
        tests("KernelTests", ["Kernel", "Postgres"]),
        .testTarget(
            name: "DocumentsTests",
            dependencies: ["Documents", "DocumentText", "ResumeParsing", "Applications"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        tests("OutboundTests", ["Outbound", "Kernel", "ChildProcesses", nioCore, nioPosix]),
        tests("SecretsTests", ["Secrets", "Kernel"]),
        tests("LettersTests", ["Letters"]),
        tests("MailTests", ["Mail", "Variables", "ChildProcesses"]),
        tests("BlobsTests", ["Blobs", "Outbound", "ChildProcesses"]),
        tests("IdentityTests", ["Identity"]),
        tests(
            "WebTests",
            [
                "Web", "Kernel", "Postgres", "Redis", "SocketClient", lifecycle, log, metrics,
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
        .testTarget(
            name: "RulesTests",
            dependencies: ["Rules", "Kernel", log],
            resources: [.copy("Hostile")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "TenureTests",
            dependencies: allLibraries + ["tenure", "Toy", "SocketClient", "ChildProcesses", crypto, lifecycle, log],
            exclude: ["Contract/permissions.txt"],
            swiftSettings: strict
        ),
    ] + libraries,
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
