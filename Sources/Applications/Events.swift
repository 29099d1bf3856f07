import Candidates
package import Foundation
package import Jobs
package import Kernel

/// An application as events and rules see it: complete enough that a rule rarely has to ask for more.
package struct ApplicationFact: Codable, Sendable {
    package struct Candidate: Codable, Sendable {
        package let id: Identifier<User>
        package let name: String
        package let headline: String?
        package let location: String?
        package let skills: [String]
        package let yearsOfExperience: Double?
    }

    package struct Card: Codable, Sendable {
        package let recommendation: Recommendation
        package let authorId: Identifier<User>?
    }

    package let id: Identifier<Application>
    package private(set) var status: String
    package private(set) var category: StageCategory
    package private(set) var atsScore: Int?
    package let rating: Double?
    package let tags: [String]
    package let answers: [String: String]
    package let disqualifiedBy: [String]
    package let source: String?
    package let appliedAt: Date
    package let candidate: Candidate
    package let job: JobFact
    package let scorecards: [Card]
}

package struct ApplicationSubmitted: StatusEvent {
    package static let name = "application.submitted"
    package static let summary = "A candidate applied and the application has been scored."
    package static var sample: Self { ApplicationSubmitted(application: .sample) }
    package static var followUps: [any Work.Type] { [TellPeople.self] }
    package let application: ApplicationFact
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct ApplicationStatusChanged: StatusEvent {
    package static let name = "application.status_changed"
    package static let summary = "An application moved to another stage."
    package static var sample: Self {
        ApplicationStatusChanged(
            application: .sample,
            from: "applied",
            fromCategory: .applied,
            to: "screening",
            category: .screening,
            reason: "Strong match",
            comment: nil,
            undoes: nil,
            group: nil
        )
    }
    package static var followUps: [any Work.Type] { [TellPeople.self] }
    package let application: ApplicationFact
    package let from: String
    /// Absent in older events.
    package let fromCategory: StageCategory?
    package let to: String
    package let category: StageCategory
    package let reason: String?
    package let comment: String?
    /// The move that a member took back with this one.
    package let undoes: Identifier<EventRecord>?
    /// The moves that were made with it, if there were several.
    package let group: Identifier<MoveGroup>?
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct ApplicationWithdrawn: StatusEvent {
    package static let name = "application.withdrawn"
    package static let summary = "The candidate withdrew."
    package static var sample: Self {
        ApplicationWithdrawn(application: .sample, from: "interview", fromCategory: .interview, reason: "Took another offer")
    }
    package static var followUps: [any Work.Type] { [TellPeople.self] }
    package let application: ApplicationFact
    package let from: String
    /// Absent in older events.
    package let fromCategory: StageCategory?
    package let reason: String?
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct ApplicationRenewed: StatusEvent {
    package static let name = "application.renewed"
    package static let summary = "A candidate renewed the application that they had withdrawn."
    package static var sample: Self {
        ApplicationRenewed(application: .sample, from: "withdrawn", fromCategory: .withdrawn, replacedLetter: "Swift is my trade.")
    }
    package let application: ApplicationFact
    package let from: String
    package let fromCategory: StageCategory
    /// The letter that came the first time, if another one took its place.
    package let replacedLetter: String?
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct ApplicationTagged: Event {
    package static let name = "application.tagged"
    package static let summary = "A tag was put on an application."
    package static var sample: Self { ApplicationTagged(application: .sample, tag: "referral") }
    package let application: ApplicationFact
    package let tag: String
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct ApplicationUntagged: Event {
    package static let name = "application.untagged"
    package static let summary = "A tag was taken off an application."
    package static var sample: Self { ApplicationUntagged(application: .sample, tag: "referral") }
    package let application: ApplicationFact
    package let tag: String
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct NoteChanged: Event {
    package static let name = "note.changed"
    package static let summary = "A note on an application was corrected by its author."
    package static var sample: Self {
        let fact = ApplicationFact.sample
        return NoteChanged(application: fact, noteId: fact.id.retagged(Note.self), kind: .general, text: "Call back on Tuesday.")
    }
    package let application: ApplicationFact
    package let noteId: Identifier<Note>
    package let kind: NoteKind
    package let text: String
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct NoteDeleted: Event {
    package static let name = "note.deleted"
    package static let summary = "A note on an application was deleted."
    package static var sample: Self {
        let fact = ApplicationFact.sample
        return NoteDeleted(application: fact, noteId: fact.id.retagged(Note.self))
    }
    package let application: ApplicationFact
    package let noteId: Identifier<Note>
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct ApplicationNoted: Event {
    package static let name = "application.noted"
    package static let summary = "A note was written on an application."
    package static var sample: Self { ApplicationNoted(application: .sample, kind: .general, text: "Call back on Monday.") }
    package let application: ApplicationFact
    package let kind: NoteKind
    package let text: String
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct ApplicationRated: Event {
    package static let name = "application.rated"
    package static let summary = "A member rated an application."
    package static var sample: Self { ApplicationRated(application: .sample, given: 4) }
    package let application: ApplicationFact
    package let given: Int
    package var subject: EventSubject { EventSubject("application", application.id) }
}

/// Sent before an application is accepted.
package struct ApplicationSubmitting: ReplayableProposal {
    package static let name = "application.submitting"
    package static let summary = "A candidate is about to apply; the score may not be known yet."
    package static let amendable: [String] = []
    package static var sample: Self { ApplicationSubmitting(application: .sample) }
    package let application: ApplicationFact
    package var subject: EventSubject { EventSubject("application", application.id) }
}

/// Sent before an application moves. A rule may send it to another stage, as long as that move is legal, or set the reason.
package struct ApplicationStatusChanging: ReplayableProposal {
    package static let name = "application.status_changing"
    package static let summary = "An application is about to move to another stage."
    package static let amendable = ["to", "reason"]
    package static var sample: Self {
        ApplicationStatusChanging(application: .sample, from: "offer", to: "hired", category: .hired, reason: nil, comment: nil)
    }
    package let application: ApplicationFact
    package let from: String
    package let to: String
    /// Of the requested stage.
    package let category: StageCategory
    package let reason: String?
    package let comment: String?
    package var subject: EventSubject { EventSubject("application", application.id) }
}

extension ApplicationSubmitting {
    package init(before event: ApplicationSubmitted) {
        self.init(application: event.application.unscored)
    }
}

extension ApplicationStatusChanging {
    package init(before event: ApplicationStatusChanged) {
        self.init(
            application: event.application.at(event.from, event.fromCategory),
            from: event.from,
            to: event.to,
            category: event.category,
            reason: event.reason,
            comment: event.comment
        )
    }
}

extension ApplicationFact {
    /// As it was submitted.
    fileprivate var unscored: ApplicationFact {
        var fact = self
        fact.atsScore = nil
        return fact
    }

    /// The stages of the standard pipeline are named after their categories.
    fileprivate func at(_ status: String, _ category: StageCategory?) -> ApplicationFact {
        var fact = self
        fact.status = status
        fact.category = category ?? StageCategory(rawValue: status) ?? fact.category
        return fact
    }
}

extension ApplicationFact {
    package static var sample: ApplicationFact {
        let job = JobFact.sample()
        return ApplicationFact(
            id: job.id.retagged(Application.self),
            status: "applied",
            category: .applied,
            atsScore: 88,
            rating: 4.5,
            tags: ["referral"],
            answers: ["work-permit": "yes"],
            disqualifiedBy: [],
            source: "linkedin",
            appliedAt: Date(timeIntervalSince1970: 1_767_258_000),
            candidate: Candidate(
                id: job.id.retagged(User.self),
                name: "Ada Lovelace",
                headline: "Backend engineer",
                location: "Hamburg",
                skills: ["Swift", "PostgreSQL"],
                yearsOfExperience: 7
            ),
            job: job,
            scorecards: [Card(recommendation: .yes, authorId: nil)]
        )
    }

    init(_ application: Application, job: Job, cards: [Card], status: Stage? = nil) {
        self.init(
            id: application.id,
            status: status?.key ?? application.status,
            category: status?.category ?? application.category,
            atsScore: application.atsScore,
            rating: application.rating,
            tags: application.tags,
            answers: Dictionary(application.answers.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }),
            disqualifiedBy: application.disqualifiedBy,
            source: application.source,
            appliedAt: application.appliedAt,
            candidate: Candidate(
                id: application.candidateId,
                name: application.applicant.name,
                headline: application.applicant.headline,
                location: application.applicant.location,
                skills: application.applicant.skills,
                yearsOfExperience: application.applicant.yearsOfExperience
            ),
            job: JobFact(job),
            scorecards: cards
        )
    }
}
