import FoundationEssentials
import Kernel
package import Variables

/// Where the server listens, and whom it answers.
package struct WebSettings: Sendable {
    package let host: String
    package var port: Int
    /// Where `/metrics` is served; nil means on the main port.
    package let metricsPort: Int?
    package let metricsHost: String
    package let publicURL: String
    let corsOrigins: [String]
    let trustedProxies: [AddressRange]
    /// Where the admin console's files are; nil serves none.
    let console: String?
    package let isLimited: Bool

    static let host = Setting("TENURE_HOST", or: "127.0.0.1", "The address to listen on.")
    static let port = Setting("TENURE_PORT", or: 8080, "The port to listen on.")
    static let metricsPort = Setting(
        optionalNumber: "TENURE_METRICS_PORT",
        "Serves `/metrics`, and nothing else, on a port of its own; the main port answers 404 for it then."
    )
    static let metricsHost = Setting(
        "TENURE_METRICS_HOST",
        or: "127.0.0.1",
        "The address that port listens on: one that Prometheus reaches and clients don't."
    )
    static let publicURL = Setting(
        optional: "TENURE_PUBLIC_URL",
        shown: "`http://127.0.0.1:8080`",
        "How people reach the server: links in mail, the documentation. `https` switches HSTS on."
    )
    static let corsOrigins = Setting(
        list: "TENURE_CORS_ORIGINS",
        "Origins whose pages may call the API, separated by commas, or `*`."
    )
    static let trustedProxies = Setting<[AddressRange]>(
        "TENURE_TRUSTED_PROXIES",
        or: [],
        shown: "empty",
        "Addresses or CIDR ranges, separated by commas, whose `X-Forwarded-For` is trusted. Without the proxy's address here all "
            + "clients share the proxy's limits."
    ) { text throws(SettingProblem) in
        var ranges: [AddressRange] = []
        for entry in text.commaSeparated {
            guard let range = AddressRange(entry) else { throw SettingProblem("'\(entry)' is not an address or CIDR range.") }
            ranges.append(range)
        }
        return ranges
    }
    static let console = Setting(
        optional: "TENURE_CONSOLE",
        shown: "`admin` if that folder exists",
        "The folder of the admin console, served at `/admin`."
    )
    static let limits = Setting<Bool>(
        "TENURE_LIMITS",
        or: true,
        shown: "`on`",
        "`off` switches rate limits off, for trials and benchmarks; production refuses it."
    ) { text throws(SettingProblem) in text != "off" }

    package static let section = SettingsSection(
        "The web",
        [host, port, metricsPort, metricsHost, publicURL, corsOrigins, trustedProxies, console, limits]
    )

    package init(_ read: SettingsReader) throws(SettingsError) {
        host = try read(Self.host)
        port = try read(Self.port)
        metricsPort = try read(Self.metricsPort)
        metricsHost = try read(Self.metricsHost)
        publicURL = try Self.publicURL(read)
        corsOrigins = try read(Self.corsOrigins)
        trustedProxies = try read(Self.trustedProxies)
        console = try read(Self.console) ?? (FileManager.default.fileExists(atPath: "admin/index.html") ? "admin" : nil)
        isLimited = try read(Self.limits)
    }

    /// Read by whatever prints addresses, also without a database.
    package static func publicURL(_ read: SettingsReader) throws(SettingsError) -> String {
        if let url = try read(publicURL) { return url }
        return "http://127.0.0.1:\(try read(port))"
    }
}
