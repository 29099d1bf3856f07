package import Kernel

extension Failure {
    package static let erasureNotFound = Failure(.notFound, "Erasure not found.", code: "ERASURE_NOT_FOUND")
    package static let erasurePending = Failure(
        .conflict,
        "This account is already to be erased, or is being erased.",
        code: "ERASURE_PENDING"
    )
    package static let retentionRuleNotFound = Failure(.notFound, "Rule not found.", code: "RETENTION_RULE_NOT_FOUND")
    package static let retentionRuleExists = Failure(
        .conflict,
        "There is a rule for this already. Delete it first.",
        code: "RETENTION_RULE_EXISTS"
    )
    package static let retentionUntried = Failure(.conflict, "Try the rule first, to see what it would erase.", code: "RETENTION_UNTRIED")
    package static let retentionCompanyUnknown = Failure.validation("companyId", "Company not found.")
}
