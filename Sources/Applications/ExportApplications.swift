import Foundation
import Kernel

extension Applications {
    /// A candidate's applications with interviews and offers, for the export of everything held about them.
    func export(for user: SignedIn) async throws(Failure) -> JSON {
        try await store.transaction(as: user) { tx in
            let applications = try await tx.query(ApplicationQueries.ofCandidate(user.user, tenant: user.tenant))
                .decoded { try Application(checking: $0) }
            let ids = applications.map(\.id)
            let interviews = try await tx.query(InterviewQueries.interviews(of: ids, tenant: tx.tenant))
                .decoded { InterviewView(interview: try Interview(checking: $0).asSeenByCandidate, scorecards: nil) }
            let offers = try await tx.query(OfferQueries.offers(of: ids, tenant: tx.tenant)).decoded(Offer.init)
            let interviewsOf = Dictionary(grouping: interviews, by: \.interview.applicationId)
            let offersOf = Dictionary(grouping: offers, by: \.applicationId)
            return .array(
                try applications.map { application in
                    [
                        "application": try JSON(encoding: application.asSeenByCandidate),
                        "interviews": try JSON(encoding: interviewsOf[application.id] ?? []),
                        "offers": try JSON(encoding: offersOf[application.id] ?? []),
                    ]
                }
            )
        }
    }
}
