package import Foundation
package import Kernel

package struct InterviewFact: Codable, Sendable {
    package let id: Identifier<Interview>
    package let kind: InterviewKind
    package let startsAt: Date
    package let durationMinutes: Int
    package let outcome: InterviewOutcome

    init(_ interview: Interview) {
        id = interview.id
        kind = interview.kind
        startsAt = interview.startsAt
        durationMinutes = interview.durationMinutes
        outcome = interview.outcome
    }

    private init() {
        id = ApplicationFact.sample.id.retagged(Interview.self)
        kind = .technical
        startsAt = Date(timeIntervalSince1970: 1_767_344_400)
        durationMinutes = 60
        outcome = .pending
    }

    static var sample: InterviewFact { InterviewFact() }
}

package struct InterviewScheduled: Event {
    package static let name = "interview.scheduled"
    package static let summary = "An interview was scheduled."
    package static var sample: Self { InterviewScheduled(application: .sample, interview: .sample) }
    package let application: ApplicationFact
    package let interview: InterviewFact
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct InterviewChanged: Event {
    package static let name = "interview.changed"
    package static let summary = "An interview was moved, canceled or its outcome recorded."
    package static var sample: Self { InterviewChanged(application: .sample, interview: .sample) }
    package let application: ApplicationFact
    package let interview: InterviewFact
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct InterviewAnswered: Event {
    package static let name = "interview.answered"
    package static let summary = "A guest of an interview accepted or declined it, or was not sure."
    package static var sample: Self {
        InterviewAnswered(
            application: .sample,
            interview: .sample,
            userId: .placeholder,
            isCandidate: true,
            answer: .declined,
            comment: "Thursday would suit me."
        )
    }
    package static var followUps: [any Work.Type] { [TellPeople.self] }
    package let application: ApplicationFact
    package let interview: InterviewFact
    package let userId: Identifier<User>
    package let isCandidate: Bool
    package let answer: InterviewReply
    package let comment: String?
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct ScorecardSubmitted: Event {
    package static let name = "scorecard.submitted"
    package static let summary = "An interviewer submitted a scorecard."
    package static var sample: Self { ScorecardSubmitted(application: .sample, interview: .sample, recommendation: .yes) }
    package let application: ApplicationFact
    package let interview: InterviewFact
    package let recommendation: Recommendation
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct OfferMade: Event {
    package static let name = "offer.made"
    package static let summary = "An offer was made."
    package static var sample: Self { OfferMade(application: .sample, offer: .sample) }
    package static var followUps: [any Work.Type] { [TellPeople.self] }
    package let application: ApplicationFact
    package let offer: OfferFact
    package var subject: EventSubject { EventSubject("application", application.id) }
}

package struct OfferChanged: Event {
    package static let name = "offer.changed"
    package static let summary = "An offer was accepted, declined, negotiated, changed or has expired."
    package static var sample: Self { OfferChanged(application: .sample, offer: .sample, from: .pending) }
    package static var followUps: [any Work.Type] { [TellPeople.self] }
    package let application: ApplicationFact
    package let offer: OfferFact
    package let from: OfferStatus
    package var subject: EventSubject { EventSubject("application", application.id) }
}

/// Sent before the invitation to an interview, or its change or cancellation, goes out by mail. A rule may hold it back until a better
/// time.
package struct InvitationSending: Proposal {
    package static let name = "invitation.sending"
    package static let summary =
        "The mail that invites a candidate to an interview, or tells them of a change, is about to go out; `sendAt` may be postponed."
    package static let amendable = ["sendAt"]
    package static var sample: Self {
        InvitationSending(application: .sample, interview: .sample, sendAt: Date(timeIntervalSince1970: 1_767_258_000))
    }
    package let application: ApplicationFact
    package let interview: InterviewFact
    /// Never after the interview begins, whatever a rule says.
    package let sendAt: Date
    package var subject: EventSubject { EventSubject("application", application.id) }
}

/// Sent before an offer goes out.
package struct OfferMaking: ReplayableProposal {
    package static let name = "offer.making"
    package static let summary = "An offer is about to be made, or changed to new terms."
    package static let amendable: [String] = []
    package static var sample: Self { OfferMaking(application: .sample, offer: .sample) }
    package let application: ApplicationFact
    package let offer: OfferFact
    package var subject: EventSubject { EventSubject("application", application.id) }
}

extension OfferMaking {
    package init(before event: OfferMade) {
        self.init(application: event.application, offer: event.offer)
    }
}

/// An offer as it stood, with what either side had said by then.
package struct OfferFact: Codable, Sendable {
    package let id: Identifier<Offer>
    package let status: OfferStatus
    /// Yearly, in minor units.
    package let baseSalary: Int
    package let bonus: Int?
    package let currency: String
    package let expiresAt: Date
    // Absent in older events.
    package let equity: String?
    package let benefits: String?
    package let startsOn: Day?
    /// The employer's words.
    package let message: String?
    /// The candidate's.
    package let reply: String?
    package let version: Int?

    init(_ offer: Offer) {
        self.init(
            id: offer.id,
            status: offer.status,
            baseSalary: offer.baseSalary.amount.value,
            bonus: offer.bonus?.value,
            currency: offer.baseSalary.currency.code,
            expiresAt: offer.expiresAt,
            equity: offer.equity,
            benefits: offer.benefits,
            startsOn: offer.startsOn,
            message: offer.message,
            reply: offer.reply,
            version: offer.version
        )
    }

    private init(
        id: Identifier<Offer>,
        status: OfferStatus,
        baseSalary: Int,
        bonus: Int?,
        currency: String,
        expiresAt: Date,
        equity: String?,
        benefits: String?,
        startsOn: Day?,
        message: String?,
        reply: String?,
        version: Int?
    ) {
        self.id = id
        self.status = status
        self.baseSalary = baseSalary
        self.bonus = bonus
        self.currency = currency
        self.expiresAt = expiresAt
        self.equity = equity
        self.benefits = benefits
        self.startsOn = startsOn
        self.message = message
        self.reply = reply
        self.version = version
    }

    static var sample: OfferFact {
        OfferFact(
            id: ApplicationFact.sample.id.retagged(Offer.self),
            status: .pending,
            baseSalary: 82_000_00,
            bonus: 5_000_00,
            currency: "EUR",
            expiresAt: Date(timeIntervalSince1970: 1_768_467_600),
            equity: "0.1 %",
            benefits: "30 days of leave",
            startsOn: Day(of: Date(timeIntervalSince1970: 1_769_904_000)),
            message: "We would be glad to have you.",
            reply: "May I start in March?",
            version: 1
        )
    }
}
