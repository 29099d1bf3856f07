import Foundation
package import Kernel

package struct CandidateUpdated: Event {
    package static let name = "candidate.updated"
    package static let summary = "A candidate changed their profile."
    package static var sample: Self {
        let id = UUID(uuid: (1, 0x98, 0xC5, 0xA2, 0x7C, 0x1E, 0x7D, 0x3A, 0x9F, 0, 0x4B, 0x8E, 0x5D, 0x2F, 0x6A, 0x31))
        return CandidateUpdated(candidate: CandidateFact(id: Identifier(id), jobSearchMode: .active, skills: ["Swift"]))
    }
    package let candidate: CandidateFact
    package var subject: EventSubject { EventSubject("candidate", candidate.id) }
}

package struct CandidateFact: Codable, Sendable {
    package let id: Identifier<User>
    package let jobSearchMode: JobSearchMode
    package let skills: [String]
}

package struct CandidateAdded: Event {
    package static let name = "candidate.added"
    package static let summary = "A company added a candidate, who has no account."
    package static var sample: Self {
        CandidateAdded(candidateId: .placeholder, name: "Ada Lovelace", companyId: .placeholder, source: "Meetup", tags: ["welder"])
    }
    package let candidateId: Identifier<User>
    package let name: String
    package let companyId: Identifier<Company>
    package let source: String?
    package let tags: [String]
    package var subject: EventSubject { EventSubject("candidate", candidateId) }
}

package struct CandidateInvited: Event {
    package static let name = "candidate.invited"
    package static let summary = "A company asked a candidate whom it had added to have an account."
    package static var sample: Self { CandidateInvited(candidateId: .placeholder, companyId: .placeholder) }
    package let candidateId: Identifier<User>
    package let companyId: Identifier<Company>

    package init(candidateId: Identifier<User>, companyId: Identifier<Company>) {
        self.candidateId = candidateId
        self.companyId = companyId
    }

    package var subject: EventSubject { EventSubject("candidate", candidateId) }
}

package struct CandidatesMerged: Event {
    package static let name = "candidate.merged"
    package static let summary = "Two candidates were found to be one person: `keptId` stands for both."
    package static var sample: Self {
        CandidatesMerged(mergeId: .placeholder, keptId: .placeholder, mergedId: .placeholder, reasons: [.email])
    }
    package let mergeId: Identifier<Merge>
    package let keptId: Identifier<User>
    package let mergedId: Identifier<User>
    package let reasons: [MergeReason]
    package var subject: EventSubject { EventSubject("candidate", keptId) }
}

package struct CandidatesUnmerged: Event {
    package static let name = "candidate.unmerged"
    package static let summary = "A merge of two candidates ended: somebody undid it, or one of them was erased."
    package static var sample: Self { CandidatesUnmerged(mergeId: .placeholder, keptId: .placeholder, mergedId: .placeholder) }
    package let mergeId: Identifier<Merge>
    package let keptId: Identifier<User>
    package let mergedId: Identifier<User>
    package var subject: EventSubject { EventSubject("candidate", keptId) }
}

package struct SinceAssigned: Event {
    package static let name = "candidate.assigned"
    package static let summary =
        "Something that was added while two candidates were merged was assigned to one of them; `formerId` is the previous owner."
    package static var sample: Self {
        SinceAssigned(
            mergeId: .placeholder,
            thing: EventSubject("application", Identifier<User>.placeholder),
            candidateId: .placeholder,
            formerId: .placeholder
        )
    }
    package let mergeId: Identifier<Merge>
    package let thing: EventSubject
    package let candidateId: Identifier<User>
    package let formerId: Identifier<User>
    package var subject: EventSubject { EventSubject("candidate", candidateId) }
}

package struct MergeDismissed: Event {
    package static let name = "candidate.merge_dismissed"
    package static let summary = "A proposal to merge two candidates was dismissed; `reasons` is what they had in common."
    package static var sample: Self {
        MergeDismissed(dismissalId: .placeholder, keptId: .placeholder, mergedId: .placeholder, reasons: [.name])
    }
    package let dismissalId: Identifier<MergeDismissal>
    package let keptId: Identifier<User>
    package let mergedId: Identifier<User>
    package let reasons: [MergeReason]
    package var subject: EventSubject { EventSubject("candidate", keptId) }
}

package struct MergeDismissalUndone: Event {
    package static let name = "candidate.merge_dismissal_undone"
    package static let summary = "The dismissal of a proposal to merge two candidates was undone."
    package static var sample: Self { MergeDismissalUndone(dismissalId: .placeholder, keptId: .placeholder, mergedId: .placeholder) }
    package let dismissalId: Identifier<MergeDismissal>
    package let keptId: Identifier<User>
    package let mergedId: Identifier<User>
    package var subject: EventSubject { EventSubject("candidate", keptId) }
}
