import ChildProcesses
import Foundation
import Testing

@testable import Mail

struct CalendarInviteTests {
    struct Event: Decodable {
        let method: String
        let uid: String
        let sequence: Int
        let starts: String
        let ends: String
        let summary: String
        let details: String
        let location: String
        let status: String
        let organizer: [String: String]
        let attendees: [[String: String]]
        let longestLine: Int
    }

    private static let script = """
        import sys, json, icalendar
        raw = open(sys.argv[1], 'rb').read()
        calendar = icalendar.Calendar.from_ical(raw)
        [event] = calendar.walk('VEVENT')
        assert not event.errors, event.errors
        person = lambda a: {'address': str(a), **{k: str(v) for k, v in a.params.items()}}
        attendees = event.get('ATTENDEE')
        print(json.dumps({
            'method': str(calendar['METHOD']), 'uid': str(event['UID']), 'sequence': event['SEQUENCE'],
            'starts': event['DTSTART'].dt.isoformat(), 'ends': event['DTEND'].dt.isoformat(), 'summary': str(event['SUMMARY']),
            'details': str(event['DESCRIPTION']), 'location': str(event['LOCATION']), 'status': str(event['STATUS']),
            'organizer': person(event['ORGANIZER']),
            'attendees': [person(a) for a in (attendees if isinstance(attendees, list) else [attendees])],
            'longestLine': max(len(line) for line in raw.split(b'\\r\\n')),
        }))
        """

    private func invite(_ method: CalendarInvite.Method) throws -> CalendarInvite {
        CalendarInvite(
            method,
            uid: "interview-42@tenure",
            sequence: 3,
            starts: Date(timeIntervalSince1970: 1_767_323_045),
            ends: Date(timeIntervalSince1970: 1_767_326_645),
            summary: "Gespräch; Zoë, Acme \\ Söhne 面接のご案内 " + String(repeating: "ünïcödé ", count: 20),
            details: "First line, with a comma\r\nsecond; line\nBEGIN:VALARM\n\nlast",
            location: "Room 5\r\nATTENDEE:mailto:eve@example.net",
            url: URL(string: "https://meet.example.org/a?b=c,d"),
            organizer: try MailAddress("recruiter@acme.example", name: "Ann \"The Boss\" O'Neil"),
            attendees: [try MailAddress("zoe@example.org", name: "Zoë: a; b, c ^ \"d\""), try MailAddress("bob@example.org")],
            stamp: Date(timeIntervalSince1970: 1_767_000_000)
        )
    }

    @Test func `an invitation is read back as it was meant`() async throws {
        let invite = try invite(.request)
        let event: Event = try await Python.judge(Self.script, Data(invite.text.utf8))
        #expect(event.method == "REQUEST")
        #expect(event.uid == invite.uid)
        #expect(event.sequence == 3)
        #expect(event.starts == "2026-01-02T03:04:05+00:00")
        #expect(event.ends == "2026-01-02T04:04:05+00:00")
        #expect(event.summary == singleLine(invite.summary))
        #expect(event.details == "First line, with a comma\nsecond; line\nBEGIN:VALARM\n\nlast")
        #expect(event.location == "Room 5\nATTENDEE:mailto:eve@example.net")
        #expect(event.status == "CONFIRMED")
        #expect(event.organizer["address"] == "mailto:recruiter@acme.example")
        #expect(event.attendees.map { $0["address"] } == ["mailto:zoe@example.org", "mailto:bob@example.org"])
        #expect(event.attendees.map { $0["RSVP"] } == ["TRUE", "TRUE"])
        #expect(event.longestLine <= 75)
    }

    @Test func `a cancellation asks for no answer`() async throws {
        let event: Event = try await Python.judge(Self.script, Data(invite(.cancel).text.utf8))
        #expect(event.method == "CANCEL")
        #expect(event.status == "CANCELLED")
        #expect(event.attendees.map { $0["RSVP"] } == [nil, nil])
    }

    @Test func `a name cannot leave its quotation marks`() throws {
        let line = try invite(.cancel).text.replacing("\r\n ", with: "").split(separator: "\r\n").first { $0.hasPrefix("ATTENDEE") }
        #expect(line == "ATTENDEE;CN=\"Zoë: a; b, c ^^ ^'d^'\":mailto:zoe@example.org")
    }

    @Test func `an invitation travels as a part that says its method`() async throws {
        let invite = try invite(.request)
        let message = MailMessage(
            id: "1",
            to: invite.attendees,
            subject: "Interview",
            text: "See you",
            html: "<p>See you</p>",
            calendar: invite
        )
        let mail = try await ParsedMail(message.rendered(from: invite.organizer))
        #expect(mail.defects == [])
        #expect(mail.shape == ["multipart/alternative", "text/plain", "text/html", "text/calendar"])
        #expect(mail.part("text/calendar")?.method == "REQUEST")
        #expect(mail.part("text/calendar")?.bytes == Data(invite.text.utf8))
    }
}
