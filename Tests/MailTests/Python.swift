import Foundation

/// Python as a judge that shares no code with what it judges. `TENURE_TEST_PYTHON` names one that has aiosmtpd and icalendar.
enum Python {
    struct Failed: Error {
        let output: String
    }

    static func process(_ script: String, _ arguments: [String] = []) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let python = ProcessInfo.processInfo.environment["TENURE_TEST_PYTHON"] ?? "python3"
        process.arguments = [python, "-c", script] + arguments
        return process
    }

    /// What the script prints as JSON when it reads `input`.
    static func judge<Verdict: Decodable>(_ script: String, _ input: Data) async throws -> Verdict {
        let file = FileManager.default.temporaryDirectory.appending(path: "judged-\(UUID().uuidString)")
        try input.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        // Not a pipe: other children would inherit its end and keep it open.
        let output = file.path + ".json"
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: output) }
        let process = process(script, [file.path])
        process.standardOutput = FileHandle(forWritingAtPath: output)
        try await process.finish()
        let data = try Data(contentsOf: URL(fileURLWithPath: output))
        guard process.terminationStatus == 0 else { throw Failed(output: String(decoding: data, as: UTF8.self)) }
        return try JSONDecoder().decode(Verdict.self, from: data)
    }
}

extension Process {
    /// Runs to the end. `waitUntilExit` would block one of the few threads that all tests share.
    func finish() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            terminationHandler = { _ in continuation.resume() }
            do {
                try run()
            } catch {
                terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
    }
}

/// A message as Python's `email` package understands it.
struct ParsedMail: Decodable {
    struct Part: Decodable {
        let type: String
        let name: String?
        let method: String?
        let text: String?
        let bytes: Data
    }

    struct Mailbox: Decodable, Equatable {
        let name: String
        let address: String
    }

    let headers: [String: [String]]
    let from: [Mailbox]
    let to: [Mailbox]
    let parts: [Part]
    let shape: [String]
    let defects: [String]
    let longestLine: Int

    init(_ data: Data) async throws {
        self = try await Python.judge(Self.script, data)
    }

    func part(_ type: String) -> Part? {
        parts.first { $0.type == type }
    }

    private static let script = """
        import sys, json, base64, email, email.policy
        raw = open(sys.argv[1], 'rb').read()
        message = email.message_from_bytes(raw, policy=email.policy.default)
        assert raw.isascii(), 'not seven-bit'
        assert b'\\n' not in raw.replace(b'\\r\\n', b''), 'bare LF'
        headers, defects = {}, [repr(d) for part in message.walk() for d in part.defects]
        for name, value in message.items():
            headers.setdefault(name.lower(), []).append(str(value))
            defects += [repr(d) for d in value.defects]
        box = lambda name: [{'name': a.display_name, 'address': a.addr_spec} for a in message[name].addresses]
        parts = []
        for part in message.walk():
            if part.is_multipart(): continue
            content = part.get_content()
            parts.append({
                'type': part.get_content_type(), 'name': part.get_filename(), 'method': part.get_param('method'),
                'text': content if isinstance(content, str) else None,
                'bytes': base64.b64encode(part.get_payload(decode=True)).decode(),
            })
        print(json.dumps({
            'headers': headers, 'from': box('from'), 'to': box('to'), 'parts': parts, 'defects': defects,
            'shape': [part.get_content_type() for part in message.walk()],
            'longestLine': max(len(line) for line in raw.split(b'\\r\\n')),
        }))
        """
}
