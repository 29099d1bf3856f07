package import Kernel

extension Failure {
    package static let companyNotFound = Failure(.notFound, "Company not found.", code: "COMPANY_NOT_FOUND")
    package static let companyNameTaken = Failure(.conflict, "A company with this name already exists.", code: "COMPANY_NAME_TAKEN")
    package static let companyWaits = Failure(
        .conflict,
        "Your company is already waiting for approval.",
        code: "COMPANY_WAITS"
    )
    package static let memberExists = Failure(.conflict, "This person is already a member of the company.", code: "MEMBER_EXISTS")
    package static let memberNotFound = Failure(.notFound, "Member not found.", code: "MEMBER_NOT_FOUND")
    package static let memberDeactivated = Failure(
        .conflict,
        "The account with this address is deactivated.",
        code: "ACCOUNT_DEACTIVATED"
    )
    package static let lastCompanyAdmin = Failure(
        .conflict,
        "The company would have no administrator left. Appoint another one first.",
        code: "LAST_COMPANY_ADMIN"
    )
    package static let invitationPending = Failure(
        .conflict,
        "They have not accepted the invitation yet.",
        code: "INVITATION_PENDING"
    )
    package static let invitationAnswered = Failure(
        .conflict,
        "They have accepted the invitation. Deactivate the member instead.",
        code: "INVITATION_ANSWERED"
    )
    package static let ratingNeedsApplication = Failure(
        .forbidden,
        "Only candidates who applied to this company can rate it.",
        code: "RATING_NEEDS_APPLICATION"
    )
    package static let ratedBefore = Failure(.conflict, "You have already rated this company.", code: "RATED_BEFORE")
}
