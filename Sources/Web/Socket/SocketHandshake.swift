import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Kernel

/// The opening of a WebSocket (RFC 6455 section 4.2). A browser sends cookies along whichever page asks, so the page's origin must be this
/// server's own, or one that may call the API.
struct SocketHandshake {
    let accept: String

    init(_ request: Request, allowing configuration: WebConfiguration) throws(Failure) {
        guard request.method == .get, Self.tokens(request.headers[.upgrade]).contains("websocket"),
            Self.tokens(request.headers[.connection]).contains("upgrade")
        else { throw .socketExpected }
        guard request.headers[.secWebSocketVersion] == "13" else { throw .validation("Sec-WebSocket-Version", "Must be 13.") }
        guard let key = request.headers[.secWebSocketKey], Data(base64Encoded: key)?.count == 16 else {
            throw .validation("Sec-WebSocket-Key", "Must be 16 bytes in base64.")
        }
        if let origin = request.headers[.origin], !configuration.corsOrigins.contains(origin), !configuration.corsOrigins.contains("*") {
            guard Self.isOwnPage(request, configuration) else { throw .forbidden }
        }
        accept = Data(Insecure.SHA1.hash(data: Data((key + Self.salt).utf8))).base64EncodedString()
    }

    /// Whether one of this server's own pages is asking, according to its browser.
    static func isOwnPage(_ request: Request, _ configuration: WebConfiguration) -> Bool {
        guard let origin = request.headers[.origin], let authority = request.head.authority else { return false }
        return ["http://\(authority)", "https://\(authority)", configuration.publicURL].contains(origin)
    }

    private static let salt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    private static func tokens(_ header: String?) -> [String] {
        (header ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    }
}
