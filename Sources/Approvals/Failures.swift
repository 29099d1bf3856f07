package import Kernel

extension Failure {
    package static let approvalRequired = Failure(
        .conflict,
        "This has to be approved first, with these terms. Ask for approval.",
        code: "APPROVAL_REQUIRED"
    )
    package static let approvalPending = Failure(.conflict, "This waits for approval.", code: "APPROVAL_PENDING")
    package static let approvalNotNeeded = Failure(.conflict, "Nobody has to approve this.", code: "APPROVAL_NOT_NEEDED")
    package static let approvalNotFound = Failure(.notFound, "Approval not found.", code: "APPROVAL_NOT_FOUND")
    package static let approvalOver = Failure(.conflict, "This has been decided, or is no longer asked for.", code: "APPROVAL_OVER")
    package static let approvalAnswered = Failure(.conflict, "You have answered already.", code: "APPROVAL_ANSWERED")
    package static let notApprover = Failure(.forbidden, "You are not asked for this approval now.", code: "NOT_APPROVER")
    package static let chainNotFound = Failure(.notFound, "There is no such chain.", code: "APPROVAL_CHAIN_NOT_FOUND")
    package static let chainCompanyUnknown = Failure.validation("companyId", "Company not found.")
}
