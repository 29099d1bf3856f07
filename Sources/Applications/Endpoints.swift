import Approvals
import Jobs
package import Kernel
import Resumes

extension Applications {
    package var operations: [APIOperation] {
        (candidateOperations + recruitingOperations + interviewOperations + offerOperations)
            .openToKeys(reading: .readApplications, writing: .writeApplications) + invitationOperations
    }

    /// With the code in an invitation, which is all its holder needs. Reading is a POST too, so that no log has the code.
    private var invitationOperations: [APIOperation] {
        [
            APIOperation(
                .post,
                "/invitations/show",
                "The interview that an invitation's code is for",
                access: .anyone,
                failures: [.invitationCodeInvalid, .interviewNotFound],
                limit: .applying,
                retry: .byItself,
                perform: showInvitation
            ),
            APIOperation(
                .post,
                "/invitations/answer",
                "Accept or decline an interview with the code from its invitation, or say that I am not sure",
                access: .anyone,
                failures: [.invitationCodeInvalid, .interviewNotFound, .interviewOver, .interviewEnded],
                limit: .applying,
                retry: .byItself,
                perform: answerInvitation
            ),
        ]
    }

    private var candidateOperations: [APIOperation] {
        [
            APIOperation(
                .post,
                "/jobs/{id}/apply",
                "Apply to a published job",
                access: .candidate,
                failures: [.jobNotFound, .jobClosed, .alreadyApplied, .resumeUnknown, .ruleRejected],
                status: 201,
                limit: .applying,
                subject: "/applications/{id}",
                perform: apply
            ).example(["resumeId": "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11", "coverLetter": "Robots, at last.", "source": "linkedin"]),
            APIOperation(
                .post,
                "/applications/{id}/withdraw",
                "Withdraw an application",
                access: .candidate,
                failures: [.applicationNotFound, .illegalMove(from: "hired", to: "withdrawn", allowed: []), .stale],
                limit: .applying,
                perform: withdraw
            ),
            APIOperation(
                .post,
                "/applications/{id}/renew",
                "Renew a withdrawn application while the job is open; it begins again in the first stage",
                access: .candidate,
                failures: [.applicationNotFound, .notWithdrawn, .jobNotFound, .jobClosed, .stale, .ruleRejected],
                limit: .applying,
                perform: renew
            ),
            APIOperation(
                .get,
                "/applications",
                "My applications, or those to my companies",
                access: .reader,
                lua: .list("applications", of: "application"),
                perform: list
            ),
            APIOperation(
                .get,
                "/applications/{id}",
                "One application; notes for members only",
                access: .reader,
                failures: [.applicationNotFound],
                lua: .function("application", "id"),
                perform: show
            ),
            APIOperation(
                .get,
                "/applications/{id}/history",
                "Everything that happened to an application, with who, which rule and why",
                access: .reader,
                failures: [.applicationNotFound],
                perform: history
            ),
            APIOperation(
                .get,
                "/applications/{id}/ats-score",
                "The score with its explanation",
                access: .reader,
                failures: [.applicationNotFound, .notScoredYet],
                perform: score
            ),
        ]
    }

    private var recruitingOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/jobs/{id}/applications",
                "A job's applications",
                access: .member(.viewApplications),
                failures: [.jobNotFound],
                perform: listOfJob
            ),
            APIOperation(
                .get,
                "/jobs/{id}/board",
                "A job's pipeline as columns of cards",
                access: .member(.viewApplications),
                failures: [.jobNotFound],
                perform: board
            ),
            APIOperation(
                .get,
                "/jobs/{id}/retired-questions",
                "The questions that applicants answered and the job doesn't ask any more, latest first",
                access: .member(.viewApplications),
                failures: [.jobNotFound],
                perform: listRetiredQuestions
            ),
            APIOperation(
                .patch,
                "/applications/{id}/status",
                "Move an application to another stage",
                access: .member(.moveApplications),
                failures: [
                    .applicationNotFound, .illegalMove(from: "applied", to: "hired", allowed: ["screening", "rejected"]), .hireUnexplained,
                    .stale, .ruleRejected,
                ],
                lua: .method("application", "move", "status", effect: .move),
                perform: move
            ).example(["status": "screening", "reason": "Convincing resume"]),
            APIOperation(
                .post,
                "/applications/{id}/undo-move",
                "Undo the last move, within an hour; what it called off stays called off",
                access: .member(.moveApplications),
                failures: [.applicationNotFound, .nothingToUndo, .stale],
                perform: undoMove
            ),
            APIOperation(
                .post,
                "/applications/bulk-status",
                "Move many applications; the answer has a result for each",
                access: .member(.moveApplications),
                perform: moveMany
            ).example(["ids": ["0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11"], "status": "screening"]),
            APIOperation(
                .post,
                "/applications/bulk-status/preview",
                "See what moving many applications would come to; nothing moves",
                access: .member(.moveApplications),
                retry: .byItself,
                perform: previewMoves
            ),
            APIOperation(
                .post,
                "/applications/bulk-status/undo",
                "Undo the moves that were made together, within an hour; the answer has a result for each",
                access: .member(.moveApplications),
                failures: [.nothingToUndo],
                perform: undoMoves
            ),
            APIOperation(
                .post,
                "/applications/{id}/tags",
                "Tag an application",
                access: .member(.noteApplications),
                failures: [.applicationNotFound, .stale],
                lua: .method("application", "tag", "tag"),
                perform: tag
            ),
            APIOperation(
                .delete,
                "/applications/{id}/tags",
                "Take a tag off an application, however it is written",
                access: .member(.noteApplications),
                failures: [.applicationNotFound, .stale],
                lua: .method("application", "untag", "tag"),
                perform: untag
            ),
            APIOperation(
                .post,
                "/applications/{id}/rate",
                "Rate an application from 1 to 5",
                access: .member(.rateApplications),
                failures: [.applicationNotFound, .stale],
                lua: .method("application", "rate", "rating"),
                perform: rate
            ),
            APIOperation(
                .get,
                "/applications/{id}/notes",
                "The notes on an application",
                access: .member(.viewApplications),
                failures: [.applicationNotFound],
                perform: listNotes
            ),
            APIOperation(
                .post,
                "/applications/{id}/notes",
                "Write a note on an application",
                access: .member(.noteApplications),
                failures: [.applicationNotFound],
                status: 201,
                lua: .method("application", "note", "text", effect: .note),
                perform: note
            ),
            APIOperation(
                .patch,
                "/notes/{id}",
                "Correct a note of mine",
                access: .member(.noteApplications),
                failures: [.noteNotFound],
                perform: changeNote
            ),
            APIOperation(
                .delete,
                "/notes/{id}",
                "Delete a note: one's own, or any as the company's administrator",
                access: .member(.noteApplications),
                failures: [.noteNotFound],
                perform: deleteNote
            ),
        ]
    }

    private var interviewOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/applications/{id}/interviews",
                "The interviews of an application",
                access: .reader,
                failures: [.applicationNotFound],
                perform: listInterviewsOfApplication
            ),
            APIOperation(
                .post,
                "/applications/{id}/interviews",
                "Schedule an interview and invite to it by mail",
                access: .member(.scheduleInterviews),
                failures: [.applicationNotFound, .applicationEnded, .ruleRejected],
                status: 201,
                lua: .method("application", "scheduleInterview", "kind", "startsAt"),
                perform: schedule
            ),
            APIOperation(
                .get,
                "/interviews",
                "The interviews for my companies, the next first",
                access: .member(.viewApplications),
                lua: .list("interviews", of: "interview"),
                perform: listInterviews
            ),
            APIOperation(
                .patch,
                "/interviews/{id}",
                "Reschedule, replace interviewers, cancel or record the outcome",
                access: .member(.scheduleInterviews),
                failures: [.interviewNotFound, .interviewOver, .interviewEnded, .stale, .ruleRejected],
                lua: .method("interview", "change"),
                perform: changeInterview
            ),
            APIOperation(
                .post,
                "/interviews/{id}/answer",
                "Accept or decline an interview that I am invited to, or say that I am not sure",
                access: .inPerson,
                failures: [.interviewNotFound, .interviewOver, .interviewEnded],
                limit: .applying,
                perform: answerInterview
            ),
            APIOperation(
                .post,
                "/interviews/{id}/scorecards",
                "Submit a scorecard for an interview that I was invited to hold, once it has begun",
                access: .member(.writeScorecards),
                failures: [.interviewNotFound, .interviewOver, .notInterviewer, .interviewNotBegun, .alreadyScored],
                status: 201,
                perform: submitScorecard
            ),
        ]
    }

    private var offerOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/applications/{id}/offers",
                "The offers of an application",
                access: .reader,
                failures: [.applicationNotFound],
                perform: listOffers
            ),
            APIOperation(
                .post,
                "/applications/{id}/offers",
                "Make an offer",
                access: .member(.manageOffers),
                failures: [.applicationNotFound, .applicationEnded, .offerOpen, .approvalRequired, .approvalPending, .ruleRejected],
                status: 201,
                lua: .method("application", "makeOffer"),
                perform: makeOffer
            ),
            APIOperation(
                .post,
                "/applications/{id}/offer-approval",
                "Ask for the approval that an offer with these terms needs before it is made or changed",
                access: .member(.manageOffers),
                failures: [.applicationNotFound, .applicationEnded, .approvalNotNeeded, .ruleRejected],
                perform: askOfferApproval
            ),
            APIOperation(
                .get,
                "/offers/{id}",
                "One offer, with what either side has said of it, oldest first",
                access: .reader,
                failures: [.offerNotFound],
                perform: showOffer
            ),
            APIOperation(
                .patch,
                "/offers/{id}",
                "Accept, decline or negotiate as candidate; change terms or expire as member",
                access: .signedIn,
                failures: [
                    .offerNotFound, .illegalOfferStatus, .offerExpired, .offerChanged(to: 3), .applicationEnded, .approvalRequired,
                    .approvalPending, .stale, .ruleRejected,
                ],
                limit: .applying,
                perform: changeOffer
            ),
        ]
    }
}
