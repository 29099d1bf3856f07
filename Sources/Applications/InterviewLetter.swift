import Foundation
import Identity
import Jobs
import Kernel
import Letters
import Mail
import Outbox

/// A mail about an interview to one of its guests, in their language and time, with its iCalendar part (RFC 5546: the same UID, a higher
/// SEQUENCE each time). The entry keeps the interview's name whatever happens to it; only the mail's subject says what did.
struct InterviewLetter {
    let work: SendInterviewLetter
    let interview: Interview
    let isCandidate: Bool
    let reader: Correspondent
    let applicant: String
    let job: Job
    /// The names of the interviewers beside the reader.
    let others: [String]
    /// Whom an answer to the mail reaches.
    let contact: UserSummary?
    /// The company's own words for inviting a candidate, in place of greeting and opening.
    let ownWords: [Letter.Block]?
    let organizer: MailAddress
    let answerURL: String
    let sentAt: Date

    func message() throws -> MailMessage {
        let letter = letter.written(on: reader.head)
        let address = try MailAddress(reader.user.email, name: reader.user.name)
        return MailMessage(
            id: work.mailID,
            to: [address],
            letter,
            replyTo: try contact.map { try MailAddress($0.email, name: $0.name) },
            calendar: work.occasion.isReminder ? nil : entry(letter, for: address),
            date: sentAt
        )
    }

    /// The same in one line, for a notification.
    static func news(of interview: Interview, _ job: Job, _ occasion: InterviewOccasion, on head: Letterhead) -> String {
        let subject = subject(interview, job, occasion, in: head.language).written(in: head.language)
        return "\(subject), \(head.moment(interview.startsAt))"
    }

    /// Of its calendar entry.
    static func uid(of interview: Identifier<Interview>) -> String { "interview-\(interview)" }

    private var language: Language { reader.head.language }

    private static func title(_ interview: Interview, _ job: Job, in language: Language) -> String {
        let kind = Words.text("interview.\(interview.kind.rawValue)", in: language)
        return Words.text("interview.subject", in: language, ["kind": kind, "job": job.title, "company": job.companyName])
    }

    private static func subject(_ interview: Interview, _ job: Job, _ occasion: InterviewOccasion, in language: Language) -> Letter.Text {
        let title = title(interview, job, in: language)
        return switch occasion {
        case .invited: .quoted(title)
        case .changed, .canceled, .dayAhead, .hourAhead: .words("interview.\(occasion.rawValue)", ["subject": title])
        }
    }

    private var letter: Letter {
        let greeting: [Letter.Block] = [.paragraph(.words("greeting", ["name": reader.user.name])), .paragraph(opening)]
        var blocks = (ownWords ?? greeting) + [.facts(facts)]
        if work.occasion != .canceled {
            if let message = interview.message {
                blocks += [.heading(.words(isCandidate ? "interview.prepare" : "interview.preparation")), .paragraph(.quoted(message))]
            }
            blocks += [.button(.words("interview.answer"), url: answerURL), .aside(.words("interview.answering"))]
        }
        if let contact, contact.id != reader.user.id { blocks.append(.aside(.words("interview.contact", ["name": contact.name]))) }
        return Letter(Self.subject(interview, job, work.occasion, in: language), blocks)
    }

    private var opening: Letter.Text {
        let name = applicant == Erased.mark ? Words.text("interview.somebody", in: language) : applicant
        let occasion = work.occasion.isReminder ? "reminded" : work.occasion.rawValue
        return .words(
            "interview.\(isCandidate ? "candidate" : "interviewer").\(occasion)",
            ["job": job.title, "company": job.companyName].merging(isCandidate ? [:] : ["candidate": name]) { own, _ in own }
        )
    }

    private var facts: [(label: Letter.Text, value: Letter.Text)] {
        var facts: [(label: Letter.Text, value: Letter.Text)] = [
            (.words("interview.when"), .quoted(reader.head.moment(interview.startsAt))),
            (.words("interview.duration"), .words("interview.minutes", ["minutes": "\(interview.durationMinutes)"])),
        ]
        guard work.occasion != .canceled else { return facts }
        if let location = interview.location { facts.append((.words("interview.where"), .quoted(location))) }
        if let url = interview.meetingURL { facts.append((.words("interview.join"), .quoted(url))) }
        if !isCandidate { facts.append((.words("interview.applicant"), .quoted(applicant))) }
        if !others.isEmpty {
            facts.append((.words(isCandidate ? "interview.with" : "interview.together"), .quoted(others.joined(separator: ", "))))
        }
        return facts
    }

    private func entry(_ letter: WrittenLetter, for guest: MailAddress) -> CalendarInvite {
        CalendarInvite(
            work.occasion == .canceled ? .cancel : .request,
            uid: Self.uid(of: interview.id),
            sequence: work.sequence,
            starts: interview.startsAt,
            ends: interview.endsAt,
            summary: Self.title(interview, job, in: language),
            details: letter.text,
            location: interview.location,
            url: interview.meetingURL.flatMap(URL.init(string:)),
            organizer: organizer,
            attendees: [guest],
            stamp: sentAt
        )
    }
}
