package import Foundation
import Glibc

extension MailMessage {
    /// The message as RFC 5322 wants it, ASCII only, CRLF line ends.
    package func rendered(from sender: MailAddress) throws(MailError) -> Data {
        guard !to.isEmpty else { throw MailError(.invalid, "a message needs a recipient") }
        guard (1...200).contains(id.utf8.count) else { throw MailError(.invalid, "a message id has 1 to 200 bytes") }
        var whole = body
        whole.headers.insert(contentsOf: headers(from: sender), at: 0)
        return Data(whole.bytes)
    }

    private func headers(from sender: MailAddress) -> [(name: String, value: String)] {
        var lines: [(name: String, value: String)] = [
            ("Date", mailDate(date)),
            ("From", mailbox(sender)),
            ("To", mailboxes(to)),
        ]
        if let replyTo { lines.append(("Reply-To", mailbox(replyTo))) }
        lines += [
            ("Message-ID", messageID(from: sender)),
            ("Subject", unstructured(subject, after: "Subject")),
            // RFC 3834: keeps vacation responders quiet.
            ("Auto-Submitted", "auto-generated"),
        ]
        // A URL prints as ASCII without spaces or angle brackets.
        if let unsubscribe { lines.append(("List-Unsubscribe", "<\(unsubscribe.absoluteString)>")) }
        lines.append(("MIME-Version", "1.0"))
        return lines
    }

    // The alternatives are in order of preference, the richest last (RFC 2046, 5.1.4).
    private var body: MIMEPart {
        var faces = [MIMEPart.text(text, subtype: "plain")]
        if let html { faces.append(.text(html, subtype: "html")) }
        if let calendar { faces.append(.calendar(calendar)) }
        let content = faces.count == 1 ? faces[0] : .multipart("alternative", faces)
        return attachments.isEmpty ? content : .multipart("mixed", [content] + attachments.map(MIMEPart.attachment))
    }
}

// RFC 5322, 3.3. The names are English in every locale.
private func mailDate(_ date: Date) -> String {
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let day = "\(days[Int(parts.tm_wday)]), \(parts.tm_mday) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900)"
    let time = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(day) \(time.joined(separator: ":")) +0000"
}
