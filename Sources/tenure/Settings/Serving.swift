import Foundation
import Variables

extension Settings {
    enum Serving {
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
        static let trustedProxies = Setting(
            list: "TENURE_TRUSTED_PROXIES",
            "Addresses or CIDR ranges, separated by commas, whose `X-Forwarded-For` is trusted. Without the proxy's address here all "
                + "clients share the proxy's limits."
        )
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
        static let environment = Setting<Environment>(
            "TENURE_ENVIRONMENT",
            or: .development,
            "`production` refuses weak settings at startup; the checklist is in [production.md](production.md)."
        )
        static let programs = Setting(
            optional: "TENURE_PROGRAMS",
            shown: "the folder of `tenure`",
            "Where to find the programs that the server starts: `rule-runner` for tenants' rules, `fence`, `document-reader` and `picture-reader` "
                + "for what strangers upload."
        )
        static let ruleRunners = Setting("TENURE_RULE_RUNNERS", or: 2, "How many of the tenants' rules run at once.")

        static let section = SettingsSection(
            "The web",
            [
                host, port, metricsPort, metricsHost, publicURL, corsOrigins, trustedProxies, console, limits, environment, programs,
                ruleRunners,
            ]
        )

        /// Read by whatever prints addresses, also without a database.
        static func publicURL(_ read: SettingsReader) throws(SettingsError) -> String {
            if let url = try read(publicURL) { return url }
            return "http://127.0.0.1:\(try read(port))"
        }
    }
}
