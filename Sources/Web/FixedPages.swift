import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// A fixed address that isn't an operation: health, metrics, the documentation.
struct FixedPage: Sendable {
    struct Content: Sendable {
        var status = 200
        var type = "application/json"
        var bytes: ByteBuffer
        var headers: [(HTTPField.Name, String)] = []
    }

    let content: @Sendable () async throws(Failure) -> Content

    /// A page that is always the same.
    init(_ type: String, _ text: String, headers: [(HTTPField.Name, String)] = []) {
        let content = Content(type: type, bytes: ByteBuffer(string: text), headers: headers)
        self.init { () throws(Failure) in content }
    }

    init(_ content: @escaping @Sendable () async throws(Failure) -> Content) {
        self.content = content
    }

    func answer(_ request: Request) async throws(Failure) -> Response {
        guard request.method == .get || request.method == .head else { throw .methodNotAllowed }
        let content = try await content()
        var fields = HTTPFields()
        fields[.contentType] = content.type
        for (name, value) in content.headers { fields[name] = value }
        if let tag = fields[.eTag], let known = request.headers[.ifNoneMatch], ETag.matches(known, tag) {
            return Response(status: .notModified, headers: fields)
        }
        return Response(status: .init(code: content.status), headers: fields, body: ResponseBody(byteBuffer: content.bytes))
    }
}

/// All fixed addresses.
struct FixedPages: Sendable {
    private var pages: [String: FixedPage] = [:]

    subscript(_ path: String) -> FixedPage? {
        get { pages[path] }
        set { pages[path] = newValue }
    }

    mutating func addHealth(_ checks: [HealthCheck]) {
        self["/healthz"] = FixedPage("application/json", #"{"status":"ok"}"#)
        self["/readyz"] = FixedPage { () throws(Failure) in
            let readiness = await Readiness.ask(checks)
            return FixedPage.Content(status: readiness.isReady ? 200 : 503, bytes: ByteBuffer(bytes: readiness.json.canonicalBytes))
        }
    }

    mutating func addMetrics(_ render: @escaping @Sendable () -> String) {
        self["/metrics"] = .metrics(render)
    }
}

extension FixedPage {
    /// The Prometheus text exposition format, version 0.0.4.
    static func metrics(_ render: @escaping @Sendable () -> String) -> FixedPage {
        FixedPage { () throws(Failure) in
            FixedPage.Content(type: "text/plain; version=0.0.4; charset=utf-8", bytes: ByteBuffer(string: render()))
        }
    }
}
