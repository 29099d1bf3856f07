package import Kernel

extension Failure {
    package static let applicationNotFound = Failure(.notFound, "There is no such application.", code: "APPLICATION_NOT_FOUND")
    package static let alreadyApplied = Failure(.conflict, "You have already applied to this job.", code: "ALREADY_APPLIED")
    package static let jobClosed = Failure(.conflict, "This job takes no applications now.", code: "JOB_CLOSED")
    package static let resumeUnknown = Failure.validation("resumeId", "There is no such resume.")
    package static let illegalMove = Failure(.conflict, "The application can't go there from where it is.", code: "ILLEGAL_MOVE")
    package static let applicationEnded = Failure(.conflict, "The application has ended.", code: "APPLICATION_ENDED")
    package static let notScoredYet = Failure(.notFound, "The application has not been scored yet.", code: "NOT_SCORED_YET")
    package static let interviewNotFound = Failure(.notFound, "There is no such interview.", code: "INTERVIEW_NOT_FOUND")
    package static let interviewOver = Failure(.conflict, "The interview was canceled.", code: "INTERVIEW_CANCELED")
    package static let alreadyScored = Failure(.conflict, "You have already handed in a scorecard.", code: "SCORECARD_EXISTS")
    package static let offerNotFound = Failure(.notFound, "There is no such offer.", code: "OFFER_NOT_FOUND")
    package static let offerOpen = Failure(.conflict, "An earlier offer is still open.", code: "OFFER_OPEN")
    package static let offerExpired = Failure(.conflict, "The offer has expired.", code: "OFFER_EXPIRED")
    package static let illegalOfferStatus = Failure(.conflict, "The offer can't take this status now.", code: "ILLEGAL_OFFER_STATUS")
}
