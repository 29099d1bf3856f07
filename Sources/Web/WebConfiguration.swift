package import Kernel

/// Where the server listens and what it lets in.
package struct WebConfiguration: Sendable {
    package var host = "127.0.0.1"
    package var port = 8080
    /// How clients reach the server: the server URL in the documentation; `https` switches on HSTS.
    package var publicURL = "http://127.0.0.1:8080"
    /// Origins whose pages may call the API: exact, or `*` for any.
    package var corsOrigins: [String] = []
    /// Proxies whose X-Forwarded-For and X-Request-Id are trusted: addresses or CIDR ranges.
    package var trustedProxies: [AddressRange] = []
    package var maximumBody = 1024 * 1024
    package var maximumUpload = 10 * 1024 * 1024
    package var pace = RequestPace()
    package var socketPace = SocketPace()
    /// Uploaded files are kept here while their request runs.
    package var uploadDirectory = "/tmp"
    /// The folder of the admin console, served at `/admin`; nil if there is none.
    package var console: String?

    package init() {}

    package init(_ settings: WebSettings, uploadDirectory: String) {
        host = settings.host
        port = settings.port
        publicURL = settings.publicURL
        corsOrigins = settings.corsOrigins
        trustedProxies = settings.trustedProxies
        console = settings.console
        self.uploadDirectory = uploadDirectory
    }
}
