import Candidates
import CompanyLetters
import Foundation
import Identity
import Jobs
import Kernel
import Letters
import Mail
import Notifications
import Outbox
import Postgres

/// Brings what an interview's guests know in line with what is true: whoever was told something else gets a letter. It is enqueued by every
/// change; one that the tenant's rules held back sends nothing if a later change decided anew.
struct SendInvitation: Work {
    static let name = "applications.sendInvitation"
    static let lane = Lane.mail
    let interview: Identifier<Interview>
    let version: Int
}

/// One letter to one guest. Its mail's id comes from interview, guest and sequence, so a repeated send is recognizable.
struct SendInterviewLetter: Work {
    static let name = "applications.sendInterviewLetter"
    static let lane = Lane.mail
    let interview: Identifier<Interview>
    let guest: Identifier<User>
    let occasion: InterviewOccasion
    let sequence: Int
    /// The time that a reminder is about.
    let startsAt: Date
}

/// Reminds an interview's guests, unless it has been moved or canceled since.
struct RemindOfInterview: Work {
    static let name = "applications.remindOfInterview"
    static let lane = Lane.mail
    let interview: Identifier<Interview>
    let startsAt: Date
    let occasion: InterviewOccasion
}

/// An interview with the people around it, as letters need them.
private struct Meeting {
    let interview: Interview
    let application: Application
    let job: Job
    let scheduler: Identifier<User>?
    let invitationVersion: Int
    let guests: [InterviewGuest]
    /// The guests who may be written to: candidates with an account, interviewers who still work there.
    let readers: [Identifier<User>: Correspondent]
    /// Who works at the company, of the interviewers past and present and who scheduled it.
    let colleagues: Set<Identifier<User>>

    func account(of guest: InterviewGuest) -> Identifier<User> { guest.isCandidate ? application.candidateId : guest.user }

    func isInvited(_ guest: InterviewGuest) -> Bool {
        interview.outcome != .canceled && (guest.isCandidate || interview.interviewers.contains(guest.user))
    }

    func reader(_ guest: InterviewGuest) -> Correspondent? { readers[account(of: guest)] }
}

extension Applications {
    func sendInvitation(_ work: SendInvitation, as system: SystemActor) async throws {
        try await store.transaction(as: system) { tx in
            guard let meeting = try await meeting(work.interview, locked: true, tx) else { return }
            let interview = meeting.interview
            // What a rule holds back waits for its own work.
            guard work.version >= meeting.invitationVersion, interview.endsAt > tx.now else { return }
            guard interview.outcome == .pending || interview.outcome == .canceled else { return }
            let invitation = Invitation(interview, among: meeting.colleagues)
            for guest in meeting.guests {
                guard let reader = meeting.reader(guest), let news = guest.news(meeting.isInvited(guest), invitation) else { continue }
                let sequence = guest.sequence.map { $0 + 1 } ?? 0
                let token = interviewToken(guest, of: interview.id, tx.tenant)
                tx.queue(GuestQueries.tell(guest.user, of: interview.id, news.digest, sequence: sequence, token: token, tx))
                try await tell(meeting, news.occasion, to: guest, reader, sequence: sequence, tx)
            }
        }
    }

    func remind(_ work: RemindOfInterview, as system: SystemActor) async throws {
        try await store.transaction(as: system) { tx in
            guard let meeting = try await meeting(work.interview, locked: true, tx) else { return }
            let interview = meeting.interview
            guard interview.outcome == .pending, interview.startsAt == work.startsAt, interview.startsAt > tx.now else { return }
            for guest in meeting.guests where meeting.isInvited(guest) && guest.answer != .declined && guest.told != nil {
                guard let reader = meeting.reader(guest) else { continue }
                try await tell(meeting, work.occasion, to: guest, reader, sequence: guest.sequence ?? 0, tx)
            }
        }
    }

    /// Inside the product, and by a letter if the reader wants those.
    private func tell(
        _ meeting: Meeting,
        _ occasion: InterviewOccasion,
        to guest: InterviewGuest,
        _ reader: Correspondent,
        sequence: Int,
        _ tx: TenantTransaction
    ) async throws(Failure) {
        let interview = meeting.interview
        let letter = SendInterviewLetter(
            interview: interview.id,
            guest: guest.user,
            occasion: occasion,
            sequence: sequence,
            startsAt: interview.startsAt
        )
        let wantsMail = try await notifications.tell(
            occasion.isReminder ? .reminder : .interview,
            InterviewLetter.news(of: interview, meeting.job, occasion, on: reader.head),
            about: EventSubject("application", meeting.application.id),
            to: reader.user.id,
            of: Occasion(letter.mailID, at: tx.now),
            tx
        )
        if wantsMail { try tx.enqueue(letter) }
    }

    func sendInterviewLetter(_ work: SendInterviewLetter, as system: SystemActor) async throws {
        let message: MailMessage? = try await store.transaction(as: system) { tx in
            guard let meeting = try await meeting(work.interview, locked: false, tx),
                let guest = meeting.guests.first(where: { $0.user == work.guest }), let reader = meeting.reader(guest)
            else { return nil }
            let interview = meeting.interview
            if work.occasion.isReminder {
                guard interview.startsAt == work.startsAt, interview.startsAt > tx.now, meeting.isInvited(guest) else { return nil }
            } else {
                // A later letter is on its way, or will be as soon as the tenant's rules let it.
                guard guest.sequence == work.sequence, meeting.isInvited(guest) == (work.occasion != .canceled) else { return nil }
            }
            return try await letter(work, meeting, to: guest, reader, tx)
        }
        if let message { try await outbox.send(message, as: system) }
    }

    private func letter(
        _ work: SendInterviewLetter,
        _ meeting: Meeting,
        to guest: InterviewGuest,
        _ reader: Correspondent,
        _ tx: TenantTransaction
    ) async throws -> MailMessage {
        let interview = meeting.interview
        let contact = try await contact(for: meeting.application, meeting.job, beside: meeting.scheduler, tx)
        // A guest who organizes their own invitation confuses calendars: then it is the installation's mailbox, in the company's name. Where
        // mail comes in, it is a mailbox of this guest's, so that calendars' answers come here.
        let people = try await identity.users(meeting.colleagues.map(\.self), in: tx)
        let isGuest = { interview.interviewers.contains($0) || meeting.application.candidateId == $0 }
        let scheduler = meeting.scheduler.flatMap { isGuest($0) ? nil : people[$0] }
        let token = interviewToken(guest, of: interview.id, tx.tenant)
        let organizer =
            try outbox.mailboxes?.address(
                of: Mailbox(.interview, token.mailbox, of: tx.tenant),
                name: scheduler?.name ?? meeting.job.companyName
            )
            ?? scheduler.map { try MailAddress($0.email, name: $0.name) }
            ?? MailAddress(outbox.sender.address, name: meeting.job.companyName)
        let others = interview.interviewers.filter { $0 != guest.user && meeting.colleagues.contains($0) }
        return try InterviewLetter(
            work: work,
            interview: interview,
            isCandidate: guest.isCandidate,
            reader: reader,
            applicant: meeting.application.applicant.name,
            job: meeting.job,
            others: others.compactMap { people[$0]?.name },
            contact: contact,
            ownWords: try await ownWords(work, meeting, to: guest, reader, tx),
            organizer: organizer,
            answerURL: "\(identity.publicURL)/answer#token=\(token.text)",
            sentAt: tx.now
        ).message()
    }

    private func ownWords(
        _ work: SendInterviewLetter,
        _ meeting: Meeting,
        to guest: InterviewGuest,
        _ reader: Correspondent,
        _ tx: TenantTransaction
    ) async throws(Failure) -> [Letter.Block]? {
        guard guest.isCandidate, work.occasion == .invited else { return nil }
        let letter = try await letters.letter(.invited, of: meeting.application.companyId, in: reader.head.language, tx)
        guard letter.isOwn else { return nil }
        let job = meeting.job
        return letter.blocks([
            .candidate: reader.user.name, .job: job.title, .company: job.companyName, .time: reader.head.moment(meeting.interview.startsAt),
        ])
    }

    private func meeting(_ id: Identifier<Interview>, locked: Bool, _ tx: TenantTransaction) async throws -> Meeting? {
        // Locked before the interview is read: whoever waits here sees what the other one left.
        let guests = try await tx.query(GuestQueries.guests(of: id, locked: locked, tenant: tx.tenant)).map(InterviewGuest.init)
        guard let row = try await tx.first(InterviewQueries.interview(id, tenant: tx.tenant)),
            let planning = try await tx.first(GuestQueries.planning(id, tenant: tx.tenant))
        else { return nil }
        let interview = try Interview(checking: row)
        let application = try await application(interview.applicationId, in: tx)
        let scheduler: Identifier<User>? = try planning("created_by")
        let staff = guests.filter { !$0.isCandidate }.map(\.user) + interview.interviewers + (scheduler.map { [$0] } ?? [])
        let job = try await jobs.job(application.jobId, in: tx)
        let working = try await identity.colleagues(among: staff, in: application.companyId, tx)
        let colleagues = try await jobs.knowing(job, among: Array(working), in: tx)
        return Meeting(
            interview: interview,
            application: application,
            job: job,
            scheduler: scheduler.flatMap { colleagues.contains($0) ? $0 : nil },
            invitationVersion: try planning("invitation_version"),
            guests: guests,
            readers: try await identity.correspondents([application.candidateId] + colleagues, in: tx),
            colleagues: colleagues
        )
    }

    /// The code in a guest's letters; the same in each of them.
    func interviewToken(_ guest: InterviewGuest, of interview: Identifier<Interview>, _ tenant: Identifier<Tenant>) -> OpaqueToken {
        identity.mailedToken(.interview, tenant: tenant, id: "\(interview) \(guest.user)")
    }
}

extension SendInterviewLetter {
    var mailID: String {
        let id = "interview-\(interview)-\(guest)"
        return occasion.isReminder ? "\(id)-\(occasion.rawValue)-\(Int(startsAt.timeIntervalSince1970))" : "\(id)-\(sequence)"
    }
}
