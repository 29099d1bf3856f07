package import Foundation

/// A key and a certificate that signs itself, good for two days: `key.pem` and `cert.pem`.
package enum Certificate {
    /// - Parameters:
    ///   - name: whom it is for.
    ///   - alternative: the same as openssl writes it, `DNS:` or `IP:` before it.
    package static func make(for name: String, _ alternative: String, in folder: URL) async throws {
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        openssl.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(alternative)",
            "-keyout", folder.appending(path: "key.pem").path, "-out", folder.appending(path: "cert.pem").path,
        ]
        openssl.standardError = FileHandle.nullDevice
        try await openssl.finish()
    }
}
