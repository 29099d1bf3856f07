package import Kernel

extension Failure {
    package static let companyNotFound = Failure(.notFound, "There is no such company.", code: "COMPANY_NOT_FOUND")
    package static let companyNameTaken = Failure(.conflict, "There is a company of this name.", code: "COMPANY_NAME_TAKEN")
    package static let companyWaits = Failure(
        .conflict,
        "Your company is already waiting for approval.",
        code: "COMPANY_WAITS"
    )
    package static let memberExists = Failure(.conflict, "They are a member of this company already.", code: "MEMBER_EXISTS")
    package static let memberNotFound = Failure(.notFound, "There is no such member.", code: "MEMBER_NOT_FOUND")
    package static let memberDeactivated = Failure(
        .conflict,
        "The account with this address is deactivated.",
        code: "ACCOUNT_DEACTIVATED"
    )
    package static let lastCompanyAdmin = Failure(
        .conflict,
        "Nobody else could administer the company then. Appoint another administrator first.",
        code: "LAST_COMPANY_ADMIN"
    )
    package static let invitationPending = Failure(
        .conflict,
        "They have not accepted the invitation yet.",
        code: "INVITATION_PENDING"
    )
    package static let ratingNeedsApplication = Failure(
        .forbidden,
        "Only candidates who applied to this company can rate it.",
        code: "RATING_NEEDS_APPLICATION"
    )
    package static let ratedBefore = Failure(.conflict, "You have rated this company already.", code: "RATED_BEFORE")
}
