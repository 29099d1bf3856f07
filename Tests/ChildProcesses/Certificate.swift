package import Foundation

/// A key and a self-signed certificate, valid for two days: `key.pem` and `cert.pem`.
package enum Certificate {
    package struct NotMade: Error {
        let output: String
    }

    /// - Parameters:
    ///   - name: whom it is for.
    ///   - alternative: the same as openssl writes it, `DNS:` or `IP:` before it.
    package static func make(for name: String, _ alternative: String, in folder: URL) async throws {
        let openssl = try ChildProcess(
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(alternative)",
                "-keyout", folder.appending(path: "key.pem").path, "-out", folder.appending(path: "cert.pem").path,
            ],
            output: folder.appending(path: "openssl.log").path
        )
        guard try await openssl.end() == .exit(0) else { throw NotMade(output: openssl.text) }
    }
}
