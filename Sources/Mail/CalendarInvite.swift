package import Foundation

/// A meeting for a calendar program to enter or remove: one VEVENT of RFC 5545 with the method of RFC 5546. The same `uid` with a higher
/// `sequence` changes what was sent before.
package struct CalendarInvite: Codable, Equatable, Sendable {
    package enum Method: String, Codable, Sendable {
        case request = "REQUEST"
        case cancel = "CANCEL"
    }

    package var method: Method
    package var uid: String
    package var sequence: Int
    package var starts: Date
    package var ends: Date
    package var summary: String
    package var details: String?
    package var location: String?
    package var url: URL?
    package var organizer: MailAddress
    package var attendees: [MailAddress]
    /// When this revision was made.
    package var stamp: Date

    package init(
        _ method: Method,
        uid: String,
        sequence: Int,
        starts: Date,
        ends: Date,
        summary: String,
        details: String? = nil,
        location: String? = nil,
        url: URL? = nil,
        organizer: MailAddress,
        attendees: [MailAddress],
        stamp: Date = Date()
    ) {
        self.method = method
        self.uid = uid
        self.sequence = sequence
        self.starts = starts
        self.ends = ends
        self.summary = summary
        self.details = details
        self.location = location
        self.url = url
        self.organizer = organizer
        self.attendees = attendees
        self.stamp = stamp
    }
}

extension CalendarInvite {
    /// The iCalendar object.
    package var text: String {
        (["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tenure//Recruiting//EN", "METHOD:\(method.rawValue)", "BEGIN:VEVENT"]
            + properties
            + ["END:VEVENT", "END:VCALENDAR"])
            .map(foldedContentLine)
            .joined()
    }

    private var properties: [String] {
        var lines = [
            "UID:\(escapedText(uid))",
            "SEQUENCE:\(sequence)",
            "DTSTAMP:\(utc(stamp))",
            "DTSTART:\(utc(starts))",
            "DTEND:\(utc(ends))",
            "SUMMARY:\(escapedText(summary))",
            "STATUS:\(method == .request ? "CONFIRMED" : "CANCELLED")",
        ]
        if let details { lines.append("DESCRIPTION:\(escapedText(details))") }
        if let location { lines.append("LOCATION:\(escapedText(location))") }
        if let url { lines.append("URL:\(url.absoluteString)") }
        lines.append("ORGANIZER\(commonName(organizer)):mailto:\(organizer.address)")
        // RFC 5546, 3.2.5: a cancellation asks for no answer.
        let asks = method == .request ? ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE" : ""
        lines += attendees.map { "ATTENDEE\(commonName($0))\(asks):mailto:\($0.address)" }
        return lines
    }
}

private func utc(_ date: Date) -> String {
    date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: false).dateSeparator(.omitted).timeSeparator(.omitted))
        + "Z"
}

// RFC 5545, 3.3.11.
private func escapedText(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }
        .map { line in
            singleLine(String(line))
                .replacing("\\", with: "\\\\")
                .replacing(";", with: "\\;")
                .replacing(",", with: "\\,")
        }
        .joined(separator: "\\n")
}

// RFC 6868: a quoted parameter can't contain a quotation mark any other way.
private func commonName(_ address: MailAddress) -> String {
    guard let name = address.name else { return "" }
    return ";CN=\"\(name.replacing("^", with: "^^").replacing("\"", with: "^'"))\""
}

// RFC 5545, 3.1: at most 75 octets to a line; the fold never splits a character here.
private func foldedContentLine(_ line: String) -> String {
    var result = ""
    var octets = 0
    for scalar in line.unicodeScalars {
        let width = UTF8.width(scalar)
        if octets + width > 75 {
            result += "\r\n "
            octets = 1
        }
        result.unicodeScalars.append(scalar)
        octets += width
    }
    return result + "\r\n"
}
