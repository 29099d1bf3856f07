import HTTPTypes
import Hummingbird
import Kernel

/// The console's session: both tokens in one cookie that no script can read. It counts only together with a header of the console's own,
/// which no form and no other origin's page can send, so a link can't make anybody do anything.
struct ConsoleCookie: Sendable {
    let access: String
    let refresh: String

    /// What the browser sent, if the console is asking and sends no token itself. Over TLS only the name that no other host can set counts:
    /// a neighbor under the same domain may set any other (RFC 6265bis section 4.1.3.2). A page can't set headers on a WebSocket, but its
    /// browser says which page is asking: `isOwnPage`.
    init?(_ request: Request, secure: Bool, isOwnPage: Bool = false) {
        guard isOwnPage || request.headers[.tenureConsole] == "1", request.headers[.authorization] == nil else { return nil }
        let pairs = request.headers[values: .cookie].joined(separator: ";").split(separator: ";")
        for pair in pairs.map({ $0.drop { $0 == " " } }) {
            let name = secure ? Self.secureName : Self.name
            guard pair.hasPrefix(name + "=") else { continue }
            let tokens = pair.dropFirst(name.count + 1).split(separator: Self.separator)
            guard tokens.count == 2 else { continue }
            access = String(tokens[0])
            refresh = String(tokens[1])
            return
        }
        return nil
    }

    /// From the answer to a sign-in or a refresh.
    init(_ data: JSON) throws(Failure) {
        guard let access = data["accessToken"]?.string, let refresh = data["refreshToken"]?.string else { throw .unauthorized }
        self.access = access
        self.refresh = refresh
    }

    /// For Set-Cookie (RFC 6265 section 4.1); kept as long as a refresh token is valid.
    func header(secure: Bool) -> String {
        Self.header("\(access)\(Self.separator)\(refresh)", seconds: 7 * 86_400, secure: secure)
    }

    static func end(secure: Bool) -> String { header("", seconds: 0, secure: secure) }

    private static func header(_ value: String, seconds: Int, secure: Bool) -> String {
        let attributes = "Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
        return secure ? "\(secureName)=\(value); \(attributes); Secure" : "\(name)=\(value); \(attributes)"
    }

    // Neither a JWT nor base64url contains it.
    private static let separator: Character = "~"
    private static let name = "tenure_console"
    // With this prefix a browser takes the cookie from this very host only, and over TLS only.
    private static let secureName = "__Host-tenure_console"
}

extension HTTPField.Name {
    /// Tells the console's requests from those that a page of another origin could cause.
    static let tenureConsole: HTTPField.Name = {
        guard let name = HTTPField.Name("X-Tenure-Console") else { preconditionFailure("A token of RFC 9110.") }
        return name
    }()
}
