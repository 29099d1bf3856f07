import CCurl
import Foundation

/// Holds the open connection. libcurl blocks, so the actor has a thread of its own.
actor SMTPConnection {
    private let executor = QueueExecutor(label: "smtp")
    private let server: SMTPServer
    private let timeout: Int
    private let curl: CurlConnection

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(server: SMTPServer, timeout: Duration) throws(MailError) {
        self.server = server
        self.timeout = Int(timeout / .milliseconds(1))
        curl = try CurlConnection()
    }

    func send(_ data: Data, from sender: String, to recipients: [String]) throws(MailError) {
        var outcome = data.withUnsafeBytes { bytes in
            withServer { server in
                withCStrings(recipients.map { "<\($0)>" }) { recipients in
                    "<\(sender)>".withCString { sender in
                        let envelope = ccurl_smtp_envelope(
                            sender: sender,
                            recipients: recipients.baseAddress,
                            recipient_count: recipients.count,
                            data: bytes.bindMemory(to: CChar.self).baseAddress,
                            length: bytes.count
                        )
                        return ccurl_smtp_send(curl.pointer, server, envelope)
                    }
                }
            }
        }
        guard outcome.code != 0 else { return }
        let text = withUnsafeBytes(of: &outcome.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        throw mailError(reply: outcome.reply, text: text)
    }

    private func withServer<R>(_ body: (ccurl_smtp_server) -> R) -> R {
        withCStrings([server.url, server.user, server.password, server.authorities]) { texts in
            body(
                ccurl_smtp_server(
                    url: texts[0],
                    username: texts[1],
                    password: texts[2],
                    authorities: texts[3],
                    tls: server.encryption.level,
                    connect_timeout_ms: min(timeout, 10_000),
                    timeout_ms: timeout
                )
            )
        }
    }
}

/// The owner of the C connection; its actor is the only one using it at a time, as libcurl requires.
private final class CurlConnection {
    let pointer: OpaquePointer

    init() throws(MailError) {
        guard let pointer = ccurl_smtp_open() else { throw MailError(.temporary, "libcurl could not be started") }
        self.pointer = pointer
    }

    deinit {
        ccurl_smtp_close(pointer)
    }
}

extension SMTPServer.Encryption {
    fileprivate var level: ccurl_tls {
        switch self {
        case .off: CCURL_TLS_OFF
        case .offered: CCURL_TLS_OFFERED
        case .required: CCURL_TLS_REQUIRED
        }
    }
}

// RFC 5321, 4.2.1: 4yz may succeed on a later try, 5yz will not. RFC 4954, 6: these concern the sign-in, not the message.
private func mailError(reply: Int, text: String) -> MailError {
    let aboutUs = [530, 534, 535, 538]
    guard (400...599).contains(reply) else { return MailError(.temporary, text) }
    return MailError(reply < 500 || aboutUs.contains(reply) ? .temporary : .permanent, text, reply: reply)
}

private func withCStrings<R>(_ strings: [String?], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> R) -> R {
    let copies = strings.map { string in string.flatMap { UnsafePointer<CChar>(strdup($0)) } }
    defer { for copy in copies { free(UnsafeMutableRawPointer(mutating: copy)) } }
    return copies.withUnsafeBufferPointer(body)
}
