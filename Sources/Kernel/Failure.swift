/// Everything that can go wrong for a caller, with the message the caller gets. Which to use:
/// a capability names its own as static members (`Failure.applicationNotFound`); bad input is `.validation`, with one entry per field;
/// a row of another tenant, or one the caller may not see, is `.notFound`, never `.forbidden`; `.internal` carries its cause to the log and
/// not to the caller.
package struct Failure: Error, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case validation = "VALIDATION_ERROR"
        case unauthorized = "UNAUTHORIZED"
        case forbidden = "FORBIDDEN"
        case notFound = "NOT_FOUND"
        case conflict = "CONFLICT"
        case preconditionFailed = "PRECONDITION_FAILED"
        case payloadTooLarge = "PAYLOAD_TOO_LARGE"
        case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
        case ruleRejected = "RULE_REJECTED"
        case rateLimited = "RATE_LIMIT_EXCEEDED"
        case unavailable = "SERVICE_UNAVAILABLE"
        case providerError = "AI_PROVIDER_ERROR"
        case `internal` = "INTERNAL_ERROR"

        package var status: Int {
            switch self {
            case .validation: 400
            case .unauthorized: 401
            case .forbidden: 403
            case .notFound: 404
            case .conflict: 409
            case .preconditionFailed: 412
            case .payloadTooLarge: 413
            case .unsupportedMediaType: 415
            case .ruleRejected: 422
            case .rateLimited: 429
            case .internal: 500
            case .unavailable, .providerError: 503
            }
        }
    }

    package let kind: Kind
    package let code: String
    package let message: String
    /// Field name to what is wrong with it, or facts such as `retryAfter`.
    package let details: [String: JSON]
    /// For the log only.
    package let cause: (any Error)?

    package init(
        _ kind: Kind,
        _ message: String,
        code: String? = nil,
        details: [String: JSON] = [:],
        cause: (any Error)? = nil
    ) {
        self.kind = kind
        self.code = code ?? kind.rawValue
        self.message = message
        self.details = details
        self.cause = cause
    }

    /// As every answer shows it: `code`, `message`, and `details` if there are any.
    package var json: JSON {
        var members: [String: JSON] = ["code": .string(code), "message": .string(message)]
        if !details.isEmpty { members["details"] = .object(details) }
        return .object(members)
    }

    package static func validation(_ fields: [String: String]) -> Failure {
        Failure(.validation, "Some fields are not valid.", details: fields.mapValues { .string($0) })
    }

    package static func validation(_ field: String, _ problem: String) -> Failure {
        .validation([field: problem])
    }

    package static func `internal`(_ cause: any Error) -> Failure {
        Failure(.internal, "Something went wrong on our side. It has been logged.", cause: cause)
    }

    package static let unauthorized = Failure(.unauthorized, "Sign in to do this.")
    package static let forbidden = Failure(.forbidden, "You don't have the permission to do this.")
    package static let notFound = Failure(.notFound, "Resource not found.")
    package static let companyNotApproved = Failure(.conflict, "The company has not been approved.", code: "COMPANY_NOT_APPROVED")
    package static let userNotFound = Failure(.notFound, "User not found.", code: "USER_NOT_FOUND")
    package static let unavailable = Failure(
        .unavailable,
        "The service can't do this right now. Try again in a moment.",
        details: ["retryAfter": 2]
    )
    /// Others are not concerned: each tenant has a line of its own.
    package static let tenantBusy = Failure(
        .unavailable,
        "Your organization has too many requests waiting at once. Send fewer at a time, and try again in a moment.",
        code: "TENANT_BUSY",
        details: ["retryAfter": 2]
    )
    /// One person's files are read one at a time.
    package static let filesWait = Failure(
        .rateLimited,
        "Your other files are still being read. Try again in a moment.",
        details: ["retryAfter": 10]
    )
    /// Declares that a rule may refuse the change; what is sent is the rule's own message.
    package static let ruleRejected = Failure(.ruleRejected, "A rule of this tenant refuses this.")
    package static let stale = Failure(.preconditionFailed, "Somebody changed this in the meantime. Load it again.")
}

extension Failure: CustomStringConvertible {
    package var description: String {
        "\(code): \(message)" + (cause.map { " (\($0))" } ?? "")
    }
}
