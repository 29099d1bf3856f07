import ChildProcesses
import Foundation
import Glibc
import Kernel

/// A Python web site at 127.0.0.1. Its paths say what it does: `/echo`, `/to?address`, `/slow`, `/drip`, `/large`.
final class ToySite: Sendable {
    let port: Int
    let certificate: String
    private let folder: URL
    private let process: ChildProcess

    /// - Parameter name: if given, it uses TLS, with a certificate for that name.
    init(tls name: String? = nil) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "site-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = folder.appending(path: "cert.pem").path
        if let name { try await Certificate.make(for: name, "DNS:\(name)", in: folder) }
        (process, port) = try await Python.serve(Self.script, [name == nil ? "" : folder.path])
    }

    deinit {
        process.kill()
        try? FileManager.default.removeItem(at: folder)
    }

    // Ends with the process that started it.
    private static let script = """
        import json, os, ssl, sys, threading, time, urllib.parse
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
        lock, inside, most = threading.Lock(), 0, 0

        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            def log_message(self, *words): pass

            def answer(self, status, body, headers={}):
                self.send_response(status)
                for name, value in headers.items(): self.send_header(name, value)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def serve(self):
                global inside, most
                with lock: inside += 1; most = max(most, inside)
                try: self.act()
                finally:
                    with lock: inside -= 1

            def act(self):
                path, _, query = self.path.partition('?')
                body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
                if path.startswith('/to'):
                    self.answer(int(path[3:] or 302), b'', {'Location': urllib.parse.unquote(query)})
                elif path == '/slow':
                    time.sleep(30)
                elif path == '/short':
                    time.sleep(0.2)
                    self.answer(200, b'')
                elif path == '/most':
                    self.answer(200, str(most).encode())
                elif path == '/drip':
                    self.send_response(200); self.send_header('Content-Length', '100000'); self.end_headers()
                    for _ in range(300):
                        self.wfile.write(b'x'); self.wfile.flush(); time.sleep(0.1)
                elif path == '/large':
                    self.answer(200, b'x' * 100000)
                else:
                    self.answer(200, json.dumps({
                        'method': self.command, 'path': self.path, 'body': body.decode(),
                        'headers': {name.lower(): value for name, value in self.headers.items()},
                        'sni': getattr(self.connection, 'asked', None),
                    }).encode(), {'Content-Type': 'application/json'})

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = serve

        server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        server.daemon_threads = True
        if sys.argv[1]:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(sys.argv[1] + '/cert.pem', sys.argv[1] + '/key.pem')
            def asked(connection, name, context): connection.asked = name
            context.sni_callback = asked
            server.socket = context.wrap_socket(server.socket, server_side=True)
        print(server.server_address[1], flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        parent = os.getppid()
        while os.getppid() == parent: time.sleep(1)
        """
}
