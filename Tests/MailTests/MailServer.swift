import ChildProcesses
import Foundation
import Glibc

/// The real aiosmtpd as a child process. The recipient's name says how it behaves: `temporary`, `permanent` and `slow` at RCPT,
/// `spam` at DATA. Accepted messages are files before they are confirmed.
final class MailServer: Sendable {
    enum Security: String {
        case none
        case startTLS
        case implicitTLS
    }

    struct Accepted: Decodable {
        let sender: String
        let recipients: [String]
        let user: String?
        let encrypted: Bool
        let connection: Int
        let data: Data
    }

    let port: Int
    let directory: URL
    private let process: ChildProcess

    init(_ security: Security = .none, password: String? = nil, port: Int = 0) async throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        if security != .none { try await Certificate.make(for: "127.0.0.1", "IP:127.0.0.1", in: directory) }
        (process, self.port) = try await Python.serve(Self.script, [directory.path, security.rawValue, password ?? "", "\(port)"])
    }

    deinit {
        process.kill()
        try? FileManager.default.removeItem(at: directory)
    }

    var certificate: String { directory.appending(path: "cert.pem").path }

    func stop() {
        process.kill()
    }

    var accepted: [Accepted] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: directory.path)
                .filter { $0.hasSuffix(".json") }
                .sorted()
                .map { try JSONDecoder().decode(Accepted.self, from: Data(contentsOf: directory.appending(path: $0))) }
        }
    }

    // Ends with the process that started it.
    private static let script = """
        import sys, asyncio, base64, json, os, ssl, warnings
        warnings.simplefilter('ignore')
        from aiosmtpd.smtp import SMTP, AuthResult
        directory, security, password, port = sys.argv[1:5]
        count = connections = 0

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                name = address.split('@')[0]
                if name == 'temporary': return '451 4.7.1 greylisted, come back later'
                if name == 'permanent': return '550 5.1.1 nobody of that name here'
                if name == 'slow': await asyncio.sleep(60)
                envelope.rcpt_tos.append(address)
                return '250 OK'

            async def handle_DATA(self, server, session, envelope):
                global count
                if envelope.rcpt_tos[0].startswith('spam'): return '554 5.7.1 looks like spam'
                count += 1
                path = os.path.join(directory, '%05d' % count)
                json.dump({
                    'sender': envelope.mail_from, 'recipients': envelope.rcpt_tos, 'user': session.auth_data,
                    'encrypted': server.transport.get_extra_info('ssl_object') is not None, 'connection': server.number,
                    'data': base64.b64encode(envelope.original_content).decode(),
                }, open(path, 'w'))
                os.rename(path, path + '.json')
                return '250 accepted'

        class Counting(SMTP):
            def connection_made(self, transport):
                global connections
                if not hasattr(self, 'number'):
                    connections += 1
                    self.number = connections
                super().connection_made(transport)

        def authenticate(server, session, envelope, mechanism, data):
            good = getattr(data, 'password', b'') == password.encode()
            return AuthResult(success=good, handled=False, auth_data=data.login.decode() if good else None)

        context = None
        if security != 'none':
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(directory + '/cert.pem', directory + '/key.pem')

        def protocol():
            options = {'authenticator': authenticate, 'auth_required': True, 'auth_require_tls': False} if password else {}
            if security == 'startTLS': options['tls_context'] = context
            return Counting(Handler(), hostname='mail.test', **options)

        async def main():
            loop = asyncio.get_running_loop()
            server = await loop.create_server(
                protocol, '127.0.0.1', int(port), ssl=context if security == 'implicitTLS' else None)
            print(server.sockets[0].getsockname()[1], flush=True)
            parent = os.getppid()
            while os.getppid() == parent: await asyncio.sleep(1)

        asyncio.run(main())
        """
}
