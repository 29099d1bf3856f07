import Candidates
import Foundation
import Identity
import Jobs
import Kernel
import Letters
import Mail
import Outbox

/// The mail that invites to an interview, or calls it off, with its iCalendar part (RFC 5546: the same UID, a higher SEQUENCE each time).
struct InterviewLetter: Sendable {
    let interview: Interview
    let application: Application
    let job: Job
    let people: [Identifier<User>: UserSummary]
    let sentAt: Date

    /// On the candidate's letterhead; nil if their account is gone.
    func message(on head: Letterhead) throws -> MailMessage? {
        guard let candidate = people[application.candidateId] else { return nil }
        let recipients = try [candidate].map(address) + interview.interviewers.compactMap { people[$0] }.map(address)
        let letter = letter(in: head.language).written(on: head)
        return MailMessage(
            id: "interview-\(interview.id)-\(interview.version)",
            to: recipients,
            letter,
            calendar: try invitation(letter, organizedBy: recipients.last ?? address(candidate), recipients),
            date: sentAt
        )
    }

    private var isCanceled: Bool { interview.outcome == .canceled }

    private func letter(in language: Language) -> Letter {
        let vacancy = ["job": job.title, "company": job.companyName]
        let kind = Words.text("interview.\(interview.kind.rawValue)", in: language)
        let occasion = Words.text("interview.subject", in: language, vacancy.merging(["kind": kind]) { own, _ in own })
        let change: Letter.Text? =
            isCanceled
            ? .words("interview.canceled", ["subject": occasion])
            : interview.version > 1 ? .words("interview.changed", ["subject": occasion]) : nil
        var blocks: [Letter.Block] = [.paragraph(.words("greeting", ["name": application.applicant.name]))]
        if isCanceled {
            blocks.append(.paragraph(.words("interview.calledOff", vacancy)))
        } else {
            blocks += [.paragraph(.words("interview.invited", vacancy)), .facts(facts)]
            if let message = interview.message { blocks.append(.paragraph(.quoted(message))) }
        }
        return Letter(change ?? .quoted(occasion), blocks)
    }

    private var facts: [(label: Letter.Text, value: Letter.Text)] {
        let time = ["time": Timestamp.text(interview.startsAt), "minutes": "\(interview.durationMinutes)"]
        var facts: [(label: Letter.Text, value: Letter.Text)] = [(.words("interview.when"), .words("interview.time", time))]
        if let location = interview.location { facts.append((.words("interview.where"), .quoted(location))) }
        if let url = interview.meetingURL { facts.append((.words("interview.join"), .quoted(url))) }
        return facts
    }

    private func invitation(
        _ letter: WrittenLetter,
        organizedBy organizer: MailAddress,
        _ attendees: [MailAddress]
    ) throws -> CalendarInvite {
        CalendarInvite(
            isCanceled ? .cancel : .request,
            uid: "interview-\(interview.id)",
            sequence: interview.version - 1,
            starts: interview.startsAt,
            ends: interview.startsAt.addingTimeInterval(Double(interview.durationMinutes) * 60),
            summary: letter.subject,
            details: letter.text,
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
