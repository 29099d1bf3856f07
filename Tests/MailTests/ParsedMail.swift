import ChildProcesses
import Foundation

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
