package import Approvals
package import Candidates
package import CompanyLetters
package import Foundation
package import Identity
package import Jobs
package import Kernel
package import Notifications
package import Outbox
import Postgres

/// Applications, from the candidate's "apply" to the accepted offer: stages, scores, notes, ratings, interviews, scorecards, offers.
package struct Applications: Capability {
    let store: TenantStore
    let jobs: Jobs
    let candidates: Candidates
    let identity: Identity
    let notifications: Notifications
    let letters: CompanyLetters
    let outbox: Outbox
    let approvals: Approvals
    let ruleNames: RuleNames

    /// The names of the rules whose versions acted, for the history.
    package typealias RuleNames = @Sendable ([UUID], TenantTransaction) async throws(Failure) -> [UUID: String]

    package init(
        store: TenantStore,
        jobs: Jobs,
        candidates: Candidates,
        identity: Identity,
        notifications: Notifications,
        letters: CompanyLetters,
        outbox: Outbox,
        approvals: Approvals,
        ruleNames: @escaping RuleNames
    ) {
        self.store = store
        self.jobs = jobs
        self.candidates = candidates
        self.identity = identity
        self.notifications = notifications
        self.letters = letters
        self.outbox = outbox
        self.approvals = approvals
        self.ruleNames = ruleNames
    }

    package static var events: [any Event.Type] {
        [
            ApplicationSubmitted.self, ApplicationStatusChanged.self, ApplicationWithdrawn.self, ApplicationRenewed.self,
            ApplicationTagged.self, ApplicationUntagged.self, NoteChanged.self, NoteDeleted.self,
            ApplicationNoted.self,
            ApplicationRated.self, InterviewScheduled.self, InterviewChanged.self, InterviewAnswered.self, ScorecardSubmitted.self,
            OfferMade.self,
            OfferChanged.self,
        ]
    }

    package static var proposals: [any Proposal.Type] {
        [ApplicationSubmitting.self, ApplicationStatusChanging.self, InvitationSending.self, OfferMaking.self]
    }

    package var work: [WorkHandler] {
        [
            WorkHandler(submit), WorkHandler(expireOffer), WorkHandler(sendInvitation), WorkHandler(sendInterviewLetter),
            WorkHandler(remind), WorkHandler(tellPeople),
        ]
    }

    package var personalData: [PersonalDataSource] { [PersonalDataSource("applications", collect: export)] }

    package static var part: APIPart { .hiring }
    package static var countedTables: [StaticString] { ["applications"] }

    package static var constraints: [String: Failure] {
        [
            "applications_one_per_candidate": .alreadyApplied,
            "scorecards_one_per_author": .alreadyScored,
            "applications_resume": .resumeUnknown,
            "offers_one_open": .offerOpen,
        ]
    }

    /// Whether a candidate ever applied to a company, and so may rate it.
    package func hasApplied(_ candidate: CandidateUser, to company: Identifier<Company>) async throws(Failure) -> Bool {
        try await !store.query(as: candidate, ApplicationQueries.applied(candidate.user, to: company, tenant: candidate.tenant)).isEmpty
    }
}

extension Applications {
    /// The company that an application belongs to, for code that addresses people by their role in it.
    package static func company(of subject: EventSubject, in tx: TenantTransaction) async throws(Failure) -> Identifier<Company>? {
        guard subject.kind == "application" else { return nil }
        guard let row = try await tx.first(ApplicationQueries.company(of: Identifier(subject.id), knownTo: tx.caller)) else {
            throw .applicationNotFound
        }
        return try reading { try row("company_id") }
    }
}
