import Jobs
package import Kernel
import Resumes

extension Applications {
    package var operations: [Operation] {
        (candidateOperations + recruitingOperations + interviewOperations + offerOperations)
            .openToKeys(reading: .readApplications, writing: .writeApplications)
    }

    private var candidateOperations: [Operation] {
        [
            Operation(
                .post,
                "/jobs/{id}/apply",
                "Apply to a published job",
                access: .candidate,
                failures: [.jobNotFound, .jobClosed, .alreadyApplied, .resumeUnknown, .ruleRejected],
                status: 201,
                limit: .applying,
                subject: "/applications/{id}",
                perform: apply
            ),
            Operation(
                .post,
                "/applications/{id}/withdraw",
                "Withdraw an application",
                access: .candidate,
                failures: [.applicationNotFound, .illegalMove],
                limit: .applying,
                perform: withdraw
            ),
            Operation(
                .get,
                "/applications",
                "My applications, or those to my companies",
                access: .reader,
                lua: .list("applications", of: "application"),
                perform: list
            ),
            Operation(
                .get,
                "/applications/{id}",
                "One application; notes for members only",
                access: .reader,
                failures: [.applicationNotFound],
                lua: .function("application", "id"),
                perform: show
            ),
            Operation(
                .get,
                "/applications/{id}/history",
                "Everything that happened to an application, with who, which rule and why",
                access: .reader,
                failures: [.applicationNotFound],
                perform: history
            ),
            Operation(
                .get,
                "/applications/{id}/ats-score",
                "The score with its explanation",
                access: .reader,
                failures: [.applicationNotFound, .notScoredYet],
                perform: score
            ),
        ]
    }

    private var recruitingOperations: [Operation] {
        [
            Operation(
                .get,
                "/jobs/{id}/applications",
                "A job's applications",
                access: .member(.viewApplications),
                failures: [.jobNotFound],
                perform: listOfJob
            ),
            Operation(
                .get,
                "/jobs/{id}/board",
                "A job's pipeline as columns of cards",
                access: .member(.viewApplications),
                failures: [.jobNotFound],
                perform: board
            ),
            Operation(
                .patch,
                "/applications/{id}/status",
                "Move an application to another stage",
                access: .member(.moveApplications),
                failures: [.applicationNotFound, .illegalMove, .stale, .ruleRejected],
                lua: .method("application", "move", "status", effect: .move),
                perform: move
            ),
            Operation(
                .post,
                "/applications/bulk-status",
                "Move many applications; the answer says how each went",
                access: .member(.moveApplications),
                perform: moveMany
            ),
            Operation(
                .post,
                "/applications/{id}/tags",
                "Tag an application",
                access: .member(.noteApplications),
                failures: [.applicationNotFound],
                lua: .method("application", "tag", "tag"),
                perform: tag
            ),
            Operation(
                .post,
                "/applications/{id}/rate",
                "Rate an application from 1 to 5",
                access: .member(.rateApplications),
                failures: [.applicationNotFound],
                lua: .method("application", "rate", "rating"),
                perform: rate
            ),
            Operation(
                .get,
                "/applications/{id}/notes",
                "The notes on an application",
                access: .member(.viewApplications),
                failures: [.applicationNotFound],
                perform: listNotes
            ),
            Operation(
                .post,
                "/applications/{id}/notes",
                "Write a note on an application",
                access: .member(.noteApplications),
                failures: [.applicationNotFound],
                status: 201,
                lua: .method("application", "note", "text", effect: .note),
                perform: note
            ),
        ]
    }

    private var interviewOperations: [Operation] {
        [
            Operation(
                .get,
                "/applications/{id}/interviews",
                "The interviews of an application",
                access: .reader,
                failures: [.applicationNotFound],
                perform: listInterviewsOfApplication
            ),
            Operation(
                .post,
                "/applications/{id}/interviews",
                "Schedule an interview and invite to it by mail",
                access: .member(.scheduleInterviews),
                failures: [.applicationNotFound, .applicationEnded, .ruleRejected],
                status: 201,
                lua: .method("application", "scheduleInterview", "kind", "startsAt"),
                perform: schedule
            ),
            Operation(
                .get,
                "/interviews",
                "The interviews for my companies, the next first",
                access: .member(.viewApplications),
                lua: .list("interviews", of: "interview"),
                perform: listInterviews
            ),
            Operation(
                .patch,
                "/interviews/{id}",
                "Reschedule, cancel or record the outcome",
                access: .member(.scheduleInterviews),
                failures: [.interviewNotFound, .interviewOver, .ruleRejected],
                lua: .method("interview", "change"),
                perform: changeInterview
            ),
            Operation(
                .post,
                "/interviews/{id}/scorecards",
                "Hand in a scorecard",
                access: .member(.writeScorecards),
                failures: [.interviewNotFound, .alreadyScored],
                status: 201,
                perform: submitScorecard
            ),
        ]
    }

    private var offerOperations: [Operation] {
        [
            Operation(
                .get,
                "/applications/{id}/offers",
                "The offers of an application",
                access: .reader,
                failures: [.applicationNotFound],
                perform: listOffers
            ),
            Operation(
                .post,
                "/applications/{id}/offers",
                "Make an offer",
                access: .member(.manageOffers),
                failures: [.applicationNotFound, .applicationEnded, .offerOpen, .ruleRejected],
                status: 201,
                lua: .method("application", "makeOffer"),
                perform: makeOffer
            ),
            Operation(
                .patch,
                "/offers/{id}",
                "Accept, decline or negotiate as candidate; change terms or expire as member",
                access: .signedIn,
                failures: [.offerNotFound, .illegalOfferStatus, .offerExpired, .applicationEnded, .ruleRejected],
                limit: .applying,
                perform: changeOffer
            ),
        ]
    }
}
