import NIOHTTP1

/// What to send.
package struct OutboundRequest: Sendable {
    package var method: String
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]?

    package init(_ method: String, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What came back.
package struct OutboundAnswer: Sendable {
    package let status: Int
    package let body: [UInt8]
    private let headers: HTTPHeaders

    init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package func header(_ name: String) -> String? { headers.first(name: name) }
}

/// Whose address a request goes to.
package enum OutboundTrust: Sendable {
    /// Somebody gave it who may not mean well: only what `AddressPolicy` allows is connected to.
    case stranger
    /// It comes from the installation's settings.
    case installation
}

/// Limits for one request.
package struct OutboundLimits: Sendable {
    /// From its turn to the last byte of the answer, including redirects.
    package var time: Duration = .seconds(30)
    package var answer = 1 << 20
    package var redirects = 0

    package init(time: Duration = .seconds(30), answer: Int = 1 << 20, redirects: Int = 0) {
        self.time = time
        self.answer = answer
        self.redirects = redirects
    }
}
