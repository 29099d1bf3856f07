import Foundation

/// A part of a message as it is sent: header lines, and a body that is already encoded.
struct MIMEPart {
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    var bytes: [UInt8] {
        headers.flatMap { Array("\($0.name): \($0.value)\r\n".utf8) } + crlf + body
    }

    static func text(_ text: String, subtype: String) -> MIMEPart {
        MIMEPart(
            headers: [("Content-Type", "text/\(subtype); charset=utf-8"), ("Content-Transfer-Encoding", "quoted-printable")],
            body: quotedPrintable(text)
        )
    }

    /// RFC 6047, 2.4: the part that a calendar program acts on repeats the method of the object inside it.
    static func calendar(_ invite: CalendarInvite) -> MIMEPart {
        MIMEPart(
            headers: [
                ("Content-Type", "text/calendar; charset=utf-8; method=\(invite.method.rawValue)"),
                ("Content-Transfer-Encoding", "base64"),
            ],
            body: base64Lines(Data(invite.text.utf8))
        )
    }

    static func attachment(_ attachment: MailAttachment) -> MIMEPart {
        MIMEPart(
            headers: [
                ("Content-Type", attachment.type),
                ("Content-Disposition", "attachment;\r\n \(fileNameParameter(attachment.name))"),
                ("Content-Transfer-Encoding", "base64"),
            ],
            body: base64Lines(attachment.data)
        )
    }

    // "=_" appears neither in quoted-printable nor in base64 (RFC 2045, 6.7), so no body can contain the boundary.
    static func multipart(_ subtype: String, _ parts: [MIMEPart]) -> MIMEPart {
        let boundary = "=_\(subtype)"
        var body: [UInt8] = []
        for part in parts {
            body += Array("--\(boundary)\r\n".utf8) + part.bytes + crlf
        }
        body += Array("--\(boundary)--\r\n".utf8)
        return MIMEPart(headers: [("Content-Type", "multipart/\(subtype); boundary=\"\(boundary)\"")], body: body)
    }
}

// RFC 2231, 4: what a quoted string can't contain is escaped byte by byte.
private func fileNameParameter(_ name: String) -> String {
    if name.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
        return "filename=\"\(name)\""
    }
    let hex = Array("0123456789ABCDEF")
    let escaped = name.utf8.map { byte in
        isAlphanumeric(byte) || byte == UInt8(ascii: ".")
            ? String(UnicodeScalar(byte)) : "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
    }
    return "filename*=UTF-8''\(escaped.joined())"
}
