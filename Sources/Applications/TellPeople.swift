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

/// Tells the candidate, or members, of what happened to an application: once, however often the work is repeated. A letter that its company
/// delays is looked at again when it is due.
struct TellPeople: Work {
    static let name = "applications.tellPeople"
    static let lane = Lane.mail
    let event: Identifier<EventRecord>
}

/// What happened, from the log.
private struct Happening {
    let event: Identifier<EventRecord>
    let name: String
    let payload: JSON
    let occurredAt: Date
    let actor: UUID?

    init(_ row: Row) throws {
        event = try row("id")
        name = try row("name")
        payload = try row.json("payload")
        occurredAt = try row("occurred_at")
        actor = try row("actor_id")
    }

    func event<E: Event>(_ type: E.Type) throws -> E { try Wire.decode(E.self, from: payload.canonicalBytes) }
}

/// A candidate's letter, apart from the reader.
private struct Tidings {
    let kind: LetterKind
    var values: @Sendable (Letterhead) -> [LetterPlaceholder: String] = { _ in [:] }

    var notification: NotificationKind { kind == .offered ? .offer : .application }
}

extension Applications {
    /// Older news help nobody, for example after an import.
    private static let freshness: TimeInterval = 40 * 86_400

    func tellPeople(_ work: TellPeople, as system: SystemActor) async throws {
        let message: MailMessage? = try await store.transaction(as: system) { tx in
            guard let row = try await tx.first(ApplicationQueries.event(work.event, tenant: tx.tenant)) else { return nil }
            let happening = try Happening(row)
            guard tx.now < happening.occurredAt + Self.freshness else { return nil }
            let application = try await application(Identifier(try row("subject_id") as UUID), in: tx)
            let job = try await jobs.job(application.jobId, in: tx)
            if let tidings = try await tidings(happening, application, tx) {
                return try await tell(tidings, of: happening, application, job, tx)
            }
            try await tellMembers(of: happening, application, job, tx)
            return nil
        }
        if let message { try await outbox.send(message, as: system) }
    }

    /// What the candidate is to be told; nil if it isn't theirs to hear, or not true any more.
    private func tidings(_ happening: Happening, _ application: Application, _ tx: TenantTransaction) async throws -> Tidings? {
        switch happening.name {
        case ApplicationSubmitted.name: return Tidings(kind: .applied)
        case ApplicationStatusChanged.name:
            let move = try happening.event(ApplicationStatusChanged.self)
            // It has moved on since, or was taken back.
            guard move.undoes == nil, application.status == move.to, application.movedAt <= happening.occurredAt else { return nil }
            if move.category == .rejected { return Tidings(kind: .rejected) }
            if move.category == .hired { return Tidings(kind: .hired) }
            let pipeline = try await jobs.pipeline(application.pipelineId, in: tx)
            guard let shown = pipeline.stage(move.to)?.candidateName else { return nil }
            return Tidings(kind: .moved) { _ in [.stage: shown] }
        case OfferMade.name: return offer(try happening.event(OfferMade.self).offer)
        case OfferChanged.name:
            let change = try happening.event(OfferChanged.self)
            guard change.offer.status == .pending, happening.actor != application.candidateId.uuid else { return nil }
            return offer(change.offer)
        default: return nil
        }
    }

    private func offer(_ offer: OfferFact) -> Tidings {
        Tidings(kind: .offered) { [.expires: $0.moment(offer.expiresAt)] }
    }

    private func tell(
        _ tidings: Tidings,
        of happening: Happening,
        _ application: Application,
        _ job: Job,
        _ tx: TenantTransaction
    ) async throws -> MailMessage? {
        let candidate = application.candidateId
        // Whom a company added hears of interviews alone, until they have an account: they didn't apply.
        guard let reader = try await identity.correspondents([candidate], in: tx)[candidate], reader.hasAccount else { return nil }
        let letter = try await letters.letter(tidings.kind, of: application.companyId, in: reader.head.language, tx)
        guard letter.isSent else { return nil }
        let due = happening.occurredAt + Double(letter.delayMinutes) * 60
        guard due <= tx.now else {
            try tx.enqueue(TellPeople(event: happening.event), WorkOptions(notBefore: due))
            return nil
        }
        let values = tidings.values(reader.head).merging(
            [.candidate: reader.user.name, .job: job.title, .company: job.companyName],
            uniquingKeysWith: { first, _ in first }
        )
        let subject = letter.subject(values)
        let wantsMail = try await notifications.tell(
            tidings.notification,
            subject,
            about: EventSubject("application", application.id),
            to: candidate,
            of: Occasion("\(happening.event)", at: happening.occurredAt),
            tx
        )
        guard wantsMail else { return nil }
        let contact = try await contact(for: application, job, tx)
        return MailMessage(
            id: "letter-\(happening.event)",
            to: [try MailAddress(reader.user.email, name: reader.user.name)],
            Letter(.quoted(subject), letter.blocks(values) + [.aside(.words("notification.why"))]).written(on: reader.head),
            replyTo: try contact.map { try MailAddress($0.email, name: $0.name) },
            date: tx.now
        )
    }
}

extension Applications {
    /// Who answers for an application at its company; nobody if the job is confidential and nobody of the team is left.
    func contact(
        for application: Application,
        _ job: Job,
        beside starter: Identifier<User>? = nil,
        _ tx: TenantTransaction
    ) async throws(Failure) -> UserSummary? {
        let contact = try await identity.contact(
            for: application.companyId,
            preferring: try await jobs.organizers(of: job, beside: starter, in: tx),
            beside: application.candidateId,
            in: tx
        )
        guard let contact, try await jobs.knowing(job, among: [contact.id], in: tx).contains(contact.id) else { return nil }
        return contact
    }
}

// Replies, told to the members whom they concern.
extension Applications {
    private func tellMembers(of happening: Happening, _ application: Application, _ job: Job, _ tx: TenantTransaction) async throws {
        switch happening.name {
        case ApplicationWithdrawn.name:
            guard happening.actor == application.candidateId.uuid else { return }
            try await tellMembers(of: happening, application, job, beside: job.createdBy, "reply.withdrawn", tx)
        case OfferChanged.name:
            let change = try happening.event(OfferChanged.self)
            guard happening.actor == application.candidateId.uuid, change.offer.status != change.from else { return }
            let maker: Identifier<User>? = try await tx.first(OfferQueries.maker(of: change.offer.id, tenant: tx.tenant))?("created_by")
            try await tellMembers(of: happening, application, job, beside: maker, "reply.\(change.offer.status.rawValue)", tx)
        case InterviewAnswered.name:
            let answer = try happening.event(InterviewAnswered.self)
            guard answer.answer == .declined else { return }
            try await tellOfDeclined(answer, happening, application, job, tx)
        default: return
        }
    }

    private func tellOfDeclined(
        _ answer: InterviewAnswered,
        _ happening: Happening,
        _ application: Application,
        _ job: Job,
        _ tx: TenantTransaction
    ) async throws {
        guard let row = try await tx.first(InterviewQueries.interview(answer.interview.id, tenant: tx.tenant)),
            let planning = try await tx.first(GuestQueries.planning(answer.interview.id, tenant: tx.tenant))
        else { return }
        let interview = try Interview(checking: row)
        let person = answer.isCandidate ? nil : try await identity.user(answer.userId, in: tx)?.name
        try await tellMembers(
            of: happening,
            application,
            job,
            beside: try planning("created_by"),
            "reply.interviewDeclined",
            name: person,
            interview: interview,
            comment: answer.comment,
            by: answer.userId,
            tx
        )
    }

    /// Whoever began it, and who answers for the job: each once, in their language and time, and not who did it.
    private func tellMembers(
        of happening: Happening,
        _ application: Application,
        _ job: Job,
        beside starter: Identifier<User>?,
        _ words: String,
        name: String? = nil,
        interview: Interview? = nil,
        comment: String? = nil,
        by author: Identifier<User>? = nil,
        _ tx: TenantTransaction
    ) async throws {
        let preferred = try await jobs.organizers(of: job, beside: starter, in: tx)
        var concerned = try await identity.colleagues(among: preferred, in: application.companyId, tx)
        if concerned.isEmpty, let contact = try await contact(for: application, job, tx) { concerned = [contact.id] }
        concerned.subtract([application.candidateId, author].compactMap(\.self))
        for (id, reader) in try await identity.correspondents(Array(concerned), in: tx).sorted(by: {
            $0.key.description < $1.key.description
        }) {
            var values = ["name": name ?? application.applicant.name, "job": job.title]
            values["interview"] = interview.map { InterviewLetter.news(of: $0, job, .invited, on: reader.head) }
            let text = Words.text(words, in: reader.head.language, values)
            try await notifications.tellPlainly(
                .reply,
                comment.map { "\(text)\n\n\($0)" } ?? text,
                about: EventSubject("application", application.id),
                to: id,
                of: Occasion("\(happening.event)", at: happening.occurredAt),
                tx
            )
        }
    }
}
