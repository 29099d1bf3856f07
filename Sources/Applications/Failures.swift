package import Kernel

extension Failure {
    package static let applicationNotFound = Failure(.notFound, "Application not found.", code: "APPLICATION_NOT_FOUND")
    package static let alreadyApplied = Failure(.conflict, "You have already applied to this job.", code: "ALREADY_APPLIED")
    package static let resumeUnknown = Failure.validation("resumeId", "Resume not found.")
    /// Stages by their keys.
    package static func illegalMove(from status: String, to wanted: String, allowed: [String]) -> Failure {
        Failure(
            .conflict,
            allowed.isEmpty
                ? "The application can't move from \(status) to \(wanted)."
                : "The application can't move from \(status) to \(wanted), only to \(allowed.joined(separator: ", ")).",
            code: "ILLEGAL_MOVE",
            details: ["from": .string(status), "to": .string(wanted), "allowed": .array(allowed.map { .string($0) })]
        )
    }
    package static let applicationEnded = Failure(.conflict, "The application has ended.", code: "APPLICATION_ENDED")
    package static let notScoredYet = Failure(.notFound, "The application has not been scored yet.", code: "NOT_SCORED_YET")
    package static let interviewNotFound = Failure(.notFound, "Interview not found.", code: "INTERVIEW_NOT_FOUND")
    package static let interviewOver = Failure(.conflict, "The interview was canceled.", code: "INTERVIEW_CANCELED")
    package static let interviewEnded = Failure(.conflict, "The interview is over; schedule another one.", code: "INTERVIEW_OVER")
    package static let invitationCodeInvalid = Failure(
        .validation,
        "This code is not one of an invitation, or a later one replaced it.",
        code: "INVITATION_CODE_INVALID"
    )
    package static let notInterviewer = Failure(
        .forbidden,
        "Only who is invited to hold the interview writes a scorecard.",
        code: "NOT_INTERVIEWER"
    )
    package static let interviewNotBegun = Failure(.conflict, "The interview has not begun yet.", code: "INTERVIEW_NOT_BEGUN")
    package static let alreadyScored = Failure(.conflict, "You have already submitted a scorecard.", code: "SCORECARD_EXISTS")
    package static let offerNotFound = Failure(.notFound, "Offer not found.", code: "OFFER_NOT_FOUND")
    package static let offerOpen = Failure(.conflict, "An earlier offer is still open.", code: "OFFER_OPEN")
    package static let offerExpired = Failure(.conflict, "The offer has expired.", code: "OFFER_EXPIRED")
    package static let illegalOfferStatus = Failure(.conflict, "The offer can't change to this status now.", code: "ILLEGAL_OFFER_STATUS")
    package static func offerChanged(to version: Int) -> Failure {
        Failure(
            .conflict,
            "The offer has changed since you saw it. Look at it again, and name the version that you accept.",
            code: "OFFER_CHANGED",
            details: ["version": .string("Must be that of the offer as you saw it; it is \(version) now.")]
        )
    }
    package static let hireUnexplained = Failure(
        .conflict,
        "No offer was accepted: say why this is a hire without one.",
        code: "OFFER_NOT_ACCEPTED",
        details: ["reason": "Is required without an accepted offer."]
    )
    package static let nothingToUndo = Failure(
        .conflict,
        "There is no move to undo: the last one is more than an hour ago, was undone, or was the candidate's own.",
        code: "NOTHING_TO_UNDO"
    )
    package static let notWithdrawn = Failure(.conflict, "Only a withdrawn application can be renewed.", code: "NOT_WITHDRAWN")
    package static let noteNotFound = Failure(.notFound, "Note not found.", code: "NOTE_NOT_FOUND")
}
