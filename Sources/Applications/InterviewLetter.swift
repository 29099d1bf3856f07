import Candidates
import Foundation
import Identity
import Jobs
import Kernel
import Mail

/// The mail that invites to an interview, or calls it off, with its iCalendar part (RFC 5546: the same UID, a higher SEQUENCE each time).
struct InterviewLetter: Sendable {
    let interview: Interview
    let application: Application
    let job: Job
    let people: [Identifier<User>: UserSummary]
    let sentAt: Date

    /// Nil when the candidate's account is gone.
    func message() throws -> MailMessage? {
        guard let candidate = people[application.candidateId] else { return nil }
        let recipients = try [candidate].map(address) + interview.interviewers.compactMap { people[$0] }.map(address)
        return MailMessage(
            id: "interview-\(interview.id)-\(interview.version)",
            to: recipients,
            subject: subject,
            text: text,
            calendar: try invitation(organizedBy: recipients.last ?? address(candidate), recipients),
            date: sentAt
        )
    }

    private var isCancelled: Bool { interview.outcome == .cancelled }

    private var subject: String {
        let occasion = "\(interview.kind.rawValue.capitalized) interview: \(job.title) at \(job.companyName)"
        return isCancelled ? "Cancelled: \(occasion)" : interview.version > 1 ? "Changed: \(occasion)" : occasion
    }

    private var text: String {
        var lines = ["Hello \(application.applicant.name),", ""]
        if isCancelled {
            lines.append("the interview for \(job.title) at \(job.companyName) is cancelled.")
        } else {
            lines += [
                "you are invited to an interview for \(job.title) at \(job.companyName).", "",
                "When: \(Timestamp.text(interview.startsAt)) (UTC), \(interview.durationMinutes) minutes",
            ]
            if let location = interview.location { lines.append("Where: \(location)") }
            if let url = interview.meetingURL { lines.append("Join: \(url)") }
            if let message = interview.message { lines += ["", message] }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func invitation(organizedBy organizer: MailAddress, _ attendees: [MailAddress]) throws -> CalendarInvite {
        CalendarInvite(
            isCancelled ? .cancel : .request,
            uid: "interview-\(interview.id)",
            sequence: interview.version - 1,
            starts: interview.startsAt,
            ends: interview.startsAt.addingTimeInterval(Double(interview.durationMinutes) * 60),
            summary: subject,
            details: text,
            location: interview.location,
            url: interview.meetingURL.flatMap(URL.init(string:)),
            organizer: organizer,
            attendees: attendees,
            stamp: sentAt
        )
    }

    private func address(_ contact: UserSummary) throws -> MailAddress {
        try MailAddress(contact.email, name: contact.name)
    }
}
